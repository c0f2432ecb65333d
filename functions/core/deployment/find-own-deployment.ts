import type { Deployment } from '../ports/deployments.ts';
import type { ExecutionIdentity } from '../release.ts';
import { deploymentDescription, parseDeploymentDescription } from './identity.ts';
import { isRollback, isTerminal } from './status.ts';

/**
 * The deployment of this attempt among those of its group, newest first (design D4). Without one, that of an
 * attempt before a redrive, if repeating it would change nothing: it is still in flight, or it succeeded and
 * nothing came after it, so that only its answer was lost. One that was refused or rolled back is not repeated
 * but begun afresh.
 */
export function findOwnDeployment(
  known: readonly Deployment[],
  execution: Pick<ExecutionIdentity, 'executionName' | 'redriveCount'>,
): Deployment | undefined {
  const candidates = known.filter((deployment) => !isRollback(deployment));
  const description = deploymentDescription(execution);
  return (
    candidates.find((deployment) => deployment.description === description) ??
    candidates.find(
      (deployment) =>
        isOfEarlierAttempt(deployment, execution) &&
        (!isTerminal(deployment) || (deployment.status === 'Succeeded' && deployment === known[0])),
    )
  );
}

/** Never of a later one: who asks may have been told late that this attempt is over. */
function isOfEarlierAttempt(
  { description }: Deployment,
  { executionName, redriveCount }: Pick<ExecutionIdentity, 'executionName' | 'redriveCount'>,
): boolean {
  const identity = parseDeploymentDescription(description);
  return identity?.executionName === executionName && identity.redriveCount < redriveCount;
}
