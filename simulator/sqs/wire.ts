import type { World } from '../core/world.ts';
import type { WireOperation, WireService } from '../wire/operation.ts';
import { rateLimited } from './fifo-rate.ts';
import { messageOperations } from './message-operations.ts';
import type { SqsModel } from './model.ts';
import { permissionOperations } from './permission-operations.ts';
import { queueOperations } from './queue-operations.ts';
import { tagOperations } from './tag-operations.ts';

/** The SQS API, for clients that speak JSON and for older ones that speak Query. */
export function sqsWire(model: SqsModel, world: World): WireService {
  const operations: Record<string, WireOperation> = {
    ...queueOperations(model, world),
    ...messageOperations(model, world),
    ...tagOperations(model),
    ...permissionOperations(model),
  };
  const limited = Object.entries(operations).map(([name, one]) => [
    name,
    rateLimited(name, one, model, world),
  ]);
  return { name: 'sqs', operations: Object.fromEntries(limited) };
}
