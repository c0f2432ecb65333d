import type { CloudWatchService } from '../core/services.ts';
import type { World } from '../core/world.ts';

type Put = (name: string, value: number) => void;

/** AWS/States counts an execution's end under one of these. */
const endings: Readonly<Record<string, string>> = {
  SUCCEEDED: 'ExecutionsSucceeded',
  FAILED: 'ExecutionsFailed',
  TIMED_OUT: 'ExecutionsTimedOut',
  ABORTED: 'ExecutionsAborted',
};

/**
 * Makes the metrics of functions (per function, and of all together) and of state machines out of what the
 * journal tells; returns the unsubscriber.
 */
export function watchJournal(
  world: World,
  cloudwatch: Pick<CloudWatchService, 'putMetric'>,
): () => void {
  const startedMs = new Map<string, number>();
  const running = new Map<string, number>();
  const count = (name: string, by: number) => {
    const now = Math.max(0, (running.get(name) ?? 0) + by);
    running.set(name, now);
    return now;
  };
  const putter =
    (namespace: string, dimensions: Readonly<Record<string, string>>): Put =>
    (name, value) =>
      cloudwatch.putMetric({ namespace, name, dimensions, value });
  return world.journal.subscribe((entry) => {
    if (entry.kind === 'lambda.started') {
      const { functionName } = entry;
      const concurrent = 'ConcurrentExecutions';
      putter('AWS/Lambda', { FunctionName: functionName })(concurrent, count(functionName, 1));
      putter('AWS/Lambda', {})(concurrent, count('', 1));
    }
    if (entry.kind === 'lambda.ended') {
      count(entry.functionName, -1);
      count('', -1);
      for (const dimensions of [{ FunctionName: entry.functionName }, {}]) {
        const put = putter('AWS/Lambda', dimensions);
        put('Invocations', 1);
        put('Errors', entry.errorType === undefined ? 0 : 1);
        put('Duration', entry.durationMs);
      }
    }
    if (entry.kind === 'lambda.throttled') {
      for (const dimensions of [{ FunctionName: entry.functionName }, {}]) {
        putter('AWS/Lambda', dimensions)('Throttles', 1);
      }
    }
    if (entry.kind === 'execution.started') {
      startedMs.set(entry.executionArn, entry.atMs);
      putter('AWS/States', ofStateMachine(entry.executionArn))('ExecutionsStarted', 1);
    }
    if (entry.kind === 'execution.ended') {
      const put = putter('AWS/States', ofStateMachine(entry.executionArn));
      const name = endings[entry.status];
      if (name) put(name, 1);
      const startMs = startedMs.get(entry.executionArn);
      startedMs.delete(entry.executionArn);
      if (startMs !== undefined) put('ExecutionTime', entry.atMs - startMs);
    }
  });
}

/** `…:execution:NAME:ID` and `…:express:NAME:ID:ID` belong to `…:stateMachine:NAME`. */
function ofStateMachine(executionArn: string): { StateMachineArn: string } {
  const parts = executionArn.split(':');
  return { StateMachineArn: [...parts.slice(0, 5), 'stateMachine', parts[6]].join(':') };
}
