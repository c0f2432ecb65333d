import type { JournalEntry } from '../../simulator/core/journal.ts';

export interface TracedCall {
  readonly service: string;
  readonly operation: string;
  /** Since the call before it, or since the invocation began: what the function itself takes and waits. */
  readonly afterMs: number;
}

/** One invocation of one of our functions in a release that nothing disturbed. */
export interface TracedInvocation {
  readonly functionName: string;
  readonly step: string;
  /** Since the end of the invocation before it: what AWS takes and waits. */
  readonly afterMs: number;
  readonly calls: readonly TracedCall[];
  /** After its last call. */
  readonly restMs: number;
}

export interface ReleaseTrace {
  readonly invocations: readonly TracedInvocation[];
  /** From the push to the last invocation's end. */
  readonly durationMs: number;
}

interface Open {
  readonly functionName: string;
  readonly startedMs: number;
  lastMs: number;
  readonly calls: TracedCall[];
}

/** What a rehearsed release asked of AWS and when, from the simulator's journal since the push. */
export function traceRelease(
  entries: readonly JournalEntry[],
  stepOf: (functionName: string) => string | undefined,
): ReleaseTrace {
  // Events of one image's manifests are received side by side: by request, not by function.
  const open = new Map<string, Open>();
  const invocations: TracedInvocation[] = [];
  const firstMs = entries[0]?.atMs ?? 0;
  let endedMs = firstMs;
  for (const entry of entries) {
    const { atMs } = entry;
    if (entry.kind === 'lambda.started') {
      const { functionName, requestId } = entry;
      open.set(requestId, { functionName, startedMs: atMs, lastMs: atMs, calls: [] });
    } else if (entry.kind === 'api.called') {
      const caller = callerFunction(entry.caller);
      const found = [...open.values()].find(({ functionName }) => functionName === caller);
      if (found === undefined) continue;
      const { service, operation } = entry;
      found.calls.push({ service, operation, afterMs: atMs - found.lastMs });
      found.lastMs = atMs;
    } else if (entry.kind === 'lambda.ended') {
      const found = open.get(entry.requestId);
      const step = stepOf(entry.functionName);
      open.delete(entry.requestId);
      if (found === undefined || step === undefined) continue;
      const { functionName, startedMs, lastMs, calls } = found;
      const afterMs = Math.max(0, startedMs - endedMs);
      invocations.push({ functionName, step, afterMs, calls, restMs: atMs - lastMs });
      endedMs = atMs;
    }
  }
  return { invocations, durationMs: endedMs - firstMs };
}

/** A function's role sessions bear its name (`ROLE/FUNCTION`). */
function callerFunction(caller: string): string {
  return caller.slice(caller.lastIndexOf('/') + 1);
}
