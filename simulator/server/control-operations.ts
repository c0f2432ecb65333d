import type { ControlOperation } from './control-operation.ts';
import { certificateOperations } from './operations/certificates.ts';
import { clockOperations } from './operations/clock.ts';
import { eventOperations } from './operations/events.ts';
import { faultOperations } from './operations/faults.ts';
import { iamUsageOperations } from './operations/iam-usage.ts';
import { journalOperations } from './operations/journal.ts';
import { loadOperations } from './operations/load.ts';
import { resetOperations } from './operations/reset.ts';
import { resourceOperations } from './operations/resources.ts';
import { settingOperations } from './operations/settings.ts';
import { stateOperations } from './operations/state.ts';

/** Everything that the control API can do, in the order in which it lists it. */
export const controlOperations: readonly ControlOperation[] = [
  ...stateOperations,
  ...journalOperations,
  ...resourceOperations,
  ...iamUsageOperations,
  ...resetOperations,
  ...loadOperations,
  ...clockOperations,
  ...settingOperations,
  ...faultOperations,
  ...eventOperations,
  ...certificateOperations,
];
