import type { World } from '../core/world.ts';
import type { WireService } from '../wire/operation.ts';
import type { SnsModel } from './model.ts';
import { permissionOperations } from './permission-operations.ts';
import { publishOperations } from './publish-operations.ts';
import { subscriptionOperations } from './subscription-operations.ts';
import { tagOperations } from './tag-operations.ts';
import { topicOperations } from './topic-operations.ts';

/** The SNS API. */
export function snsWire(model: SnsModel, world: World): WireService {
  return {
    name: 'sns',
    operations: {
      ...topicOperations(model, world),
      ...subscriptionOperations(model, world),
      ...publishOperations(model, world.quotas),
      ...tagOperations(model),
      ...permissionOperations(model, world),
    },
  };
}
