import { installBegan, isRollback, productionTouched } from '../core/deployment/status.ts';
import type { Deployment } from '../core/ports/deployments.ts';
import type { ConcludeDeps } from './conclude-deps.ts';

/** What a later deployment has moved, so that it tells nothing of an earlier one's rollback any more. */
export interface Overtaking {
  readonly moved: 'test-listener' | 'production';
  readonly by: Pick<Deployment, 'deploymentId' | 'status'>;
}

/**
 * What the deployments that began after this one have moved; undefined when nothing. Who waits for the group goes on as
 * soon as a rollback has Succeeded, and of that people are told at best effort (aws-facts 3.11).
 */
export async function findOvertaking(
  { deploymentId, application, deploymentGroup, createdAtMs }: Deployment,
  { deployments }: Pick<ConcludeDeps, 'deployments'>,
): Promise<Overtaking | undefined> {
  const known = await deployments.list(application, deploymentGroup, createdAtMs);
  // A rollback moves what its own deployment has moved; this one's is what is judged.
  const later = known.filter(
    (one) => one.deploymentId !== deploymentId && one.createdAtMs > createdAtMs && !isRollback(one),
  );
  let test: Overtaking | undefined;
  for (const by of later) {
    const target = await deployments.target(by.deploymentId);
    if (productionTouched(target)) return { moved: 'production', by };
    if (installBegan(target)) test ??= { moved: 'test-listener', by };
  }
  return test;
}
