import type { ResourceProviders } from '../cloudformation/resource-provider.ts';
import { serviceApi } from '../cloudformation/service-api.ts';
import type { World } from '../core/world.ts';
import { clusterResources } from './cluster-resources.ts';
import { autoScalingResources } from './instances/auto-scaling-resources.ts';
import { capacityProviderResources } from './instances/capacity-provider-resources.ts';
import type { EcsModel } from './model.ts';
import { serviceResources } from './service-resources.ts';
import { taskDefinitionResources } from './task-definition-resources.ts';
import { taskSetResources } from './task-set-resources.ts';
import { ecsWire } from './wire.ts';

/** The ECS resource types of a template. */
export function ecsResources(model: EcsModel, world: World): ResourceProviders {
  const api = serviceApi(() => ecsWire(model, world));
  return {
    ...autoScalingResources(model, world.settings),
    ...capacityProviderResources(api),
    ...clusterResources(api),
    ...taskDefinitionResources(model, api),
    ...serviceResources(model, api),
    ...taskSetResources(api),
  };
}
