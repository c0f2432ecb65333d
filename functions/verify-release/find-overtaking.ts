import type { CodeDeployServiceConfig } from '../core/config/strategy-of.ts';
import type { Deployment, Deployments } from '../core/ports/deployments.ts';
import type { VerificationInput } from './verification-input.ts';

/** Clocks of Step Functions and CodeDeploy need not agree to the second. */
const clockSkewMs = 60_000;

/**
 * The first deployment that began after ours had Succeeded, undefined when there is none. What runs is its doing by
 * now: the end of ours may be heard of late, as its event is sent at best effort (aws-facts 3.11), and who waits for
 * the group goes on at once.
 */
export async function findOvertaking(
  { deploymentId, execution }: VerificationInput,
  { target }: CodeDeployServiceConfig,
  deployments: Pick<Deployments, 'list'>,
): Promise<Deployment | undefined> {
  const sinceMs = Date.parse(execution.startedAt) - clockSkewMs;
  const known = await deployments.list(target.application, target.deploymentGroup, sinceMs);
  const own = known.find((deployment) => deployment.deploymentId === deploymentId);
  if (own?.status !== 'Succeeded') return undefined;
  // Newest first.
  return known.findLast(({ createdAtMs }) => createdAtMs > own.createdAtMs);
}
