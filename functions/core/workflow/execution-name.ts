import { createHash } from 'node:crypto';
import type { ReleaseRequest } from '../release.ts';

/**
 * Name of the execution for one push and one service: the same on every redelivery of the event, another
 * for every push, also when a tag moves back to an earlier digest (design D1). At most 62 of the 80
 * allowed characters, as service names have at most 32 (aws-facts 5.1).
 */
export function executionName(
  request: Pick<ReleaseRequest, 'service' | 'digest' | 'eventId'>,
): string {
  const event = createHash('sha256').update(request.eventId).digest('hex').slice(0, 16);
  return `${request.service}-${digestPart(request.digest)}-${event}`;
}

/** Whether a push, or the sweep for it, started an execution; what a person starts has another name, unless they copied one. */
export function isNamedByPush(executionName: string): boolean {
  return /-[0-9a-f]{12}-[0-9a-f]{16}$/.test(executionName);
}

/** The twelve digits of a digest that names bear. */
export function digestPart(digest: string): string {
  return digest.slice('sha256:'.length, 'sha256:'.length + 12);
}
