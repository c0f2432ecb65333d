import { MemberReader } from '../events/member-reader.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { Notifier } from '../ports/notifier.ts';
import type { Records } from '../ports/records.ts';
import type { Notification } from './render-notification.ts';

export interface NotifyDeps {
  readonly records: Pick<Records, 'readVersion' | 'writeUnlessChanged' | 'write'>;
  readonly notifier: Notifier;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
}

/** Who is about to tell people of something, or has told them. */
export interface NotificationClaim {
  /** What is told; a key that is used again, for a redrive, has another one. */
  readonly occasion: string;
  /** ISO 8601. */
  readonly claimedAt: string;
  /** ISO 8601; missing until the notification is out. */
  readonly sentAt?: string;
  /** ISO 8601; the topic did not take it, whoever comes next may try. */
  readonly failedAt?: string;
}

export type Telling =
  | { readonly kind: 'sent' | 'sent-before'; readonly sentAt: string }
  /** Another invocation claimed it a moment ago and is sending it, or crashed. */
  | { readonly kind: 'in-hand' }
  | { readonly kind: 'not-sent' };

/**
 * A claim so old belongs to an invocation that crashed: between claim and answer there is one Publish, which gives up
 * after two tries of five seconds each (functions/adapters/client-settings.ts).
 */
export const claimPatienceMs = 120_000;

/**
 * Publishes a notification once, however many invocations are told to at the same moment: the first to write the claim
 * sends it. A crash between claim and sending costs claimPatienceMs, one between sending and noting it repeats it.
 * Without a bucket it is sent all the same: twice told is better than not at all.
 */
export async function notifyOnce(
  key: string,
  occasion: string,
  notification: Notification,
  deps: NotifyDeps,
): Promise<Telling> {
  const { clock, log, notifier } = deps;
  const claim = { occasion, claimedAt: isoTime(clock) };
  const held = await hold(key, claim, deps);
  if (held !== 'mine') return held;
  if (notification.alarm !== undefined) {
    // A metric filter counts these lines (infra/constructs/alarms.ts).
    log.error('alarm raised', { alarm: notification.alarm, subject: notification.subject });
  }
  const failure = await notifier.publish(notification).then(
    () => undefined,
    (error: unknown) => ({ error }),
  );
  const now = isoTime(clock);
  if (failure !== undefined) log.error('notification not published', { key, ...failure });
  await deps.records
    .write(key, { ...claim, ...(failure === undefined ? { sentAt: now } : { failedAt: now }) })
    .catch((error: unknown) => log.error('record not written', { key, error }));
  return failure === undefined ? { kind: 'sent', sentAt: now } : { kind: 'not-sent' };
}

async function hold(
  key: string,
  claim: NotificationClaim,
  { records, clock, log }: NotifyDeps,
): Promise<'mine' | Exclude<Telling, { kind: 'not-sent' }>> {
  try {
    if ((await records.writeUnlessChanged(key, claim, undefined)) === 'written') return 'mine';
    const found = await records.readVersion(key);
    if (found === undefined) return { kind: 'in-hand' };
    const earlier = parseClaim(found.document);
    if (earlier?.occasion === claim.occasion) {
      if (earlier.sentAt !== undefined) return { kind: 'sent-before', sentAt: earlier.sentAt };
      const abandoned = clock.now() - Date.parse(earlier.claimedAt) >= claimPatienceMs;
      if (!abandoned && earlier.failedAt === undefined) return { kind: 'in-hand' };
    }
    const taken = await records.writeUnlessChanged(key, claim, found.version);
    return taken === 'written' ? 'mine' : { kind: 'in-hand' };
  } catch (error) {
    log.error('notification not claimed', { key, error });
    return 'mine';
  }
}

/** Undefined for what is no claim, which then binds nobody. */
function parseClaim(document: unknown): NotificationClaim | undefined {
  try {
    const reader = MemberReader.of(document);
    const [sentAt, failedAt] = [reader.optionalText('sentAt'), reader.optionalText('failedAt')];
    const claim = {
      occasion: reader.text('occasion'),
      claimedAt: reader.instant('claimedAt'),
      ...(sentAt === undefined ? {} : { sentAt }),
      ...(failedAt === undefined ? {} : { failedAt }),
    };
    reader.finish('the claim of a notification');
    return claim;
  } catch {
    return undefined;
  }
}

function isoTime(clock: Pick<Clock, 'now'>): string {
  return new Date(clock.now()).toISOString();
}
