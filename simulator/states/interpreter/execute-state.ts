import type { MapState, ParallelState, State } from '../definition/workflow.ts';
import { mockedMap, mockedParallel } from '../test-state/mocked-children.ts';
import type { Outcome } from './outcome.ts';
import { runChoice } from './state-types/choice.ts';
import { runFail } from './state-types/fail.ts';
import { runMap } from './state-types/map.ts';
import { runParallel } from './state-types/parallel.ts';
import { runPass } from './state-types/pass.ts';
import { runSucceed } from './state-types/succeed.ts';
import { runTask } from './state-types/task.ts';
import { runWait } from './state-types/wait.ts';
import type { Visit } from './visit.ts';

type Executor<S extends State> = (visit: Visit<S>) => Promise<Outcome>;

const executors: { readonly [S in State as S['Type']]: Executor<S> } = {
  Pass: runPass,
  Task: runTask,
  Choice: runChoice,
  Wait: runWait,
  Succeed: runSucceed,
  Fail: runFail,
  Parallel: runParallel,
  Map: runMap,
};

/** One attempt at a state's own work. */
export function executeState(visit: Visit): Promise<Outcome> {
  const { trial } = visit.run;
  if (trial && visit.state.Type === 'Map') return mockedMap(visit as Visit<MapState>, trial);
  if (trial && visit.state.Type === 'Parallel') {
    return mockedParallel(visit as Visit<ParallelState>, trial);
  }
  const execute = executors[visit.state.Type] as Executor<State>;
  return execute(visit);
}
