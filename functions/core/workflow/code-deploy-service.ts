import type { ServiceConfig } from '../config/schema.ts';
import { ResourceNotFoundError, UnsupportedError } from '../errors.ts';
import type { EcsService, EcsServices, TaskSet } from '../ports/ecs-services.ts';

/** A service whose deployments CodeDeploy runs, with the task set that serves production. */
export interface CodeDeployService extends EcsService {
  readonly primaryTaskSet: TaskSet;
}

/**
 * Reads the configured ECS service. ResourceNotFoundError when it is not there, UnsupportedError when
 * CodeDeploy does not deploy it.
 */
export async function describeCodeDeployService(
  deps: { readonly services: EcsServices },
  { cluster, service: name }: ServiceConfig['target'],
): Promise<CodeDeployService> {
  const service = await deps.services.describeService(cluster, name);
  if (service === undefined) {
    throw new ResourceNotFoundError(
      `ECS has no active service "${name}" in cluster "${cluster}", expected the one that the configuration names`,
    );
  }
  if (service.deploymentController !== 'CODE_DEPLOY') {
    throw new UnsupportedError(
      `Service "${name}" of cluster "${cluster}" has deployment controller ${service.deploymentController}, expected CODE_DEPLOY`,
    );
  }
  const { primaryTaskSet } = service;
  if (primaryTaskSet === undefined) {
    throw new UnsupportedError(
      `Service "${name}" of cluster "${cluster}" has no PRIMARY task set, expected one that serves production: deploy it once with CodeDeploy`,
    );
  }
  return { ...service, primaryTaskSet };
}
