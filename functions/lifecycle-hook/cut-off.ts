import type { Sent, Slot } from '../core/probe/run-schedule.ts';
import { timeIsUp } from '../core/probe/send-following.ts';

/**
 * Whether a request got no answer because our own time was up: that says something about our deadline, nothing
 * about the service, and is no sample.
 */
export function isCutOff(
  answer: { readonly kind: string },
  { endsAtMs }: Pick<Slot, 'endsAtMs'>,
  signal: AbortSignal,
  nowMs: number,
): boolean {
  return answer.kind === 'no-response' && (signal.aborted || timeIsUp(nowMs, endsAtMs));
}

/** The outcomes that count, in the order of the plan; what was cut off is undefined. */
export function takenPlace<T>(sent: readonly Sent<T | undefined>[]): T[] {
  return sent.flatMap(({ outcome }) => (outcome === undefined ? [] : [outcome]));
}
