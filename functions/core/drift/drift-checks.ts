import type { PreflightCheck } from '../preflight/preflight-check.ts';
import { deploymentInFlight } from '../preflight/traffic/deployment-in-flight.ts';
import { leakedTaskSets } from '../preflight/traffic/leaked-task-sets.ts';
import { listenersOnPrimary } from '../preflight/traffic/listeners-on-primary.ts';
import type { DriftFacts } from './drift-facts.ts';
import { rollbackAlarms } from './rollback-alarms.ts';
import { rulesUnchanged } from './rules-unchanged.ts';
import { servingOnRecord } from './serving-on-record.ts';

/** Asked first, and alone while somebody else's deployment is in flight: everything else is on the move then. */
export const foreignDeployment: PreflightCheck<DriftFacts> = deploymentInFlight;

/** What may have changed between two releases; those of preflight say there what would refuse the next one. */
export const driftChecks: readonly PreflightCheck<DriftFacts>[] = [
  foreignDeployment,
  servingOnRecord,
  listenersOnPrimary,
  rulesUnchanged,
  leakedTaskSets,
  rollbackAlarms,
];
