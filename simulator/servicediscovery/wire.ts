import type { World } from '../core/world.ts';
import type { WireService } from '../wire/operation.ts';
import { instanceOperations } from './instance-operations.ts';
import type { ServiceDiscoveryModel } from './model.ts';
import { namespaceOperations } from './namespace-operations.ts';
import { serviceOperations } from './service-operations.ts';
import { tagOperations } from './tag-operations.ts';

/** AWS Cloud Map, as far as ECS services are found by it. */
export function serviceDiscoveryWire(model: ServiceDiscoveryModel, world: World): WireService {
  return {
    name: 'servicediscovery',
    operations: {
      ...namespaceOperations(model, world.identity),
      ...serviceOperations(model, world.identity),
      ...instanceOperations(model, world.identity),
      ...tagOperations(model),
    },
  };
}
