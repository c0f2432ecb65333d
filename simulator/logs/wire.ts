import type { World } from '../core/world.ts';
import type { WireService } from '../wire/operation.ts';
import { groupOperations } from './group-operations.ts';
import { metricFilterOperations } from './metric-filter-operations.ts';
import type { LogsModel } from './model.ts';
import { readOperations } from './read-operations.ts';
import { resourcePolicyOperations } from './resource-policy-operations.ts';
import { streamOperations } from './stream-operations.ts';
import { tagOperations } from './tag-operations.ts';

/** The CloudWatch Logs API. */
export function logsWire(model: LogsModel, world: World): WireService {
  return {
    name: 'cloudwatch-logs',
    operations: {
      ...groupOperations(model),
      ...streamOperations(model, world),
      ...readOperations(model),
      ...tagOperations(model),
      ...metricFilterOperations(model, world),
      ...resourcePolicyOperations(model, world),
    },
  };
}
