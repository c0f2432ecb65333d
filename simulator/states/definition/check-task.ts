import { lambdaInvokeArguments } from '../integrations/lambda-invoke.ts';
import { jsonataExpression } from '../query/jsonata-expression.ts';
import { checkResource } from './check-resource.ts';
import { type Diagnostic, problem, unmodelled } from './diagnostic.ts';
import { isObject, type LocatedState } from './located-states.ts';

/** What a Task calls must be modelled, down to the arguments. */
export function checkTask({ state, location }: LocatedState): Diagnostic[] {
  if (state.Type !== 'Task' || typeof state.Resource !== 'string') return [];
  const { resource, found } = checkResource(state.Resource, `${location}/Resource`);
  const invokes = resource?.kind === 'optimized' && resource.service === 'lambda';
  return [
    ...found,
    ...('Credentials' in state ? [unmodelled('Credentials', `${location}/Credentials`)] : []),
    ...checkLimits(state, location),
    ...(!invokes ? [] : checkInvokeArguments(state, location)),
  ];
}

function checkLimits(state: Readonly<Record<string, unknown>>, location: string): Diagnostic[] {
  const { TimeoutSeconds: timeout, HeartbeatSeconds: heartbeat } = state;
  if (typeof timeout !== 'number' || typeof heartbeat !== 'number' || heartbeat < timeout)
    return [];
  const message = `HeartbeatSeconds (${heartbeat}) must be smaller than TimeoutSeconds (${timeout})`;
  return [problem('SCHEMA_VALIDATION_FAILED', message, `${location}/HeartbeatSeconds`)];
}

function checkInvokeArguments(state: Readonly<Record<string, unknown>>, at: string): Diagnostic[] {
  const field = 'Parameters' in state ? 'Parameters' : 'Arguments';
  const args = state[field];
  const location = `${at}/${field}`;
  if (typeof args === 'string' && jsonataExpression(args) !== undefined) return [];
  const names = isObject(args) ? Object.keys(args).map((name) => name.replace(/\.\$$/, '')) : [];
  if (!names.includes('FunctionName')) {
    const message = "The field 'FunctionName' is required but was missing";
    return [problem('SCHEMA_VALIDATION_FAILED', message, location)];
  }
  return names
    .filter((key) => !lambdaInvokeArguments.has(key))
    .map((key) => unmodelled(`Argument '${key}' of lambda:invoke`, `${location}/${key}`));
}
