import { MemberReader } from '../events/member-reader.ts';
import { proseRule } from '../events/text-rules.ts';

/** Why Greengate itself stops a deployment. */
export const stopCauses = [
  'check-failed',
  'execution-stopped',
  'replacement-failing',
  'superseded',
] as const;

export type StopCause = (typeof stopCauses)[number];

/**
 * Kept under the deployment's id before CodeDeploy is asked to stop it, because a stopped deployment has no room
 * for a reason: StopDeployment takes none, and GetDeployment only says that somebody stopped it (aws-facts 3.8).
 */
export interface StopRequest {
  readonly cause: StopCause;
  /** One sentence without a full stop, for people. */
  readonly sentence: string;
  /** ISO 8601. */
  readonly requestedAt: string;
  /** What the sentence rests on, line by line: stopped tasks, the newer image. */
  readonly evidence: readonly string[];
}

/** Whether it was stopped for what was found in the release, rather than for what people or other releases want. */
export function speaksAgainstRelease({ cause }: Pick<StopRequest, 'cause'>): boolean {
  return cause === 'check-failed' || cause === 'replacement-failing';
}

/** Parses a stop request that was kept; InvalidEventError names all problems. */
export function parseStopRequest(document: unknown): StopRequest {
  const reader = MemberReader.of(document);
  const parsed = {
    cause: reader.text('cause', causeRule) as StopCause,
    sentence: reader.text('sentence', proseRule),
    requestedAt: reader.instant('requestedAt'),
    evidence: reader.texts('evidence'),
  };
  reader.finish('the request to stop a deployment');
  return parsed;
}

const causeRule = {
  pattern: new RegExp(`^(?:${stopCauses.join('|')})$`),
  expected: `one of ${stopCauses.join(', ')}`,
};
