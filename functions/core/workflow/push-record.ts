import { memberAt } from '../config/loose-value.ts';
import {
  type ExecutionIdentity,
  type Outcome,
  outcomes,
  type ReleaseRequest,
  type UnresolvedRequest,
} from '../release.ts';

/** How one push ended for one service (promise P1); a redrive or another execution of it writes anew. */
export type PushRecord = (ReleaseRequest | UnresolvedRequest) & PushEnd & ExecutionIdentity;

interface PushEnd {
  readonly outcome: Outcome;
  /** One sentence. */
  readonly reason: string;
  /** ISO 8601. */
  readonly recordedAt: string;
  readonly deploymentId?: string;
  /** ISO 8601; only of a failure that the deployment's own notification did not tell of. */
  readonly notifiedAt?: string;
}

/** A record read back; undefined when there is none or it is none of ours. Only this controller writes the key. */
export function parsePushRecord(document: unknown): PushRecord | undefined {
  return isPushRecord(document) ? document : undefined;
}

/** All that is looked at again. */
function isPushRecord(document: unknown): document is PushRecord {
  const isText = (name: string) => typeof memberAt(document, name) === 'string';
  const isAbsentOrText = (name: string) => memberAt(document, name) === undefined || isText(name);
  return (
    outcomes.some((outcome) => outcome === memberAt(document, 'outcome')) &&
    isText('reason') &&
    isText('executionName') &&
    typeof memberAt(document, 'redriveCount') === 'number' &&
    isAbsentOrText('deploymentId') &&
    isAbsentOrText('notifiedAt')
  );
}

/** Written before any execution is started, so that a push without an outcome can be found. */
export interface ReceivedPushRecord {
  readonly repository: string;
  readonly tag: string;
  readonly digest: string;
  readonly pushedAt: string;
  readonly executions: readonly { readonly service: string; readonly executionName: string }[];
}

export interface IgnoredEventRecord {
  readonly outcome: 'ignored';
  readonly reason: string;
  readonly eventId: string;
  /** ISO 8601. */
  readonly recordedAt: string;
  readonly event: unknown;
}

export const pushRecordKeys = {
  outcome: (eventId: string, service: string) => `pushes/${eventId}/${service}.json`,
  preflight: (eventId: string, service: string) => `pushes/${eventId}/preflight/${service}.json`,
  notification: (eventId: string, service: string) =>
    `pushes/${eventId}/notification/${service}.json`,
  rollout: (eventId: string, service: string) => `pushes/${eventId}/rollout/${service}.json`,
  /** Of rolling updates: who is about to start one. */
  start: (service: string) => `pushes/starts/${service}.json`,
  /** The last push that put a tag on an older image. */
  retag: (service: string) => `pushes/retags/${service}.json`,
  received: (eventId: string) => `pushes/${eventId}/received.json`,
  ignored: (eventId: string) => `pushes/${eventId}/ignored.json`,
  /** For who knows the image and not the event, as a CI job that pushed it does. */
  ignoredImage: (repository: string, digest: string) =>
    `pushes/images/${repository}/${digest.replace(':', '-')}/ignored.json`,
} as const;

/** No service may have these names: their records would overwrite the others of a push. */
export const reservedServiceNames: readonly string[] = ['received', 'ignored'];
