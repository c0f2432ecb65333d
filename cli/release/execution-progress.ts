/** One event of an execution's history, as far as progress can be read off it. */
export interface HistoryEvent {
  readonly type: string;
  readonly atMs: number;
  /** Of an event that enters a state. */
  readonly stateName?: string | undefined;
  /** JSON text; of TaskSubmitted it holds what the submitted function returned. */
  readonly output?: string | undefined;
}

/** How far an execution has come. */
export interface ExecutionProgress {
  /** States in the order in which they were entered; one that is entered again stands again. */
  readonly states: readonly { readonly name: string; readonly atMs: number }[];
  readonly redrives: number;
  /** The newest deployment that the execution waits, or waited, for. */
  readonly deploymentId: string | undefined;
}

/** Reads progress off the history, oldest event first (GetExecutionHistory, Step Functions API reference). Pure. */
export function progressOf(events: readonly HistoryEvent[]): ExecutionProgress {
  const states = events.flatMap(({ type, stateName, atMs }) =>
    type.endsWith('StateEntered') && stateName !== undefined ? [{ name: stateName, atMs }] : [],
  );
  const redrives = events.filter(({ type }) => type === 'ExecutionRedriven').length;
  const submitted = events
    .filter(({ type }) => type === 'TaskSubmitted')
    .flatMap(({ output }) => deploymentIdOf(output) ?? []);
  return { states, redrives, deploymentId: submitted.at(-1) };
}

/** `lambda:invoke.waitForTaskToken` submits an invocation, so its answer stands in Payload (aws-facts 5.4). */
function deploymentIdOf(output: string | undefined): string | undefined {
  try {
    const answer = JSON.parse(output ?? '') as { Payload?: { deploymentId?: unknown } } | null;
    const deploymentId = answer?.Payload?.deploymentId;
    return typeof deploymentId === 'string' ? deploymentId : undefined;
  } catch {
    // Execution data may be left out of a history that somebody else may read only in part.
    return undefined;
  }
}
