import { rollbackExpected } from '../core/deployment/rollback-expected.ts';
import { settle } from '../core/deployment/settle.ts';
import { installBegan, isTerminal } from '../core/deployment/status.ts';
import type { StopRequest } from '../core/deployment/stop-request.ts';
import type { Deployment, DeploymentTarget } from '../core/ports/deployments.ts';
import type { ConcludeDeps } from './conclude-deps.ts';

/** Longest wait for the link from a failed deployment to its rollback (aws-facts 3.8: there is a gap). */
const expectedLinkLimitMs = 15_000;
/**
 * How long after its end a deployment may still get its link: how wide the gap is AWS does not say, and to call
 * a deployment not rolled back that then is would break P3.
 */
const linkPatienceMs = 120_000;
/** A person may stop a deployment with rollback though no event of the group says so. */
const unexpectedLinkLimitMs = 3_000;
const linkIntervalMs = 500;

/** `followed` is the ended deployment, read again so that its link is filled in. */
export type FollowedRollback =
  | { readonly kind: 'none'; readonly followed: Deployment }
  | { readonly kind: 'running'; readonly id: string }
  /** A rollback is expected, but not to be seen yet: look again in a minute. */
  | { readonly kind: 'unlinked' }
  | { readonly kind: 'ended'; readonly followed: Deployment; readonly deployment: Deployment };

/** Finds the rollback deployment of a deployment that has ended, waiting out the gap before they are linked. */
export async function followRollback(
  deployment: Deployment,
  target: DeploymentTarget | undefined,
  stop: StopRequest | undefined,
  deps: Pick<ConcludeDeps, 'deployments' | 'clock' | 'signal'>,
): Promise<FollowedRollback> {
  const { deployments, clock, signal } = deps;
  // A failure before Install is never rolled back: nothing has changed (aws-facts 3.1).
  const possible = deployment.status !== 'Succeeded' && installBegan(target);
  const expected = possible && rollbackExpected(deployment, stop);
  const followed = !possible
    ? deployment
    : await settle(
        async () => (await deployments.get(deployment.deploymentId)) ?? deployment,
        (current) => current.rollbackDeploymentId === undefined,
        {
          intervalMs: linkIntervalMs,
          limitMs: expected ? expectedLinkLimitMs : unexpectedLinkLimitMs,
          clock,
          signal,
        },
      );
  const id = followed.rollbackDeploymentId;
  if (id === undefined) {
    const sinceEndMs = clock.now() - (followed.completedAtMs ?? Number.NEGATIVE_INFINITY);
    return expected && sinceEndMs < linkPatienceMs
      ? { kind: 'unlinked' }
      : { kind: 'none', followed };
  }
  const rollback = await deployments.get(id);
  return rollback !== undefined && isTerminal(rollback)
    ? { kind: 'ended', followed, deployment: rollback }
    : { kind: 'running', id };
}
