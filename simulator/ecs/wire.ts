import type { World } from '../core/world.ts';
import type { WireService } from '../wire/operation.ts';
import { checkingIdentifiers } from './identifiers.ts';
import type { EcsModel } from './model.ts';
import { accountOperations } from './wire-account.ts';
import { capacityOperations } from './wire-capacity.ts';
import { clusterOperations } from './wire-clusters.ts';
import { containerInstanceOperations } from './wire-container-instances.ts';
import { serviceDeploymentOperations } from './wire-service-deployments.ts';
import { serviceOperations } from './wire-services.ts';
import { tagOperations } from './wire-tags.ts';
import { taskDefinitionOperations } from './wire-task-definitions.ts';
import { taskSetOperations } from './wire-task-sets.ts';
import { taskOperations } from './wire-tasks.ts';

/** The ECS API, as far as services under CODE_DEPLOY and ECS need it. */
export function ecsWire(model: EcsModel, world: World): WireService {
  return {
    name: 'ecs',
    operations: checkingIdentifiers({
      ...accountOperations(model),
      ...capacityOperations(model),
      ...clusterOperations(model),
      ...containerInstanceOperations(model, world),
      ...taskDefinitionOperations(model),
      ...serviceOperations(model),
      ...serviceDeploymentOperations(model),
      ...taskSetOperations(model),
      ...taskOperations(model, world),
      ...tagOperations(model),
    }),
  };
}
