import type { RollingServiceConfig } from '../core/config/strategy-of.ts';
import { deploymentRecordKeys } from '../core/deployment/deployment-record-keys.ts';
import type { AsLeft, DriftRecord } from '../core/drift/drift-record.ts';
import type { DriftLook } from '../core/drift/observe-drift.ts';
import { leftByRollout, lookAtRolling, rollingAsItIs } from '../core/drift/rolling-drift.ts';
import type { Clock } from '../core/ports/clock.ts';
import type { EcsServices } from '../core/ports/ecs-services.ts';
import type { Records } from '../core/ports/records.ts';
import type { Rollout, ServiceDeployments } from '../core/ports/service-deployments.ts';
import { rolloutLookBackMs } from '../core/rolling/look-back.ts';
import { parseRolloutRecord } from '../core/rolling/parse-rollout-record.ts';
import { isRolloutOver, rolloutId } from '../core/rolling/rollout-status.ts';

export interface RollingDriftDeps {
  readonly services: Pick<EcsServices, 'describeService'>;
  readonly serviceDeployments: Pick<ServiceDeployments, 'list'>;
  readonly records: Pick<Records, 'read'>;
  readonly clock: Pick<Clock, 'now'>;
}

/** Who rolls a service out by hand all day need not be looked through at every sweep. */
const mostLookedAt = 20;

/** How a service that ECS rolls out differs from what its last release left; `unseen` where nothing serves production. */
export async function lookAtRollouts(
  { target }: RollingServiceConfig,
  before: Pick<DriftRecord, 'asLeft'> | undefined,
  deps: RollingDriftDeps,
): Promise<{ readonly look: DriftLook; readonly asLeft: AsLeft } | 'in-flight' | 'unseen'> {
  const { cluster, service: name } = target;
  // What was released before is in the record of the last look.
  const sinceMs = deps.clock.now() - rolloutLookBackMs;
  const [service, known] = await Promise.all([
    deps.services.describeService(cluster, name),
    deps.serviceDeployments.list(cluster, name, sinceMs),
  ]);
  const asItIs = service && rollingAsItIs(service);
  if (service === undefined || asItIs === undefined) return 'unseen';
  const active = known.find((rollout) => !isRolloutOver(rollout));
  if (active !== undefined && (await isOurs(active, deps))) return 'in-flight';
  const last = await lastRelease(known, deps);
  if (last === 'unsettled') return 'in-flight';
  const left =
    last === undefined ? before?.asLeft : leftByRollout(last, keptAlarms(last, before, asItIs));
  // What somebody else moves just now is nothing to compare with later.
  if (left === undefined && active !== undefined) return 'unseen';
  const asLeft = left ?? asItIs;
  return { look: lookAtRolling({ service, foreign: active, left: asLeft }), asLeft };
}

/** A release takes alarms as it finds and sets them; what is switched off after it is drift. */
function keptAlarms(
  { deploymentId }: { readonly deploymentId: string },
  before: Pick<DriftRecord, 'asLeft'> | undefined,
  asItIs: AsLeft,
): AsLeft {
  return before?.asLeft.deploymentId === deploymentId ? before.asLeft : asItIs;
}

/** The newest rollout that Greengate started and told the end of; `unsettled` while it is about to tell. */
async function lastRelease(known: readonly Rollout[], { records }: RollingDriftDeps) {
  for (const rollout of known.slice(0, mostLookedAt)) {
    if (!(await isOurs(rollout, { records }))) continue;
    const key = deploymentRecordKeys.record(rolloutId(rollout));
    return parseRolloutRecord(await records.read(key)) ?? 'unsettled';
  }
  return undefined;
}

/** Only what Greengate started has left its progress. */
async function isOurs(
  rollout: Rollout,
  { records }: Pick<RollingDriftDeps, 'records'>,
): Promise<boolean> {
  return (await records.read(deploymentRecordKeys.rollout(rolloutId(rollout)))) !== undefined;
}
