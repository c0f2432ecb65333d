import type {
  StepScalingPolicyConfiguration,
  TargetTrackingScalingPolicyConfiguration,
} from '@aws-sdk/client-application-auto-scaling';
import { z } from 'zod';
import { cfnBoolean, cfnNumber } from '../cloudformation/property-schemas.ts';
import { type ResourceProviders, resource } from '../cloudformation/resource-provider.ts';
import type { ApplicationAutoScalingModel } from './model.ts';

const namespace = z.literal('ecs');
const dimension = z.literal('ecs:service:DesiredCount');
/** Carried and shown: no policy ever acts. */
const configuration = z.record(z.string(), z.unknown());

export function applicationAutoScalingResources(
  model: ApplicationAutoScalingModel,
): ResourceProviders {
  return {
    'AWS::ApplicationAutoScaling::ScalableTarget': resource(
      z.strictObject({
        MaxCapacity: cfnNumber,
        MinCapacity: cfnNumber,
        ResourceId: z.string(),
        RoleARN: z.string().optional(),
        ScalableDimension: dimension,
        ServiceNamespace: namespace,
        SuspendedState: z
          .strictObject({
            DynamicScalingInSuspended: cfnBoolean.optional(),
            DynamicScalingOutSuspended: cfnBoolean.optional(),
            ScheduledScalingSuspended: cfnBoolean.optional(),
          })
          .optional(),
      }),
      (properties) => {
        model.register(properties);
        const { ResourceId, ScalableDimension, ServiceNamespace } = properties;
        const id = `${ResourceId}|${ScalableDimension}|${ServiceNamespace}`;
        return { physicalId: id, attributes: { Id: id } };
      },
    ),
    'AWS::ApplicationAutoScaling::ScalingPolicy': resource(
      z.strictObject({
        PolicyName: z.string(),
        PolicyType: z.enum(['TargetTrackingScaling', 'StepScaling']),
        /** Ref of a scalable target; else the three members that name one. */
        ScalingTargetId: z.string().optional(),
        ResourceId: z.string().optional(),
        ScalableDimension: dimension.optional(),
        ServiceNamespace: namespace.optional(),
        StepScalingPolicyConfiguration: configuration.optional(),
        TargetTrackingScalingPolicyConfiguration: configuration.optional(),
      }),
      ({ ScalingTargetId, ...properties }) => {
        const policy = model.putPolicy({
          PolicyName: properties.PolicyName,
          PolicyType: properties.PolicyType,
          ResourceId: properties.ResourceId ?? ScalingTargetId?.split('|')[0],
          ScalableDimension: 'ecs:service:DesiredCount',
          ServiceNamespace: 'ecs',
          StepScalingPolicyConfiguration:
            properties.StepScalingPolicyConfiguration as StepScalingPolicyConfiguration,
          TargetTrackingScalingPolicyConfiguration:
            properties.TargetTrackingScalingPolicyConfiguration as unknown as TargetTrackingScalingPolicyConfiguration,
        });
        const Arn = policy.PolicyARN ?? '';
        return { physicalId: Arn, attributes: { Arn } };
      },
    ),
  };
}
