import type { World } from '../core/world.ts';
import type { WireService } from '../wire/operation.ts';
import type { StatesModel } from './model.ts';
import { activityOperations } from './wire/activity-operations.ts';
import { aliasOperations } from './wire/alias-operations.ts';
import { executionOperations } from './wire/execution-operations.ts';
import { mapRunOperations } from './wire/map-run-operations.ts';
import { stateMachineOperations } from './wire/state-machine-operations.ts';
import { startSyncExecution } from './wire/sync-execution.ts';
import { tagOperations } from './wire/tag-operations.ts';
import { taskOperations } from './wire/task-operations.ts';
import { testState } from './wire/test-state.ts';
import { versionOperations } from './wire/version-operations.ts';

/** The Step Functions API over a model. */
export function statesWire(model: StatesModel, world: World): WireService {
  return {
    name: 'sfn',
    operations: {
      ...stateMachineOperations(model),
      ...executionOperations(model, world),
      ...mapRunOperations(model, world),
      ...versionOperations(model),
      ...aliasOperations(model),
      ...tagOperations(model),
      TestState: testState(model, world.identity.region),
      StartSyncExecution: startSyncExecution(model, world),
      ...taskOperations(model.tokens),
      ...activityOperations(model.activities),
    },
  };
}
