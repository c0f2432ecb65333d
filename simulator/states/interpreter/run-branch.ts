import type { State } from '../definition/workflow.ts';
import { complete } from '../executions/history.ts';
import type { Branch, Position } from './branch.ts';
import { leaveState } from './leave-state.ts';
import type { Run } from './run.ts';
import type { Scope } from './scope.ts';
import { StatesError } from './states-error.ts';
import type { Track } from './track.ts';
import { Visit } from './visit.ts';
import { visitState } from './visit-state.ts';

/** Where a line of states writes its events, and what ends it early. */
export interface Line {
  readonly track: Track;
  readonly scope: Scope;
}

/**
 * Runs a line of states to its output, from its first state or, in a redrive, from the one it was in.
 * Throws StatesError when a state fails for good, Dropped when the line was given up.
 */
export async function runBranch(run: Run, branch: Branch, line: Line): Promise<unknown> {
  if (branch.output) return branch.output.value;
  let resumed = branch.position !== undefined;
  if (resumed) resumePosition(run, branch);
  let position =
    branch.position ?? enter(run, branch, line, branch.workflow.StartAt, branch.input?.value);
  for (;;) {
    const state = stateNamed(branch, position.state);
    const visit = new Visit({ run, branch, ...line, state, position, resumed });
    const transition = await visitState(visit);
    leaveState(visit, transition);
    branch.children = undefined;
    branch.mapRun = undefined;
    if (transition.next === undefined) {
      branch.output = { value: transition.output };
      return transition.output;
    }
    position = enter(run, branch, line, transition.next, transition.output);
    resumed = false;
  }
}

function enter(run: Run, branch: Branch, line: Line, name: string, input: unknown): Position {
  run.beforeTransition();
  const { Type: type } = stateNamed(branch, name);
  const enteredEventId = line.track.append(line.scope, `${type}StateEntered`, {
    stateEnteredEventDetails: { name, input: JSON.stringify(input), inputDetails: complete },
  });
  count(run, name, type);
  branch.position = { state: name, input, enteredEventId, enteredAtMs: run.world.clock.now() };
  branch.children = undefined;
  branch.mapRun = undefined;
  return branch.position;
}

/** A redriven state is billed and shown again, but its history has no second `…StateEntered`. */
function resumePosition(run: Run, branch: Branch): void {
  const name = branch.position?.state;
  if (name !== undefined) count(run, name, stateNamed(branch, name).Type);
}

function count(run: Run, state: string, type: State['Type']): void {
  const { execution } = run;
  execution.stateTransitions++;
  const executionArn = execution.arn;
  run.world.journal.record('execution.state-entered', { executionArn, state, type });
}

function stateNamed(branch: Branch, name: string): State {
  const state = branch.workflow.States[name];
  if (!state) throw new StatesError('States.Runtime', `The workflow has no state '${name}'`);
  return state;
}
