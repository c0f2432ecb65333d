import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { Notifier } from '../ports/notifier.ts';
import type { Records } from '../ports/records.ts';
import { type NotificationClaim, parseClaim } from './claim.ts';
import type { Notification } from './render-notification.ts';
import { type UnsentNotification, unsentKey } from './unsent-notification.ts';

export interface NotifyDeps {
  readonly records: Pick<Records, 'readVersion' | 'writeUnlessChanged' | 'write'>;
  readonly notifier: Notifier;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
  /** What to do without a bucket to claim the notification in; who comes again every ten minutes had better `leave` it. */
  readonly unclaimed?: 'send' | 'leave';
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

/** Which record notes when people were told. */
export type NotedIn = NonNullable<UnsentNotification['notedIn']>;

/**
 * Publishes a notification once, however many invocations are told to at the same moment: the first to write the claim
 * sends it. A crash between claim and sending costs claimPatienceMs, one between sending and noting it repeats it.
 * What the topic does not take is kept for the sweep. Without a bucket it is sent all the same: twice told is better
 * than not at all.
 */
export async function notifyOnce(
  key: string,
  occasion: string,
  notification: Notification,
  deps: NotifyDeps,
  notedIn?: NotedIn,
): Promise<Telling> {
  const telling = await tellOnce(key, occasion, notification, deps);
  if (telling.kind === 'not-sent') {
    const failedAt = isoTime(deps.clock);
    const unsent = { claimKey: key, occasion, notification, ...(notedIn && { notedIn }), failedAt };
    await attempt(unsentKey(key, deps.clock.now()), unsent, deps);
  }
  return telling;
}

/** The same, for who comes again anyway until it is told. */
export async function tellOnce(
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
  await attempt(
    key,
    { ...claim, ...(failure === undefined ? { sentAt: now } : { failedAt: now }) },
    deps,
  );
  return failure === undefined ? { kind: 'sent', sentAt: now } : { kind: 'not-sent' };
}

async function attempt(
  key: string,
  document: NotificationClaim | UnsentNotification,
  { records, log }: NotifyDeps,
): Promise<void> {
  await records
    .write(key, document)
    .catch((error: unknown) => log.error('record not written', { key, error }));
}

async function hold(
  key: string,
  claim: NotificationClaim,
  { records, clock, log, unclaimed = 'send' }: NotifyDeps,
): Promise<'mine' | Telling> {
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
    return unclaimed === 'send' ? 'mine' : { kind: 'not-sent' };
  }
}

function isoTime(clock: Pick<Clock, 'now'>): string {
  return new Date(clock.now()).toISOString();
}
