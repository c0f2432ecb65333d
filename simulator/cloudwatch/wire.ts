import type { World } from '../core/world.ts';
import type { WireService } from '../wire/operation.ts';
import { alarmOperations } from './alarm-operations.ts';
import { dashboardOperations } from './dashboard-operations.ts';
import { metricOperations } from './metric-operations.ts';
import type { CloudWatchModel } from './model.ts';
import { tagOperations } from './tag-operations.ts';

/** The CloudWatch API, which clients speak in JSON, Query or CBOR. */
export function cloudwatchWire(model: CloudWatchModel, world: World): WireService {
  return {
    name: 'cloudwatch',
    operations: {
      ...alarmOperations(model),
      ...metricOperations(model, world),
      ...tagOperations(model),
      ...dashboardOperations(model, world),
    },
  };
}
