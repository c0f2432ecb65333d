import { memberAt } from '../config/loose-value.ts';
import { InvalidEventError } from '../errors.ts';
import { MemberReader, type TextRule } from '../events/member-reader.ts';
import { documentRule } from '../events/text-rules.ts';
import { alarmOf, maxSubjectLength, type Notification } from './render-notification.ts';

/** What the topic did not take, kept until a sweep has told it. */
export interface UnsentNotification {
  /** Key of its claim. */
  readonly claimKey: string;
  readonly occasion: string;
  readonly notification: Notification;
  /** The record that notes when people were told; of one that was written anew since, nothing is noted. */
  readonly notedIn?: { readonly key: string; readonly recordedAt: string };
  /** ISO 8601. */
  readonly failedAt: string;
  /** ISO 8601; told since, or overtaken: nothing is left to do. */
  readonly settledAt?: string;
}

const folder = 'pushes/unsent';
const dayMs = 24 * 3_600_000;

/** By day, so that a sweep lists what is young alone: nobody may delete a record. */
export function unsentKey(claimKey: string, failedAtMs: number): string {
  return `${dayFolder(failedAtMs)}${claimKey.replaceAll('/', '_')}`;
}

/** Where what failed within the last day lies, at most two days' worth. */
export function unsentFolders(nowMs: number): readonly string[] {
  return [dayFolder(nowMs - dayMs), dayFolder(nowMs)];
}

function dayFolder(atMs: number): string {
  return `${folder}/${new Date(atMs).toISOString().slice(0, 10)}/`;
}

/** Keys that notifications claim, and records that note them: whoever else writes here leads nowhere else. */
const claimKeyRule: TextRule = {
  pattern:
    /^(?:pushes\/[A-Za-z0-9][\w.-]{0,127}\/notification\/[\w-]{1,32}|(?:deployments|drift)\/[\w-]{1,64}\/notification)\.json$/,
  expected: 'the key of a claim',
};
const recordKeyRule: TextRule = {
  pattern:
    /^(?:deployments\/[\w-]{1,64}\/record|pushes\/[A-Za-z0-9][\w.-]{0,127}\/preflight\/[\w-]{1,32})\.json$/,
  expected: 'the key of a record that is notified',
};
const subjectRule: TextRule = {
  pattern: new RegExp(`^[ -~]{1,${maxSubjectLength}}$`),
  expected: `at most ${maxSubjectLength} printable ASCII characters`,
};

/** Read back; undefined when it is none of ours. */
export function parseUnsent(document: unknown): UnsentNotification | undefined {
  try {
    const reader = MemberReader.of(document);
    const told = reader.members('notification');
    const alarm = alarmOf(told.optionalText('alarm'));
    const settledAt = reader.optionalText('settledAt');
    const isNoted = memberAt(document, 'notedIn') !== undefined;
    const noted = isNoted ? reader.members('notedIn') : undefined;
    const unsent: UnsentNotification = {
      claimKey: reader.text('claimKey', claimKeyRule),
      occasion: reader.text('occasion'),
      notification: {
        subject: told.text('subject', subjectRule),
        message: told.text('message', documentRule),
        ...(alarm && { alarm }),
      },
      ...(noted && {
        notedIn: { key: noted.text('key', recordKeyRule), recordedAt: noted.instant('recordedAt') },
      }),
      failedAt: reader.instant('failedAt'),
      ...(settledAt === undefined ? {} : { settledAt }),
    };
    reader.finish('a notification that was not sent');
    return unsent;
  } catch (error) {
    if (error instanceof InvalidEventError) return undefined;
    throw error;
  }
}
