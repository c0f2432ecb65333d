import type {
  StepScalingPolicyConfiguration,
  TargetTrackingScalingPolicyConfiguration,
} from '@aws-sdk/client-application-auto-scaling';
import { z } from 'zod';
import { cfnBoolean, cfnNumber } from '../cloudformation/property-schemas.ts';
import { type ResourceProviders, resource } from '../cloudformation/resource-provider.ts';
import { serviceApi } from '../cloudformation/service-api.ts';
import type { ApplicationAutoScalingModel } from './model.ts';
import { applicationAutoScalingWire } from './wire.ts';

const namespace = z.literal('ecs');
const dimension = z.literal('ecs:service:DesiredCount');
/** Carried and shown: no policy ever acts. */
const configuration = z.record(z.string(), z.unknown());

const policyProperties = z.strictObject({
  PolicyName: z.string(),
  PolicyType: z.enum(['TargetTrackingScaling', 'StepScaling']),
  /** Ref of a scalable target; else the three members that name one. */
  ScalingTargetId: z.string().optional(),
  ResourceId: z.string().optional(),
  ScalableDimension: dimension.optional(),
  ServiceNamespace: namespace.optional(),
  StepScalingPolicyConfiguration: configuration.optional(),
  TargetTrackingScalingPolicyConfiguration: configuration.optional(),
});

export function applicationAutoScalingResources(
  model: ApplicationAutoScalingModel,
): ResourceProviders {
  const api = serviceApi(() => applicationAutoScalingWire(model));
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
      {
        replacedBy: ['ResourceId', 'ScalableDimension', 'ServiceNamespace'],
        update({ next }) {
          model.register(next);
          return undefined;
        },
        async delete({ properties }, context) {
          const { ResourceId, ScalableDimension, ServiceNamespace } = properties;
          const target = { ResourceId, ScalableDimension, ServiceNamespace };
          await api('DeregisterScalableTarget', target, context);
        },
      },
    ),
    'AWS::ApplicationAutoScaling::ScalingPolicy': resource(
      policyProperties,
      (properties) => {
        const Arn = putPolicy(model, properties);
        return { physicalId: Arn, attributes: { Arn } };
      },
      {
        replacedBy: [
          'PolicyName',
          'ResourceId',
          'ScalableDimension',
          'ScalingTargetId',
          'ServiceNamespace',
        ],
        nameProperty: 'PolicyName',
        update({ next }) {
          putPolicy(model, next);
          return undefined;
        },
        async delete({ properties }, context) {
          const { PolicyName, ResourceId, ScalingTargetId } = properties;
          await api(
            'DeleteScalingPolicy',
            {
              PolicyName,
              ResourceId: ResourceId ?? ScalingTargetId?.split('|')[0],
              ScalableDimension: 'ecs:service:DesiredCount',
              ServiceNamespace: 'ecs',
            },
            context,
          );
        },
      },
    ),
  };
}

function putPolicy(
  model: ApplicationAutoScalingModel,
  properties: z.output<typeof policyProperties>,
): string {
  const { PolicyARN } = model.putPolicy({
    PolicyName: properties.PolicyName,
    PolicyType: properties.PolicyType,
    ResourceId: properties.ResourceId ?? properties.ScalingTargetId?.split('|')[0],
    ScalableDimension: 'ecs:service:DesiredCount',
    ServiceNamespace: 'ecs',
    StepScalingPolicyConfiguration:
      properties.StepScalingPolicyConfiguration as StepScalingPolicyConfiguration,
    TargetTrackingScalingPolicyConfiguration:
      properties.TargetTrackingScalingPolicyConfiguration as unknown as TargetTrackingScalingPolicyConfiguration,
  });
  return PolicyARN ?? '';
}
