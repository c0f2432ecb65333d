import { isIP } from 'node:net';
import type {
  DeregisterTargetsCommandInput,
  DeregisterTargetsCommandOutput,
  DescribeTargetHealthCommandInput,
  DescribeTargetHealthCommandOutput,
  RegisterTargetsCommandInput,
  RegisterTargetsCommandOutput,
  TargetDescription,
  TargetHealthDescription,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsError } from '../core/aws-error.ts';
import type { TargetHealth } from '../core/services.ts';
import type { World } from '../core/world.ts';
import { operation, type WireService } from '../wire/operation.ts';
import { validationError } from './actions.ts';
import type { Elbv2Model } from './model.ts';
import type { TargetKey } from './registered-target.ts';
import type { TargetGroup } from './state.ts';

const notRegistered = {
  state: 'unused',
  reason: 'Target.NotRegistered',
  description: 'Target is not registered to the target group',
} as const;

/** DescribeTargetHealth is not paged (aws-facts 4.1). */
export function targetOperations(model: Elbv2Model, world: World): WireService['operations'] {
  const find = (arn: string | undefined) => model.targetGroups.get(arn ?? '');
  return {
    RegisterTargets: operation<RegisterTargetsCommandInput, RegisterTargetsCommandOutput>(
      ['TargetGroupArn', 'Targets'],
      (input) => {
        const { group, targets } = find(input.TargetGroupArn);
        for (const key of (input.Targets ?? []).map((each) => validTarget(each, group, world))) {
          targets.register(key);
        }
        return {};
      },
    ),
    DeregisterTargets: operation<DeregisterTargetsCommandInput, DeregisterTargetsCommandOutput>(
      ['TargetGroupArn', 'Targets'],
      (input) => {
        const { group, targets } = find(input.TargetGroupArn);
        for (const target of input.Targets ?? []) {
          targets.deregister(keyOf(target, group.port), 'waiting');
        }
        return {};
      },
    ),
    DescribeTargetHealth: operation<
      DescribeTargetHealthCommandInput,
      DescribeTargetHealthCommandOutput
    >(['TargetGroupArn', 'Targets', 'Include'], (input) => {
      const { group, targets } = find(input.TargetGroupArn);
      const healths = input.Targets?.length
        ? input.Targets.map((target) => {
            const key = keyOf(target, group.port);
            return targets.find(key) ?? { targetId: key.id, port: key.port, ...notRegistered };
          })
        : targets.health();
      return {
        TargetHealthDescriptions: healths.map((health) => ({
          ...describe(health, group.healthCheck.port),
          // Anomalies are not looked for, so that none is ever found or mitigated.
          ...(input.Include?.length && {
            AnomalyDetection: { Result: 'normal' as const, MitigationInEffect: 'no' as const },
          }),
        })),
      };
    }),
  };
}

function describe(health: TargetHealth, checkPort: string): TargetHealthDescription {
  return {
    Target: { Id: health.targetId, Port: health.port },
    HealthCheckPort: checkPort === 'traffic-port' ? String(health.port) : checkPort,
    TargetHealth: {
      State: health.state,
      ...(health.reason !== undefined && { Reason: health.reason as 'Target.Timeout' }),
      ...(health.description !== undefined && { Description: health.description }),
    },
  };
}

function keyOf(target: TargetDescription, defaultPort: number): TargetKey {
  if (!target.Id) throw validationError('A target id must be specified');
  return { id: target.Id, port: target.Port ?? defaultPort };
}

/** Instances are those that an ECS cluster has; others could not answer. */
function validTarget(target: TargetDescription, group: TargetGroup, world: World): TargetKey {
  const key = keyOf(target, group.port);
  if (group.targetType === 'instance') {
    if (world.services.ecs.containerInstance(key.id)) return key;
    throw new AwsError('InvalidTargetException', `The instance ID '${key.id}' is not valid`);
  }
  if (isIP(key.id) !== 0) return key;
  throw new AwsError(
    'InvalidTargetException',
    `The IP address '${key.id}' is not a valid IP address`,
  );
}
