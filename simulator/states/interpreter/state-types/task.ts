import type { TaskState } from '../../definition/workflow.ts';
import type { Integration, TaskCall } from '../../integrations/integration.ts';
import { dataText } from '../data-limit.ts';
import type { Outcome } from '../outcome.ts';
import type { Scope } from '../scope.ts';
import { StatesError, TaskTimeout } from '../states-error.ts';
import type { Visit } from '../visit.ts';
import { workInput } from '../work-input.ts';
import { type TaskLimits, taskLimits } from './task-limits.ts';

/** One attempt at a Task: schedule, invoke, and for callbacks wait for the token to be answered. */
export async function runTask(visit: Visit<TaskState>): Promise<Outcome> {
  const { state, run } = visit;
  const integration = findIntegration(visit);
  // Each attempt has a token of its own (aws-facts 5.3).
  visit.taskToken = integration.callback ? run.tokens.issue() : undefined;
  const { scope, release } = visit.scope.child();
  try {
    const args = await workInput(visit);
    const limits = await taskLimits(visit);
    const result = await attempt(visit, integration, scope, { args, limits });
    return { output: result, next: state.Next, data: { result }, transform: state };
  } finally {
    release();
    scope.drop('ended');
    if (visit.taskToken !== undefined) run.tokens.close(visit.taskToken);
  }
}

async function attempt(
  visit: Visit<TaskState>,
  integration: Integration,
  scope: Scope,
  { args, limits }: { args: unknown; limits: TaskLimits },
): Promise<unknown> {
  const { track } = visit;
  const { events } = integration;
  const parameters = dataText(`The input of the task '${visit.name}'`, args);
  track.append(scope, ...events.scheduled(parameters, limits));
  if (!integration.worker) track.append(scope, ...events.started());
  try {
    const result = await answer(visit, integration, scope, { args, limits });
    const text = dataText(`The result of the task '${visit.name}'`, result);
    track.append(scope, ...events.succeeded(text));
    return result;
  } catch (error) {
    if (!(error instanceof StatesError)) throw error;
    const describe = error instanceof TaskTimeout ? events.timedOut : events.failed;
    track.append(scope, ...describe(error.eventDetails));
    throw error;
  }
}

/** A Resource that is not there fails the execution, in AWS's words. */
function findIntegration(visit: Visit<TaskState>): Integration {
  try {
    return visit.run.integrations.find(visit.state.Resource);
  } catch (error) {
    if (!(error instanceof StatesError)) throw error;
    throw visit.failure(error.error ?? 'States.Runtime', error.details ?? '');
  }
}

/** Settles with whatever comes first: result or error of the call, the callback, or a timeout. */
function answer(
  visit: Visit<TaskState>,
  { callback, worker, invoke, complete, events }: Integration,
  scope: Scope,
  { args, limits }: { args: unknown; limits: TaskLimits },
): Promise<unknown> {
  const { track, taskToken } = visit;
  let answered = false;
  return scope.settle((resolve, reject) => {
    // Of an activity, time counts from when a worker has begun (Task state page).
    const begin = () => {
      if (limits.timeoutSeconds === undefined) return;
      const expire = () => reject(new TaskTimeout('States.Timeout'));
      scope.timer(limits.timeoutSeconds * 1_000, expire);
    };
    if (!worker) begin();
    const beat = heartbeat(scope, limits, reject);
    if (callback && taskToken !== undefined) {
      visit.run.tokens.open(taskToken, { succeed: resolve, fail: reject, beat });
      if (!worker) beat();
    }
    const call: TaskCall = {
      execution: visit.run.execution,
      scope,
      line: visit.scope,
      taskToken,
      started: (workerName) => {
        track.append(scope, ...events.started(workerName));
        begin();
        beat();
      },
    };
    const submitted = (result: unknown) => {
      if (!answered) track.append(scope, ...events.submitted(JSON.stringify(result)));
    };
    invoke(args, call)
      .then(async (result) => {
        if (worker) return;
        if (callback) return submitted(result);
        if (!complete) return resolve(result);
        submitted(result);
        resolve(await complete(result, call));
      })
      .catch(reject);
    return () => {
      answered = true;
    };
  });
}

/** Every call of the returned function starts the countdown to States.HeartbeatTimeout anew. */
function heartbeat(
  scope: Scope,
  { heartbeatSeconds }: TaskLimits,
  reject: (error: StatesError) => void,
): () => void {
  if (heartbeatSeconds === undefined) return () => {};
  let cancel = () => {};
  return () => {
    cancel();
    const expire = () => reject(new TaskTimeout('States.HeartbeatTimeout'));
    cancel = scope.timer(heartbeatSeconds * 1_000, expire);
  };
}
