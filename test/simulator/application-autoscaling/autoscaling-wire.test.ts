import {
  ApplicationAutoScalingClient,
  DeleteScalingPolicyCommand,
  DeregisterScalableTargetCommand,
  DescribeScalableTargetsCommand,
  DescribeScalingActivitiesCommand,
  DescribeScalingPoliciesCommand,
  ListTagsForResourceCommand,
  PutScalingPolicyCommand,
  RegisterScalableTargetCommand,
  type RegisterScalableTargetCommandInput,
} from '@aws-sdk/client-application-auto-scaling';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ApplicationAutoScalingModel } from '../../../simulator/application-autoscaling/model.ts';
import { applicationAutoScalingResources } from '../../../simulator/application-autoscaling/resources.ts';
import { applicationAutoScalingWire } from '../../../simulator/application-autoscaling/wire.ts';
import type { EcsService, EcsServiceView } from '../../../simulator/core/services.ts';
import { createResource } from '../wire/create-resource.ts';
import { type SimulatedAws, simulatedAws } from '../wire/simulated-aws.ts';

let aws: SimulatedAws;
let client: ApplicationAutoScalingClient;
let model: ApplicationAutoScalingModel;

const ResourceId = 'service/greengate-sample/shop';
const key = {
  ServiceNamespace: 'ecs',
  ResourceId,
  ScalableDimension: 'ecs:service:DesiredCount',
} as const;
const TargetTrackingScalingPolicyConfiguration = {
  TargetValue: 60,
  PredefinedMetricSpecification: {
    PredefinedMetricType: 'ECSServiceAverageCPUUtilization' as const,
  },
};

beforeEach(async () => {
  aws = await simulatedAws((world) => {
    const service = (cluster: string, name: string) =>
      cluster === 'greengate-sample' && name === 'shop' ? ({} as EcsServiceView) : undefined;
    world.provide('ecs', { service } as unknown as EcsService);
    model = new ApplicationAutoScalingModel(world);
    return [applicationAutoScalingWire(model)];
  });
  client = new ApplicationAutoScalingClient(aws.client);
});
afterEach(() => aws.stop());

const register = (more: Partial<RegisterScalableTargetCommandInput> = {}) =>
  client.send(
    new RegisterScalableTargetCommand({ ...key, MinCapacity: 2, MaxCapacity: 10, ...more }),
  );
const targets = async () =>
  (await client.send(new DescribeScalableTargetsCommand({ ServiceNamespace: 'ecs' })))
    .ScalableTargets;
const putPolicy = (PolicyName: string) =>
  client.send(
    new PutScalingPolicyCommand({
      ...key,
      PolicyName,
      PolicyType: 'TargetTrackingScaling',
      TargetTrackingScalingPolicyConfiguration,
    }),
  );

describe('scalable targets', () => {
  it('show their bounds and what is suspended', async () => {
    const { ScalableTargetARN } = await register({
      SuspendedState: { DynamicScalingInSuspended: true },
      Tags: { team: 'shop' },
    });
    expect(await targets()).toEqual([
      {
        ...key,
        MinCapacity: 2,
        MaxCapacity: 10,
        RoleARN: expect.stringMatching(/AWSServiceRoleForApplicationAutoScaling_ECSService$/),
        CreationTime: expect.any(Date),
        ScalableTargetARN,
        SuspendedState: {
          DynamicScalingInSuspended: true,
          DynamicScalingOutSuspended: false,
          ScheduledScalingSuspended: false,
        },
      },
    ]);
    const { Tags } = await client.send(
      new ListTagsForResourceCommand({ ResourceARN: ScalableTargetARN }),
    );
    expect(Tags).toEqual({ team: 'shop' });
  });

  it('a second registration changes only what it names', async () => {
    await register({ SuspendedState: { DynamicScalingOutSuspended: true } });
    await register({ MinCapacity: undefined, MaxCapacity: 20 });
    expect(await targets()).toMatchObject([
      {
        MinCapacity: 2,
        MaxCapacity: 20,
        SuspendedState: { DynamicScalingOutSuspended: true },
      },
    ]);
  });

  it.each<[string, Partial<RegisterScalableTargetCommandInput>]>([
    ['of a service that does not exist', { ResourceId: 'service/greengate-sample/none' }],
    ['with a maximum below the minimum', { MaxCapacity: 1 }],
    ['without a minimum', { MinCapacity: undefined }],
    ['of DynamoDB', { ServiceNamespace: 'dynamodb' }],
  ])('a target %s is refused', async (_case, change) => {
    await expect(register(change)).rejects.toMatchObject({ name: 'ValidationException' });
    expect(model.targets()).toEqual([]);
  });
});

describe('scaling policies', () => {
  it('need a target, and go with it', async () => {
    await expect(putPolicy('cpu')).rejects.toMatchObject({ name: 'ObjectNotFoundException' });
    await register();
    const { PolicyARN } = await putPolicy('cpu');
    expect(PolicyARN).toMatch(
      /^arn:aws:autoscaling:eu-west-1:111122223333:scalingPolicy:[\w-]{36}:resource\/ecs\/service\/greengate-sample\/shop:policyName\/cpu$/,
    );
    const describePolicies = async () =>
      (await client.send(new DescribeScalingPoliciesCommand({ ServiceNamespace: 'ecs' })))
        .ScalingPolicies;
    expect(await describePolicies()).toMatchObject([
      {
        PolicyName: 'cpu',
        PolicyType: 'TargetTrackingScaling',
        TargetTrackingScalingPolicyConfiguration,
      },
    ]);
    await putPolicy('memory');
    await client.send(new DeleteScalingPolicyCommand({ ...key, PolicyName: 'cpu' }));
    expect(await describePolicies()).toMatchObject([{ PolicyName: 'memory' }]);
    await client.send(new DeregisterScalableTargetCommand(key));
    expect(await describePolicies()).toEqual([]);
    await expect(client.send(new DeregisterScalableTargetCommand(key))).rejects.toMatchObject({
      name: 'ObjectNotFoundException',
    });
  });

  it('predictive scaling is refused by name', async () => {
    await register();
    await expect(
      client.send(
        new PutScalingPolicyCommand({
          ...key,
          PolicyName: 'p',
          PolicyType: 'PredictiveScaling',
          PredictiveScalingPolicyConfiguration: { MetricSpecifications: [{ TargetValue: 1 }] },
        }),
      ),
    ).rejects.toThrow(/PredictiveScalingPolicyConfiguration/);
  });

  it('never act: there are no activities', async () => {
    await register();
    await putPolicy('cpu');
    const { ScalingActivities } = await client.send(
      new DescribeScalingActivitiesCommand({ ServiceNamespace: 'ecs', ResourceId }),
    );
    expect(ScalingActivities).toEqual([]);
  });
});

it('templates declare target and policy', async () => {
  const providers = applicationAutoScalingResources(model);
  const create = (type: string, properties: object) =>
    createResource(providers, aws.world, `AWS::ApplicationAutoScaling::${type}`, properties);
  const target = await create('ScalableTarget', { ...key, MinCapacity: '1', MaxCapacity: 4 });
  expect(target.physicalId).toBe(`${ResourceId}|ecs:service:DesiredCount|ecs`);
  const policy = await create('ScalingPolicy', {
    PolicyName: 'cpu',
    PolicyType: 'TargetTrackingScaling',
    ScalingTargetId: target.physicalId,
    TargetTrackingScalingPolicyConfiguration,
  });
  expect(model.policies()).toMatchObject([{ PolicyARN: policy.physicalId, ResourceId }]);
});
