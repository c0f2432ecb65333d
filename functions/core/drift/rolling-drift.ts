import type { EcsService } from '../ports/ecs-services.ts';
import type { Rollout } from '../ports/service-deployments.ts';
import type { Finding } from '../preflight/finding.ts';
import type { RolloutRecord } from '../rolling/rollout-record.ts';
import { rolloutId } from '../rolling/rollout-status.ts';
import { servingDeployment } from '../workflow/serving-workload.ts';
import type { AsLeft } from './drift-record.ts';
import type { DriftLook } from './observe-drift.ts';

type Drift = Extract<Finding, { status: 'NG' }>;

/** A service under the ECS controller at rest, as the sweep found it. */
export interface RollingFacts {
  readonly service: Pick<EcsService, 'rolling'>;
  /** A rollout under way that Greengate did not start. */
  readonly foreign: Rollout | undefined;
  readonly left: AsLeft;
}

/** The service as it is now; undefined where nothing serves production. */
export function rollingAsItIs({ rolling }: Pick<EcsService, 'rolling'>): AsLeft | undefined {
  const serving = rolling && servingDeployment(rolling);
  if (serving === undefined) return undefined;
  return {
    taskSetId: serving.id,
    taskDefinitionArn: serving.taskDefinitionArn,
    rules: {},
    alarms: rolling?.alarmNames ?? [],
  };
}

/**
 * What the last rolling update of ours left, by its record; undefined for one that failed on its way back, of which
 * people know that nobody knows what it left.
 */
export function leftByRollout(
  { outcome, deploymentId, taskDefinitionArn, release }: RolloutRecord,
  now: AsLeft,
): AsLeft | undefined {
  if (outcome === 'failed') return undefined;
  const serves = outcome === 'deployed' ? taskDefinitionArn : release.originalTaskDefinitionArn;
  return { ...now, deploymentId, taskDefinitionArn: serves };
}

/** Compares what is with what was left; while somebody else's rollout is under way, that alone is told. */
export function lookAtRolling({ service, foreign, left }: RollingFacts): DriftLook {
  const found = {
    'deployment-in-flight': foreign === undefined ? ('sound' as const) : foreignRollout(foreign),
    'serving-on-record': foreign === undefined ? servingOnRecord(service, left) : 'unknown',
    'rollback-alarms': foreign === undefined ? alarmsAsLeft(service, left) : 'unknown',
  } as const;
  return { kind: 'seen', found, problems: [] };
}

function foreignRollout(rollout: Rollout): Drift {
  return {
    status: 'NG',
    expected: 'no rollout under way, or one of Greengate',
    observed: `${rolloutId(rollout)} ${rollout.status}, of ${rollout.taskDefinitionArn}`,
    remedy: `Wait until it ends, or aws ecs stop-service-deployment --service-deployment-arn ${rollout.arn} --stop-type ROLLBACK`,
  };
}

function servingOnRecord({ rolling }: RollingFacts['service'], left: AsLeft): Drift | 'sound' {
  const serving = rolling && servingDeployment(rolling);
  if (serving?.taskDefinitionArn === left.taskDefinitionArn) return 'sound';
  const by = left.deploymentId === undefined ? '' : `, as rollout ${left.deploymentId} left it`;
  return {
    status: 'NG',
    expected: `${left.taskDefinitionArn}${by}`,
    observed: `${serving?.taskDefinitionArn ?? 'nothing'} of deployment ${serving?.id ?? 'none'}`,
    remedy:
      'Somebody deployed by hand: push the image that should run, or leave it; the next release takes what runs for its original',
  };
}

function alarmsAsLeft({ rolling }: RollingFacts['service'], left: AsLeft): Drift | 'sound' {
  const missing = left.alarms.filter((name) => !(rolling?.alarmNames ?? []).includes(name));
  if (missing.length === 0) return 'sound';
  return {
    status: 'NG',
    expected: `${left.alarms.join(', ')}: switched on`,
    observed: missing.map((name) => `${name} is switched off`).join('; '),
    remedy:
      'Mend alarms of the deployment configuration of the service, or release: a release sets those of target.alarms',
  };
}
