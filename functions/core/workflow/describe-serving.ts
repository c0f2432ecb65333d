import type { ServiceConfig } from '../config/schema.ts';
import { isRollingTarget } from '../config/strategy-of.ts';
import { ResourceNotFoundError, UnsupportedError } from '../errors.ts';
import type { EcsServices } from '../ports/ecs-services.ts';
import { describeCodeDeployService } from './code-deploy-service.ts';
import { type ServingWorkload, servingWorkload } from './serving-workload.ts';

/**
 * What serves production of the configured service, by its strategy. ResourceNotFoundError when the service is not
 * there, UnsupportedError when another deployment controller deploys it, or nothing was deployed yet.
 */
export async function describeServing(
  deps: { readonly services: EcsServices },
  target: ServiceConfig['target'],
): Promise<ServingWorkload> {
  if (!isRollingTarget(target)) {
    return (await describeCodeDeployService(deps, target)).primaryTaskSet;
  }
  const { cluster, service: name } = target;
  const service = await deps.services.describeService(cluster, name);
  if (service === undefined) {
    throw new ResourceNotFoundError(
      `ECS has no active service "${name}" in cluster "${cluster}", expected the one that the configuration names`,
    );
  }
  const serving = service.rolling && servingWorkload(service);
  if (serving !== undefined) return serving;
  throw new UnsupportedError(
    `Service "${name}" of cluster "${cluster}" has deployment controller ${service.deploymentController}, expected ECS with a deployment`,
  );
}
