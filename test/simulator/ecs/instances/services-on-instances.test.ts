import { DescribeServicesCommand } from '@aws-sdk/client-ecs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EcsWire } from '../ecs-wire.ts';
import { instanceRequests, startForInstances } from './instance-requests.ts';

let ecs: EcsWire;
beforeEach(async () => {
  ecs = await startForInstances();
});
afterEach(() => ecs.stop());

const { associate, createProvider, onEc2, register } = instanceRequests(() => ecs);

describe('services on instances', () => {
  it('wait for capacity and say why', async () => {
    const { fixture } = ecs;
    const service = fixture.model.createService({
      cluster: 'sample',
      serviceName: 'shop',
      taskDefinition: onEc2(),
      desiredCount: 1,
      launchType: 'EC2',
    });
    await fixture.world.clock.sleep(10_000);
    expect(service.events.at(0)?.message).toBe(
      '(service shop) was unable to place a task because no container instance met all of its requirements. Reason: No Container Instances were found in your cluster. For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.',
    );
    expect(fixture.events.at(-1)?.detail).toMatchObject({
      eventName: 'SERVICE_TASK_PLACEMENT_FAILURE',
      reason: 'No Container Instances were found in your cluster.',
    });
    await register();
    await fixture.model.serviceIsSteady(service);
    expect(fixture.tasks(service).map(({ lastStatus }) => lastStatus)).toEqual(['RUNNING']);
  });

  it('make room for their new tasks where the minimum allows', async () => {
    const { fixture } = ecs;
    await register();
    const definition = onEc2();
    const service = fixture.model.createService({
      cluster: 'sample',
      serviceName: 'shop',
      taskDefinition: definition,
      desiredCount: 2,
      launchType: 'EC2',
      deploymentConfiguration: { minimumHealthyPercent: 50, maximumPercent: 200 },
    });
    await fixture.model.serviceIsSteady(service);
    const next = onEc2({ cpu: '1000' });
    fixture.model.updateService({ cluster: 'sample', service: 'shop', taskDefinition: next });
    await fixture.model.serviceIsSteady(service);
    const running = fixture.tasks(service).filter(({ isRunning }) => isRunning);
    expect(running.map(({ launch }) => launch.taskDefinition.arn)).toEqual([next, next]);
    expect(service.events.map(({ message }) => message).join('\n')).toContain(
      'has insufficient CPU units available.',
    );
  });

  it('are carried through a blue/green deployment by CodeDeploy', async () => {
    const { fixture } = ecs;
    await fixture.listener();
    await createProvider();
    await associate(['web'], []);
    const image = fixture.image('server');
    const definition = fixture.taskDefinition(
      { image },
      { requiresCompatibilities: ['EC2'], runtimePlatform: undefined },
    );
    const service = fixture.model.createService({
      cluster: 'sample',
      serviceName: 'shop',
      taskDefinition: definition,
      desiredCount: 1,
      capacityProviderStrategy: [{ capacityProvider: 'web', weight: 1 }],
      deploymentController: { type: 'CODE_DEPLOY' },
      loadBalancers: [
        { targetGroupArn: fixture.blue.arn, containerName: 'app', containerPort: 8080 },
      ],
      networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-a'] } },
    });
    await fixture.model.serviceIsSteady(service);
    const replacement = fixture.replacement(definition);
    await fixture.until(() => fixture.view(replacement.id)?.stabilityStatus === 'STEADY_STATE');
    const { services } = await ecs.client.send(
      new DescribeServicesCommand({ cluster: 'sample', services: ['shop'] }),
    );
    expect(
      services?.[0]?.taskSets?.map(({ capacityProviderStrategy }) => capacityProviderStrategy),
    ).toEqual([
      [{ capacityProvider: 'web', weight: 1, base: 0 }],
      [{ capacityProvider: 'web', weight: 1, base: 0 }],
    ]);
    expect(fixture.tasks(service).map(({ launch }) => launch.launchType)).toEqual(['EC2', 'EC2']);
  });
});
