import { approvedBy } from '../approval/approval.ts';
import { shortDigest } from '../image/digest.ts';
import type { Release } from '../release.ts';
import { combineChecks } from '../verdict/combine-checks.ts';
import type { DeploymentStory, Ending } from './deployment-record.ts';
import { explainFailure } from './explain-failure.ts';
import { rollbackExpected } from './rollback-expected.ts';
import { installBegan } from './status.ts';

type Failure = Exclude<Ending, { outcome: 'deployed' }>;

/**
 * How a deployment ended. A rollback counts only when the linked deployment Succeeded and its verification
 * passed (P3); a deployment that failed before Install, or whose group rolls nothing back, is just failed.
 */
export function decideEnding(story: DeploymentStory, release: Release): Ending {
  const { deployment } = story;
  if (deployment.status !== 'Succeeded') return decideFailure(story);
  const image = `${release.tag} (${shortDigest(release.digest)})`;
  return {
    outcome: 'deployed',
    reason: `Deployed: ${image} serves production of ${release.service}, deployment ${deployment.deploymentId} succeeded${approvedBy(story.approval)}`,
  };
}

/** The same of a deployment that Failed or was Stopped, whatever it was to release. */
export function decideFailure(story: DeploymentStory): Failure {
  const { rollback, target } = story;
  const why = explainFailure(story);
  if (rollback === undefined) {
    if (isSuperseded(story) && !installBegan(target)) return superseded(why);
    return notRolledBack(story, why);
  }
  const rollbackId = rollback.deployment.deploymentId;
  if (rollback.deployment.status !== 'Succeeded') {
    const { status, error } = rollback.deployment;
    const said = error === undefined ? '' : ` (${error.code}: ${error.message})`;
    return {
      outcome: 'failed',
      error: 'RollbackFailed',
      reason: `Rollback failed: ${rollbackId} ended as ${status}${said}, expected Succeeded; it was to mend: ${why}`,
    };
  }
  const verification = combineChecks(rollback.checks);
  if (verification.verdict === 'pass' && isSuperseded(story)) return superseded(why);
  return verification.verdict === 'pass'
    ? { outcome: 'rolled-back', error: 'DeploymentRolledBack', reason: `Rolled back: ${why}` }
    : {
        outcome: 'failed',
        error: 'RollbackFailed',
        reason: `Rollback failed: ${rollbackId} Succeeded, but ${verification.sentence}; it was to mend: ${why}`,
      };
}

/**
 * Before Install there is nothing to roll back, and CodeDeploy starts none (aws-facts 3.2). After it the listeners may
 * be anywhere: with a group that rolls nothing back somebody chose that, else the rollback is missing.
 */
function notRolledBack({ deployment, stop, target }: DeploymentStory, why: string): Failure {
  if (!installBegan(target)) {
    return {
      outcome: 'failed',
      error: 'DeploymentFailed',
      reason: `Failed before anything changed, so nothing was to be rolled back: ${why}`,
    };
  }
  const where = 'the listeners are where the deployment left them';
  if (!rollbackExpected(deployment, stop)) {
    return {
      outcome: 'failed',
      error: 'DeploymentFailed',
      reason: `Failed and was not rolled back, as its deployment group is configured, ${where}: ${why}`,
    };
  }
  const { deploymentId, status } = deployment;
  return {
    outcome: 'failed',
    error: 'RollbackMissing',
    reason: `Rollback missing: ${deploymentId} ended as ${status}, expected CodeDeploy to start its rollback, got none; ${where}; it was to mend: ${why}`,
  };
}

function isSuperseded({ deployment, stop }: DeploymentStory): boolean {
  return deployment.status === 'Stopped' && stop?.cause === 'superseded';
}

/** Not a rollback of a bad release: nobody judged it, and production never left the original. */
function superseded(reason: string): Failure {
  return { outcome: 'superseded', error: 'ReleaseSuperseded', reason };
}
