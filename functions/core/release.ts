/** How a push ends: exactly one of these is recorded for each (promise P1). */
export const outcomes = [
  'deployed',
  'already-running',
  'superseded',
  'ignored',
  'refused',
  'rolled-back',
  'failed',
] as const;

export type Outcome = (typeof outcomes)[number];

/** Input of the workflow: one push for one service. Also what a person edits for a *New execution*. */
export interface ReleaseRequest {
  /** Name of the service in greengate.yaml. */
  readonly service: string;
  readonly repository: string;
  readonly tag: string;
  /** Digest that the tag named when it was pushed, `sha256:…`. */
  readonly digest: string;
  /** ISO 8601 time of the push event. */
  readonly pushedAt: string;
  /** EventBridge event id of the push. */
  readonly eventId: string;
  /** Why a person releases in spite of a freeze; only in the input of a *New execution*. */
  readonly overrideFreeze?: string;
  /** Whether it goes on though newer images are there; a person says so in the input of a *New execution*. */
  readonly force?: true;
  /** How a person chose it; missing for what a push started. */
  readonly byHand?: HandChoice;
}

export const handChoices = ['rollback', 'image'] as const;

export type HandChoice = (typeof handChoices)[number];

/** What a person asked for by hand, before anything tells which release that is. */
export interface UnresolvedRequest {
  readonly service: string;
  /** Stands for the push event's id, which there is none of. */
  readonly eventId: string;
  /** In the person's own words, e.g. `rollback` or `team/shop:v3`. */
  readonly asked: string;
  readonly overrideFreeze?: string;
}

/** A request after it was resolved against ECR and ECS. */
export interface Release extends ReleaseRequest {
  /** Digest of the manifest for the platform that the task definition runs; `digest` unless an index. */
  readonly platformDigest: string;
  /** OCI spelling, e.g. `linux/amd64`. */
  readonly platform: string;
  /** `ACCOUNT.dkr.ecr.REGION.amazonaws.com/REPOSITORY@sha256:…`, what is deployed. */
  readonly image: string;
  /** Task definition ARN (with its revision) that served production when the release was resolved. */
  readonly originalTaskDefinitionArn: string;
}

/** Who runs: a redrive is a new deployment of the same execution (design D4). */
export interface ExecutionIdentity {
  readonly executionArn: string;
  readonly executionName: string;
  readonly redriveCount: number;
  /** ISO 8601. */
  readonly startedAt: string;
}
