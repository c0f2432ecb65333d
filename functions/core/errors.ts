export interface GreengateErrorOptions {
  readonly details?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

/**
 * Base of every error that leaves a function. Step Functions matches `name` in `ErrorEquals`, so the
 * names below are a public contract (test/architecture checks them against deploy.asl.json).
 */
export abstract class GreengateError extends Error {
  abstract override readonly name: string;
  abstract readonly retryable: boolean;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(message: string, options: GreengateErrorOptions = {}) {
    super(message, { cause: options.cause });
    this.details = options.details ?? {};
  }
}

/** The event has not the documented shape; repeating cannot help, the dead-letter queue keeps it. */
export class InvalidEventError extends GreengateError {
  override readonly name = 'InvalidEventError';
  override readonly retryable = false;
}

/** The compiled configuration does not describe what was asked for. */
export class InvalidConfigError extends GreengateError {
  override readonly name = 'InvalidConfigError';
  override readonly retryable = false;
}

/** An image, service, deployment or deployment group is not there. */
export class ResourceNotFoundError extends GreengateError {
  override readonly name = 'ResourceNotFoundError';
  override readonly retryable = false;
}

/** Somebody else's deployment holds the group; wait and look again (design D8). */
export class DeploymentConflictError extends GreengateError {
  override readonly name = 'DeploymentConflictError';
  override readonly retryable = true;
}

/** AWS refused a call for lack of permission. */
export class PermissionDeniedError extends GreengateError {
  override readonly name = 'PermissionDeniedError';
  override readonly retryable = false;
}

/** Throttling, 5xx, dropped connections: the same call may succeed later. */
export class TransientAwsError extends GreengateError {
  override readonly name = 'TransientAwsError';
  override readonly retryable = true;
}

/** Not enough of the invocation's time is left to do the work safely. */
export class DeadlineExceededError extends GreengateError {
  override readonly name = 'DeadlineExceededError';
  override readonly retryable = true;
}

/** The service uses something Greengate does not support, e.g. another deployment controller. */
export class UnsupportedError extends GreengateError {
  override readonly name = 'UnsupportedError';
  override readonly retryable = false;
}

/** Preflight found something that would make the deployment fail; nothing was created, the release is refused. */
export class PreflightRefused extends GreengateError {
  override readonly name = 'PreflightRefused';
  override readonly retryable = false;
}

/** A freeze, or somebody who stopped the line, holds the release; it ends as refused and can be redriven later. */
export class ReleaseHeld extends GreengateError {
  override readonly name = 'ReleaseHeld';
  override readonly retryable = false;
}

/** A person asked for a release that cannot be had, or must not be by now; nothing was created, it is refused. */
export class ReleaseRefused extends GreengateError {
  override readonly name = 'ReleaseRefused';
  override readonly retryable = false;
}

/** The deployment failed and its rollback is verified; the release ends as rolled-back. */
export class DeploymentRolledBack extends GreengateError {
  override readonly name = 'DeploymentRolledBack';
  override readonly retryable = false;
}

/** The deployment failed before anything changed, or without a rollback; the release ends as failed. */
export class DeploymentFailed extends GreengateError {
  override readonly name = 'DeploymentFailed';
  override readonly retryable = false;
}

/** The deployment should have been rolled back, and no rollback appeared: listeners and tasks need a human. */
export class RollbackMissing extends GreengateError {
  override readonly name = 'RollbackMissing';
  override readonly retryable = false;
}

/** The linked rollback did not end well: listeners or tasks need a human. */
export class RollbackFailed extends GreengateError {
  override readonly name = 'RollbackFailed';
  override readonly retryable = false;
}

/** A rolling update goes on and the invocation's time does not: it is watched further at once. */
export class RolloutRunning extends GreengateError {
  override readonly name = 'RolloutRunning';
  override readonly retryable = true;
}

/** A newer push took this one's place before it started. */
export class ReleaseSuperseded extends GreengateError {
  override readonly name = 'ReleaseSuperseded';
  override readonly retryable = false;
}

/** Another execution deployed this very release while this one waited for it; there is nothing left to do. */
export class ReleaseAlreadyRunning extends GreengateError {
  override readonly name = 'ReleaseAlreadyRunning';
  override readonly retryable = false;
}

/** Production has another task definition by now than the revision was derived from; the workflow makes it anew. */
export class RevisionOutdated extends GreengateError {
  override readonly name = 'RevisionOutdated';
  override readonly retryable = false;
}

/** CodeDeploy said Succeeded, but what runs or what the listeners say is not this release. */
export class VerificationFailed extends GreengateError {
  override readonly name = 'VerificationFailed';
  override readonly retryable = false;
}

/** AWS refused a well-formed call for a reason that repeating cannot mend; the message quotes it. */
export class RequestRefusedError extends GreengateError {
  override readonly name = 'RequestRefusedError';
  override readonly retryable = false;
}
