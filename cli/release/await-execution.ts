import { memberAt } from '../../functions/core/config/loose-value.ts';
import type { Clock } from '../../functions/core/ports/clock.ts';
import type { ListedExecution } from '../../functions/core/ports/executions.ts';
import { pushRecordKeys } from '../../functions/core/workflow/push-record.ts';
import { findExecution, type WantedRelease } from './find-execution.ts';
import { keepAsking } from './keep-asking.ts';
import type { ReleaseAccount } from './release-account.ts';
import type { ReleaseNews } from './release-news.ts';

export interface AwaitDeps {
  readonly account: ReleaseAccount;
  readonly clock: Clock;
  readonly tell: (news: ReleaseNews) => void;
  readonly intervalMs: number;
}

export interface StartPatience {
  /** Epoch milliseconds; executions that were started before do not count. */
  readonly sinceMs: number;
  /** How long nothing may start. */
  readonly startTimeoutMs: number;
}

export type Awaited =
  | { readonly kind: 'found'; readonly execution: ListedExecution; readonly earlier: boolean }
  | { readonly kind: 'ignored'; readonly reason: string }
  | { readonly kind: 'never-started'; readonly afterMs: number };

/** EventBridge delivers a push event within seconds; an image may have been released before under the same digest. */
const newerPushMs = 30_000;
/** Some clients push by digest first, which is ignored, and name the tag a moment later. */
const untaggedFirstMs = 10_000;
/** An execution this young may be the one that the push just started, even when it is over already. */
const youngMs = 120_000;

/**
 * Waits for the execution that a push of the image starts: a moment later, minutes later when the sweep finds a push
 * whose event was lost, or never, when no service takes the image. One that had ended before anybody asked counts
 * only after no newer one has come for half a minute, or for `startTimeoutMs` if that is shorter.
 */
export async function awaitExecution(
  wanted: WantedRelease,
  { sinceMs, startTimeoutMs }: StartPatience,
  deps: AwaitDeps,
): Promise<Awaited> {
  const { account, clock, tell, intervalMs } = deps;
  const beganMs = clock.now();
  const asking = { clock, tell, untilMs: beganMs + startTimeoutMs };
  let told = false;
  for (;;) {
    const listed = await keepAsking(() => account.executions(sinceMs), asking);
    const execution = findExecution(listed, wanted);
    const waitedMs = clock.now() - beganMs;
    // Who waits shorter than for a newer push is told of the one that is there, not that there is none.
    const settled = waitedMs >= Math.min(newerPushMs, startTimeoutMs);
    if (execution !== undefined && (settled || isFresh(execution, beganMs))) {
      const earlier = !isFresh(execution, beganMs);
      tell({ kind: 'found', executionName: execution.executionName, earlier });
      return { kind: 'found', execution, earlier };
    }
    const reason =
      execution === undefined && waitedMs >= untaggedFirstMs
        ? await keepAsking(() => ignoredReason(wanted, sinceMs, account), asking)
        : undefined;
    if (reason !== undefined) return { kind: 'ignored', reason };
    if (waitedMs >= startTimeoutMs) return { kind: 'never-started', afterMs: waitedMs };
    if (!told && execution === undefined) tell({ kind: 'not-started', forMs: waitedMs });
    told = true;
    await clock.sleep(intervalMs);
  }
}

function isFresh({ status, startedAtMs }: ListedExecution, beganMs: number): boolean {
  return status === 'RUNNING' || beganMs - startedAtMs < youngMs;
}

/** Why the newest push of the image was ignored, if it was, and not before `sinceMs`. */
async function ignoredReason(
  { repository, digest }: WantedRelease,
  sinceMs: number,
  account: ReleaseAccount,
): Promise<string | undefined> {
  const record = await account.record(pushRecordKeys.ignoredImage(repository, digest));
  const reason = memberAt(record, 'reason');
  const recordedAtMs = Date.parse(String(memberAt(record, 'recordedAt')));
  return typeof reason === 'string' && recordedAtMs >= sinceMs ? reason : undefined;
}
