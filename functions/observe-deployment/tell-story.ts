import type { DeploymentStory } from '../core/deployment/deployment-record.ts';
import type { Deployment } from '../core/ports/deployments.ts';
import type { Release } from '../core/release.ts';
import type { ConcludeDeps } from './conclude-deps.ts';
import { followRollback } from './follow-rollback.ts';
import { readApproval } from './read-approval.ts';
import { readHookReports } from './read-hook-reports.ts';
import { readStopRequest } from './read-stop-request.ts';
import { verifyRollback } from './verify-rollback.ts';

/**
 * Everything about a deployment that is Succeeded, Failed or Stopped, its rollback followed and verified. `pending`
 * while the rollback runs, `unlinked` while one is to be expected and nothing shows it.
 */
export async function tellStory(
  deployment: Deployment,
  release: Pick<Release, 'service'>,
  deps: ConcludeDeps,
): Promise<DeploymentStory | 'pending' | 'unlinked'> {
  const { deploymentId } = deployment;
  const [target, hooks, stop] = await Promise.all([
    deps.deployments.target(deploymentId),
    readHookReports(deploymentId, deps),
    readStopRequest(deploymentId, deps),
  ]);
  const rollback = await followRollback(deployment, target, stop, deps);
  if (rollback.kind === 'unlinked') {
    deps.log.info('rollback not to be seen yet', { deploymentId });
    return 'unlinked';
  }
  if (rollback.kind === 'running') {
    deps.log.info('rollback still runs', { deploymentId, rollbackDeploymentId: rollback.id });
    return 'pending';
  }
  // A report that did not pass was made in a person's place: nobody could be asked.
  const refused = hooks.some(
    ({ lifecycleEvent, verdict }) => lifecycleEvent === 'BeforeAllowTraffic' && verdict !== 'pass',
  );
  const approval = refused ? undefined : await readApproval(rollback.followed, target, deps);
  return {
    deployment: rollback.followed,
    target,
    hooks,
    ...(stop && { stop }),
    ...(approval && { approval }),
    rollback:
      rollback.kind === 'none'
        ? undefined
        : {
            deployment: rollback.deployment,
            checks: await verifyRollback(deployment, target, release, deps),
          },
  };
}
