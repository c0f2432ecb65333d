import { RegisterContainerInstanceCommand } from '@aws-sdk/client-ecs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { TargetGroup } from '../../../../simulator/elbv2/state.ts';
import { EcsWire } from '../ecs-wire.ts';

let ecs: EcsWire;
let group: TargetGroup;
beforeEach(async () => {
  ecs = await EcsWire.start();
  ecs.fixture.world.provide('cloudwatch', {
    putMetric: () => {},
    holdMetric: () => {},
    alarmStates: () => [],
  } as never);
  await ecs.client.send(
    new RegisterContainerInstanceCommand({
      cluster: 'sample',
      instanceIdentityDocument: JSON.stringify({ instanceType: 'm7g.large' }),
    }),
  );
  group = ecs.fixture.elbv2.targetGroups.create({ name: 'hosts', protocol: 'HTTP', port: 80 });
  const { elbv2 } = ecs.fixture;
  await elbv2.listeners.create({
    loadBalancer: elbv2.loadBalancers.create({ name: 'hosts' }),
    port: 8000,
    protocol: 'HTTP',
    defaultActions: [{ Type: 'forward', TargetGroupArn: group.arn }],
  });
});
afterEach(() => ecs.stop());

const onInstances = () =>
  ecs.fixture.taskDefinition(
    { image: ecs.fixture.image('v1'), portMappings: [{ containerPort: 8080, hostPort: 0 }] },
    {
      networkMode: 'bridge',
      requiresCompatibilities: ['EC2'],
      cpu: '256',
      memory: '512',
      runtimePlatform: undefined,
    },
  );

const service = (taskDefinition: string, targetGroupArn: string) =>
  ecs.fixture.model.createService({
    cluster: 'sample',
    serviceName: 'hosts',
    taskDefinition,
    desiredCount: 2,
    launchType: 'EC2',
    loadBalancers: [{ targetGroupArn, containerName: 'app', containerPort: 8080 }],
  });

/** Resolves once all targets are in that state. */
function reached(count: number, state: string): Promise<void> {
  const { elbv2 } = ecs.fixture;
  return new Promise((resolve) => {
    const look = () => {
      const healths = elbv2.targetHealth(group.arn);
      if (healths.length !== count || healths.some((health) => health.state !== state)) return;
      unsubscribe();
      resolve();
    };
    const unsubscribe = elbv2.onTargetHealth(group.arn, look);
    look();
  });
}

it('balances tasks of one instance over their dynamic host ports', async () => {
  service(onInstances(), group.arn);
  await reached(2, 'healthy');
  const { elbv2, model } = ecs.fixture;
  const [instance] = model.placements.instances.ofCluster(model.clusters.get('sample'));
  const healths = elbv2.targetHealth(group.arn);
  expect(healths.map(({ targetId }) => targetId)).toEqual(Array(2).fill(instance?.ec2InstanceId));
  const ports = healths.map(({ port }) => port);
  expect(new Set(ports).size).toBe(2);
  expect(ports.every((port) => port >= 32_768)).toBe(true);
  const [listener] = elbv2.listeners.all();
  const { host, port } = elbv2.listenerAddress(listener?.arn ?? '');
  expect((await fetch(`http://${host}:${port}/`)).status).toBe(200);
});

it('shows targets of an instance that is gone as in an invalid state', async () => {
  service(onInstances(), group.arn);
  await reached(2, 'healthy');
  const { elbv2, model } = ecs.fixture;
  const [instance] = model.placements.instances.ofCluster(model.clusters.get('sample'));
  if (instance) model.placements.instances.setStatus(instance, 'INACTIVE');
  expect(elbv2.targetHealth(group.arn)[0]).toMatchObject({
    state: 'unused',
    reason: 'Target.InvalidState',
  });
});

it('refuses a target group of the wrong type for the network mode', () => {
  expect(() => service(onInstances(), ecs.fixture.blue.arn)).toThrow(
    `The provided target group ${ecs.fixture.blue.arn} has target type ip, which is incompatible with the bridge network mode specified in the task definition.`,
  );
  const ownAddress = ecs.fixture.taskDefinition({ image: ecs.fixture.image('v2') });
  expect(() => service(ownAddress, group.arn)).toThrow(
    'has target type instance, which is incompatible with the awsvpc network mode',
  );
});
