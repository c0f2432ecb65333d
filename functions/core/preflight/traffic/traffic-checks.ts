import type { PreflightCheck } from '../preflight-check.ts';
import { alarmsReady } from './alarms-ready.ts';
import { autoScaling } from './auto-scaling.ts';
import { automaticRollback } from './automatic-rollback.ts';
import { balancerReach } from './balancer-reach.ts';
import { circuitBreaker } from './circuit-breaker.ts';
import { deploymentDuration } from './deployment-duration.ts';
import { deploymentInFlight } from './deployment-in-flight.ts';
import { draining } from './draining.ts';
import { healthTime } from './health-time.ts';
import { hookFunctions } from './hook-functions.ts';
import { hookPermission } from './hook-permission.ts';
import { hookReach } from './hook-reach.ts';
import { instanceCapacity } from './instance-capacity.ts';
import { leakedTaskSets } from './leaked-task-sets.ts';
import { listenersOnPrimary } from './listeners-on-primary.ts';
import { passRolePermission } from './pass-role-permission.ts';
import { rolloutRoom } from './rollout-room.ts';
import { subnetAddresses } from './subnet-addresses.ts';
import { targetGroupPair } from './target-group-pair.ts';
import { tasksWanted } from './tasks-wanted.ts';
import { testListener } from './test-listener.ts';
import type { TrafficCheckFacts } from './traffic-facts.ts';

/** The traffic half of the catalogue, in the order in which findings are shown. */
export const trafficChecks: readonly PreflightCheck<TrafficCheckFacts>[] = [
  tasksWanted,
  automaticRollback,
  circuitBreaker,
  rolloutRoom,
  testListener,
  listenersOnPrimary,
  targetGroupPair,
  healthTime,
  draining,
  alarmsReady,
  subnetAddresses,
  instanceCapacity,
  leakedTaskSets,
  autoScaling,
  deploymentInFlight,
  hookFunctions,
  hookPermission,
  passRolePermission,
  hookReach,
  balancerReach,
  deploymentDuration,
];
