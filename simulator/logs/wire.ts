import type { World } from '../core/world.ts';
import type { WireService } from '../wire/operation.ts';
import { groupOperations } from './group-operations.ts';
import type { LogsModel } from './model.ts';
import { readOperations } from './read-operations.ts';

/** The CloudWatch Logs API. */
export function logsWire(model: LogsModel, _world: World): WireService {
  return {
    name: 'cloudwatch-logs',
    operations: { ...groupOperations(model), ...readOperations(model) },
  };
}
