import { lambdaInvokeArguments } from '../integrations/lambda-invoke.ts';
import { modelledResources, resourceKind } from '../integrations/resource-kind.ts';
import { jsonataExpression } from '../query/jsonata-expression.ts';
import { type Diagnostic, problem, unmodelled } from './diagnostic.ts';
import { isObject, type LocatedState } from './located-states.ts';

/** What a Task calls must be modelled, down to the arguments. */
export function checkTask({ state, location }: LocatedState): Diagnostic[] {
  if (state.Type !== 'Task' || typeof state.Resource !== 'string') return [];
  const kind = resourceKind(state.Resource);
  if (!kind) {
    const message = `Resource '${state.Resource}'; the simulator knows ${modelledResources}`;
    return [unmodelled(message, `${location}/Resource`)];
  }
  return [
    ...('Credentials' in state ? [unmodelled('Credentials', `${location}/Credentials`)] : []),
    ...checkLimits(state, location),
    ...(kind === 'function' ? [] : checkInvokeArguments(state.Arguments, `${location}/Arguments`)),
  ];
}

function checkLimits(state: Readonly<Record<string, unknown>>, location: string): Diagnostic[] {
  const { TimeoutSeconds: timeout, HeartbeatSeconds: heartbeat } = state;
  if (typeof timeout !== 'number' || typeof heartbeat !== 'number' || heartbeat < timeout)
    return [];
  const message = `HeartbeatSeconds (${heartbeat}) must be smaller than TimeoutSeconds (${timeout})`;
  return [problem('SCHEMA_VALIDATION_FAILED', message, `${location}/HeartbeatSeconds`)];
}

function checkInvokeArguments(args: unknown, location: string): Diagnostic[] {
  if (typeof args === 'string' && jsonataExpression(args) !== undefined) return [];
  if (!isObject(args) || args.FunctionName === undefined) {
    const message = "The field 'FunctionName' is required but was missing";
    return [problem('SCHEMA_VALIDATION_FAILED', message, location)];
  }
  return Object.keys(args)
    .filter((key) => !lambdaInvokeArguments.has(key))
    .map((key) => unmodelled(`Argument '${key}' of lambda:invoke`, `${location}/${key}`));
}
