import { parseClaim } from '../core/notification/claim.ts';
import { noteNotified } from '../core/notification/note-notified.ts';
import { type NotifyDeps, tellOnce } from '../core/notification/notify-once.ts';
import {
  parseUnsent,
  type UnsentNotification,
  unsentFolders,
} from '../core/notification/unsent-notification.ts';
import type { Records } from '../core/ports/records.ts';

export interface SendUnsentDeps extends NotifyDeps {
  readonly records: Records;
}

/**
 * Tells people what the topic did not take within the last day, once, however many sweeps there are; what was told
 * since, or overtaken by a later notification under the same key, is settled without. Subjects of what was told.
 */
export async function sendUnsent(deps: SendUnsentDeps): Promise<string[]> {
  const told: string[] = [];
  for (const folder of unsentFolders(deps.clock.now())) {
    for (const key of await deps.records.list(folder)) {
      const found = await deps.records.readVersion(key);
      const unsent = parseUnsent(found?.document);
      if (found === undefined || unsent === undefined || unsent.settledAt !== undefined) continue;
      const end = await send(unsent, deps);
      if (end === 'left') continue;
      if (end === 'told') told.push(unsent.notification.subject);
      const settledAt = new Date(deps.clock.now()).toISOString();
      // One that failed anew meanwhile is not settled.
      await deps.records.writeUnlessChanged(key, { ...unsent, settledAt }, found.version);
    }
  }
  return told;
}

async function send(
  { claimKey, occasion, notification, notedIn, failedAt }: UnsentNotification,
  deps: SendUnsentDeps,
): Promise<'told' | 'settled' | 'left'> {
  const claim = parseClaim(await deps.records.read(claimKey));
  if (claim !== undefined && claim.occasion !== occasion) return 'settled';
  const message = `${notification.message}\n\nLate: the topic did not take this at ${failedAt}`;
  const telling = await tellOnce(claimKey, occasion, { ...notification, message }, deps);
  if (telling.kind === 'not-sent' || telling.kind === 'in-hand') return 'left';
  if (notedIn !== undefined) await noteNotified(notedIn, telling.sentAt, deps);
  return telling.kind === 'sent' ? 'told' : 'settled';
}
