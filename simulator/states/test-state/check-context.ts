import { AwsError } from '../../core/aws-error.ts';
import { isObject } from '../definition/located-states.ts';
import type { State } from '../definition/workflow.ts';
import { parseResource } from '../integrations/resource.ts';
import { nestsTooDeeply } from '../interpreter/data-limit.ts';

/** Members of the context object that a caller may give, and what each must be; `any` is any JSON. */
const known: Readonly<Record<string, Readonly<Record<string, 'string' | 'number' | 'any'>>>> = {
  Execution: {
    Id: 'string',
    Input: 'any',
    Name: 'string',
    RoleArn: 'string',
    StartTime: 'string',
    RedriveCount: 'number',
    RedriveTime: 'string',
  },
  State: { EnteredTime: 'string', Name: 'string', RetryCount: 'number' },
  StateMachine: { Id: 'string', Name: 'string' },
  Task: { Token: 'string' },
};

/** Reads TestState's context; refuses what cannot be one, in AWS's recorded words. */
export function requireContext(
  text: string | undefined,
  state: State,
): Readonly<Record<string, unknown>> | undefined {
  if (text === undefined) return undefined;
  const context = parse(text);
  for (const [name, members] of Object.entries(context)) {
    if (name === 'Map') throw invalid("'Map' field is not supported when mocking a Context object");
    const allowed = Object.hasOwn(known, name) ? known[name] : undefined;
    if (!allowed) throw invalid(`Field '${name}' is not allowed`);
    if (!isObject(members)) throw invalid(`${name} must be an object`);
    for (const [member, value] of Object.entries(members)) {
      const type = Object.hasOwn(allowed, member) ? allowed[member] : undefined;
      if (type === undefined) throw invalid(`Field '${member}' is not allowed`);
      if (type !== 'any' && typeof value !== type) {
        throw invalid(`${name}.${member} must be a ${type}`);
      }
    }
  }
  if ('Task' in context && !waits(state)) {
    throw invalid(
      "Context object contains 'Task' when state is not a Task state with a '.sync' or '.waitForTaskToken' service integration pattern",
    );
  }
  return context;
}

function waits(state: State): boolean {
  if (state.Type !== 'Task') return false;
  const resource = parseResource(state.Resource);
  return resource !== undefined && 'pattern' in resource && resource.pattern !== 'request';
}

function parse(text: string): Readonly<Record<string, unknown>> {
  try {
    const context: unknown = JSON.parse(text);
    if (isObject(context) && !nestsTooDeeply(text)) return context;
  } catch {
    // Told below, with the other texts that are no object.
  }
  throw invalid('Context must be a JSON object');
}

function invalid(problem: string): AwsError {
  return new AwsError('ValidationException', `Invalid Context object provided: ${problem}`);
}
