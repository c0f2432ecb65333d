import { AwsError } from '../../core/aws-error.ts';
import { isObject, locatedStates } from '../definition/located-states.ts';
import { parseDefinition } from '../definition/parse-definition.ts';
import type { State, Workflow } from '../definition/workflow.ts';
import { parseResource } from '../integrations/resource.ts';
import { nestsTooDeeply, tooDeep } from '../interpreter/data-limit.ts';

/** A state taken out of its machine, with the machine that it is checked and run in. */
export interface TestedState {
  readonly name: string;
  readonly state: State;
  readonly workflow: Workflow;
}

/** Name of a state that is given without one, as its context object shows it (recorded AWS answers). */
const unnamed = 'StateName';

/** Reads TestState's definition: a single state, or a machine of which `stateName` says the state. */
export function testedState(definition: string, stateName: string | undefined): TestedState {
  const parsed = parseJson(definition);
  if (stateName === undefined) return alone(unnamed, parsed, undefined);
  // States of branches and iterations can be tested as well; the outermost of a name is meant.
  const found = locatedStates(parsed).find(({ name }) => name === stateName);
  if (!found) throw new AwsError('ValidationException', 'State not found in definition');
  return alone(stateName, found.state, isObject(parsed) ? parsed.QueryLanguage : undefined);
}

/** The state in a machine whose other states are only there to be named. */
function alone(name: string, given: unknown, machineLanguage: unknown): TestedState {
  if (!isObject(given)) throw new AwsError('InvalidDefinition', 'The state must be a JSON object');
  const end = { Type: 'Succeed' };
  const targets = targetsOf(given).filter((target) => target !== name);
  const definition = {
    ...(machineLanguage !== undefined && { QueryLanguage: machineLanguage }),
    StartAt: name,
    States: { [name]: given, ...Object.fromEntries(targets.map((target) => [target, end])) },
  };
  const workflow = parseDefinition(JSON.stringify(definition));
  return { name, state: workflow.States[name] as State, workflow };
}

function targetsOf(state: Readonly<Record<string, unknown>>): string[] {
  const entries = [state.Choices, state.Catch].flatMap((list) => (Array.isArray(list) ? list : []));
  const names = [state.Next, state.Default, ...entries.map((entry) => entry?.Next)];
  return names.filter((name): name is string => typeof name === 'string');
}

/** What cannot be tried without a mock (API reference; words for Map and Parallel as recorded). */
export function requireTestable({ state }: TestedState, mocked: boolean): void {
  if (mocked) return;
  if (state.Type === 'Parallel' || state.Type === 'Map') {
    throw new AwsError(
      'InvalidDefinition',
      'TestState API does not support Map or Parallel states. Supported state types include: [Task, Wait, Pass, Succeed, Fail, Choice]',
    );
  }
  if (state.Type !== 'Task') return;
  const resource = parseResource(state.Resource);
  if (!resource || resource.kind === 'function') return;
  if (resource.kind === 'activity' || resource.pattern !== 'request') {
    throw new AwsError('ValidationException', `TestState needs a mock for '${state.Resource}'`);
  }
}

function parseJson(text: string): unknown {
  try {
    const parsed: unknown = JSON.parse(text);
    if (!nestsTooDeeply(text)) return parsed;
  } catch (error) {
    throw notJson((error as Error).message);
  }
  throw notJson(`Definition is ${tooDeep}`);
}

function notJson(reason: string): AwsError {
  const message = `Invalid State Machine Definition: 'INVALID_JSON_DESCRIPTION: ${reason} at /'`;
  return new AwsError('InvalidDefinition', message);
}
