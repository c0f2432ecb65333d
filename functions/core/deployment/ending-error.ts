import {
  DeploymentFailed,
  DeploymentRolledBack,
  type GreengateError,
  ReleaseSuperseded,
  RollbackFailed,
  RollbackMissing,
  VerificationFailed,
} from '../errors.ts';
import type { Ending } from './deployment-record.ts';

/** By the name that the ending has for it. */
const errors = {
  DeploymentRolledBack,
  DeploymentFailed,
  RollbackFailed,
  RollbackMissing,
  ReleaseSuperseded,
  VerificationFailed,
} as const;

/** What a task fails with when a deployment ended so. */
export function endingError(
  { error, reason }: Exclude<Ending, { readonly outcome: 'deployed' }>,
  deploymentId: string,
): GreengateError {
  return new errors[error](reason, { details: { deploymentId } });
}
