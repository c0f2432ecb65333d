import { ECSClient } from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { ecsServices } from '../../../functions/adapters/ecs-services.ts';
import { type ScriptedAnswer, type ScriptedCall, scriptedAws } from '../../support/scripted-aws.ts';

const taskSet = {
  id: 'ecs-svc/1',
  taskSetArn: 'arn:aws:ecs:eu-central-1:123456789012:task-set/prod/shop/ecs-svc/1',
  externalId: 'd-ABCDEF123',
  status: 'PRIMARY',
  taskDefinition: 'arn:aws:ecs:eu-central-1:123456789012:task-definition/shop:3',
  computedDesiredCount: 2,
  pendingCount: 0,
  runningCount: 2,
  stabilityStatus: 'STEADY_STATE',
  loadBalancers: [{ targetGroupArn: 'arn:tg', containerName: 'app', containerPort: 8080 }],
  createdAt: 1788256800,
};
const service = {
  serviceArn: 'arn:aws:ecs:eu-central-1:123456789012:service/prod/shop',
  status: 'ACTIVE',
  desiredCount: 2,
  deploymentController: { type: 'CODE_DEPLOY' },
  taskSets: [{ ...taskSet, id: 'ecs-svc/2', status: 'ACTIVE' }, taskSet],
};

async function prepare(answer: (call: ScriptedCall) => ScriptedAnswer) {
  const aws = await scriptedAws(answer);
  const client = new ECSClient(aws.client);
  return {
    aws,
    services: ecsServices(client),
    async [Symbol.asyncDispose]() {
      client.destroy();
      await aws[Symbol.asyncDispose]();
    },
  };
}

describe('ecsServices.describeService', () => {
  it('reads the service with its PRIMARY task set and its load-balanced container', async () => {
    await using prepared = await prepare(() => ({ body: { services: [service] } }));
    const primaryTaskSet = {
      id: 'ecs-svc/1',
      taskSetArn: taskSet.taskSetArn,
      externalId: 'd-ABCDEF123',
      status: 'PRIMARY',
      taskDefinitionArn: taskSet.taskDefinition,
      computedDesiredCount: 2,
      pendingCount: 0,
      runningCount: 2,
      stabilityStatus: 'STEADY_STATE',
      targetGroupArn: 'arn:tg',
      createdAtMs: 1788256800000,
    };
    expect(await prepared.services.describeService('prod', 'shop')).toEqual({
      serviceArn: service.serviceArn,
      deploymentController: 'CODE_DEPLOY',
      desiredCount: 2,
      loadBalancedContainer: { name: 'app', port: 8080 },
      launchType: undefined,
      capacityProviders: [],
      network: undefined,
      healthCheckGracePeriodSeconds: 0,
      primaryTaskSet,
      taskSets: [{ ...primaryTaskSet, id: 'ecs-svc/2', status: 'ACTIVE' }, primaryTaskSet],
    });
  });

  it('takes launch type and network from the PRIMARY task set rather than from the service', async () => {
    const awsvpc = (subnet: string) => ({
      awsvpcConfiguration: { subnets: [subnet], securityGroups: ['sg-1'] },
    });
    const placed = {
      ...service,
      launchType: 'EC2',
      networkConfiguration: awsvpc('subnet-old'),
      healthCheckGracePeriodSeconds: 90,
      taskSets: [
        {
          ...taskSet,
          capacityProviderStrategy: [{ capacityProvider: 'FARGATE_SPOT', weight: 1 }],
          networkConfiguration: awsvpc('subnet-new'),
        },
      ],
    };
    await using prepared = await prepare(() => ({ body: { services: [placed] } }));
    expect(await prepared.services.describeService('prod', 'shop')).toMatchObject({
      launchType: undefined,
      capacityProviders: ['FARGATE_SPOT'],
      network: { subnetIds: ['subnet-new'], securityGroupIds: ['sg-1'] },
      healthCheckGracePeriodSeconds: 90,
    });
  });

  it('takes a service without a deployment controller for one of ECS itself', async () => {
    const { deploymentController: _, taskSets: __, ...plain } = service;
    await using prepared = await prepare(() => ({ body: { services: [plain] } }));
    expect(await prepared.services.describeService('prod', 'shop')).toMatchObject({
      deploymentController: 'ECS',
      loadBalancedContainer: undefined,
      primaryTaskSet: undefined,
      taskSets: [],
    });
  });

  it.each<[string, ScriptedAnswer]>([
    ['a missing service', { body: { services: [], failures: [{ reason: 'MISSING' }] } }],
    ['a deleted service', { body: { services: [{ ...service, status: 'INACTIVE' }] } }],
    [
      'a service that is being deleted',
      { body: { services: [{ ...service, status: 'DRAINING' }] } },
    ],
    ['a missing cluster', { status: 400, body: { __type: 'ClusterNotFoundException' } }],
  ])('finds nothing for %s', async (_, answer) => {
    await using prepared = await prepare(() => answer);
    expect(await prepared.services.describeService('prod', 'shop')).toBeUndefined();
  });
});

describe('ecsServices.listRunningTasks', () => {
  it('describes all tasks in batches of 100 and leaves out those that do not run yet', async () => {
    const arns = Array.from({ length: 150 }, (_, at) => `task/${at}`);
    await using prepared = await prepare(({ operation, body }) => {
      const request = JSON.parse(body);
      if (operation === 'ListTasks') {
        return request.nextToken === 'more'
          ? { body: { taskArns: arns.slice(100) } }
          : { body: { taskArns: arns.slice(0, 100), nextToken: 'more' } };
      }
      const tasks = request.tasks.map((taskArn: string) => ({
        taskArn,
        lastStatus: taskArn === 'task/149' ? 'PENDING' : 'RUNNING',
        startedBy: 'ecs-svc/1',
        containers: [{ name: 'app', imageDigest: 'sha256:1' }],
      }));
      return { body: { tasks } };
    });
    const tasks = await prepared.services.listRunningTasks('prod', 'shop');
    expect(tasks.map(({ taskArn }) => taskArn)).toEqual(arns.slice(0, 149));
    expect(tasks[0]).toMatchObject({
      startedBy: 'ecs-svc/1',
      containers: [{ name: 'app', imageDigest: 'sha256:1' }],
    });
    const sizes = prepared.aws.calls
      .filter(({ operation }) => operation === 'DescribeTasks')
      .map(({ body }) => JSON.parse(body).tasks.length);
    expect(sizes).toEqual([100, 50]);
  });

  it('describes nothing when nothing runs', async () => {
    await using prepared = await prepare(() => ({ body: { taskArns: [] } }));
    expect(await prepared.services.listRunningTasks('prod', 'shop')).toEqual([]);
    expect(prepared.aws.calls.map(({ operation }) => operation)).toEqual(['ListTasks']);
  });
});
