import { InvalidEventError } from '../errors.ts';
import { MemberReader } from '../events/member-reader.ts';

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

/** Undefined for what is no claim, which then binds nobody. */
export function parseClaim(document: unknown): NotificationClaim | undefined {
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
  } catch (error) {
    if (error instanceof InvalidEventError) return undefined;
    throw error;
  }
}
