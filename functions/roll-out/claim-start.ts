import { InvalidEventError } from '../core/errors.ts';
import { MemberReader } from '../core/events/member-reader.ts';
import { executionNameRule } from '../core/events/text-rules.ts';
import type { ExecutionIdentity } from '../core/release.ts';
import { pushRecordKeys } from '../core/workflow/push-record.ts';
import type { RollOutDeps } from './roll-out-deps.ts';

type Deps = Pick<RollOutDeps, 'records' | 'clock' | 'log'>;

/** Who is about to start a rollout of a service, `pushes/starts/SERVICE.json`. */
export interface StartClaim {
  readonly executionName: string;
  /** ISO 8601. */
  readonly claimedAt: string;
  /** ISO 8601; set once the rollout is to be seen, or will not be. */
  readonly releasedAt?: string;
}

/**
 * A claim so old belongs to an invocation that died: under it there are two looks, one UpdateService, which is given up
 * after ten seconds, or four throttled tries (functions/adapters/client-settings.ts), and half a minute for ECS to show
 * the rollout.
 */
export const claimPatienceMs = 180_000;

/**
 * Claims the next start of a service by a conditional write, as ECS has no lock of its own: the later of two
 * UpdateService calls would stop the rollout of the earlier one. Says who else is at it, undefined when nobody is.
 * Without a bucket it goes on: losing it loses history, no more (design D2).
 */
export async function claimStart(
  service: string,
  { executionName }: Pick<ExecutionIdentity, 'executionName'>,
  { records, clock, log }: Deps,
): Promise<string | undefined> {
  const key = pushRecordKeys.start(service);
  const claim: StartClaim = { executionName, claimedAt: new Date(clock.now()).toISOString() };
  try {
    const found = await records.readVersion(key);
    const held = parseStartClaim(found?.document);
    const stands =
      held?.releasedAt === undefined &&
      clock.now() - Date.parse(held?.claimedAt ?? '') < claimPatienceMs;
    if (held !== undefined && stands && held.executionName !== executionName) {
      return held.executionName;
    }
    const written = await records.writeUnlessChanged(key, claim, found?.version);
    return written === 'written' ? undefined : 'another execution';
  } catch (error) {
    log.warn('start not claimed', { key, error });
    return undefined;
  }
}

/** Lets the next one start; what is not released is so in three minutes' time. */
export async function releaseStart(
  service: string,
  { executionName }: Pick<ExecutionIdentity, 'executionName'>,
  { records, clock, log }: Deps,
): Promise<void> {
  const key = pushRecordKeys.start(service);
  try {
    const found = await records.readVersion(key);
    const held = parseStartClaim(found?.document);
    if (held?.executionName !== executionName) return;
    const releasedAt = new Date(clock.now()).toISOString();
    await records.writeUnlessChanged(key, { ...held, releasedAt }, found?.version);
  } catch (error) {
    log.warn('start not released', { key, error });
  }
}

/** Undefined for what is no claim, which then binds nobody. */
export function parseStartClaim(document: unknown): StartClaim | undefined {
  try {
    const reader = MemberReader.of(document);
    const releasedAt = reader.optionalText('releasedAt');
    const claim = {
      executionName: reader.text('executionName', executionNameRule),
      claimedAt: reader.instant('claimedAt'),
      ...(releasedAt === undefined ? {} : { releasedAt }),
    };
    reader.finish('the claim of a start');
    return claim;
  } catch (error) {
    if (error instanceof InvalidEventError) return undefined;
    throw error;
  }
}
