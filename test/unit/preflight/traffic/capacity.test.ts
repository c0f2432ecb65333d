import { describe, expect, it } from 'vitest';
import { taskSet } from '../../../support/fakes/fake-ecs-services.ts';
import type { TrafficScene } from '../../../support/traffic-scene.ts';
import { ask } from './ask.ts';

type Case = [what: string, spoil: (scene: TrafficScene) => void, finding: object];
const containing = (text: string): unknown => expect.stringContaining(text);

describe('tasks-wanted', () => {
  it.each([
    [1, '1 task'],
    [3, '3 tasks'],
  ])('is content with %i', async (desiredCount, observed) => {
    expect(await ask('tasks-wanted', (scene) => scene.setService({ desiredCount }))).toEqual({
      status: 'OK',
      observed,
    });
  });

  it('refuses a service that was scaled to nothing, and says how to scale it up', async () => {
    expect(await ask('tasks-wanted', (scene) => scene.setService({ desiredCount: 0 }))).toEqual({
      status: 'NG',
      expected: 'a desired count of 1 or more, because what no task runs no check can prove',
      observed: 'a desired count of 0',
      remedy:
        'aws ecs update-service --cluster prod --service shop --desired-count 1, then redrive the execution',
    });
  });
});

describe('subnet-addresses', () => {
  it.each<Case>([
    [
      'just enough',
      () => undefined,
      { status: 'OK', observed: '2 free for 2 tasks: subnet-a 1, subnet-b 1' },
    ],
    [
      'one too few',
      (scene) => scene.setService({ desiredCount: 3 }),
      {
        status: 'NG',
        expected: '3 free addresses in subnet-a, subnet-b',
        observed: '2 free: subnet-a 1, subnet-b 1',
      },
    ],
    [
      'a subnet that is gone',
      (scene) =>
        scene.setService({
          network: { subnetIds: ['subnet-a', 'subnet-x'], securityGroupIds: [] },
        }),
      { status: 'NG', observed: 'no subnet subnet-x; 1 free: subnet-a 1' },
    ],
    [
      'tasks on the network of instances',
      (scene) => scene.setService({ network: undefined }),
      { status: 'SKIP' },
    ],
  ])('with %s', async (_, spoil, finding) => {
    expect(await ask('subnet-addresses', spoil)).toMatchObject(finding);
  });
});

describe('instance-capacity', () => {
  const onInstances =
    (...instances: [cpu: number, memory: number][]) =>
    (scene: TrafficScene) => {
      scene.setService({ launchType: 'EC2' });
      scene.containerInstances = instances.map(([freeCpu, freeMemoryMib], at) => ({
        id: `i-${at}`,
        freeCpu,
        freeMemoryMib,
      }));
    };
  it.each<Case>([
    ['Fargate', () => undefined, { status: 'SKIP', reason: containing('Fargate') }],
    [
      'capacity providers',
      (scene) => scene.setService({ launchType: undefined, capacityProviders: ['group'] }),
      { status: 'SKIP', reason: containing('group adds instances') },
    ],
    [
      'room on two instances',
      onInstances([511, 4_096], [256, 512]),
      { status: 'OK', observed: '2 tasks of 256 CPU units and 512 MiB fit on 2 instances' },
    ],
    [
      'CPU and memory on different instances',
      onInstances([1_024, 511], [255, 8_192]),
      {
        status: 'NG',
        observed: '0 tasks of 256 CPU units and 512 MiB fit on 2 instances',
        remedy: containing('for 2 more tasks'),
      },
    ],
    [
      'sizes of the containers alone',
      (scene) => {
        onInstances([600, 1_000])(scene);
        const { cpu: _, memory: __, ...rest } = scene.document;
        const containerDefinitions = [
          { name: 'app', cpu: 100, memory: 900, memoryReservation: 300 },
          { name: 'proxy', cpu: 50, memory: 100 },
        ];
        scene.document = { ...rest, containerDefinitions };
      },
      { status: 'OK', observed: '2 tasks of 150 CPU units and 400 MiB fit on 1 instances' },
    ],
  ])('with %s', async (_, spoil, finding) => {
    expect(await ask('instance-capacity', spoil)).toMatchObject(finding);
  });
});

describe('leaked-task-sets', () => {
  const leaked = (status: string) => (scene: TrafficScene) =>
    scene.setService({
      taskSets: [taskSet(), taskSet({ id: 'ecs-svc/9', status, externalId: 'd-OLD' })],
    });
  it.each<Case>([
    ['none', () => undefined, { status: 'OK' }],
    ['one that is leaving', leaked('DRAINING'), { status: 'OK' }],
    [
      'one left over',
      leaked('ACTIVE'),
      {
        status: 'NG',
        observed: 'ecs-svc/9 of d-OLD with 2 tasks',
        remedy:
          'aws ecs delete-task-set --cluster prod --service shop --task-set ecs-svc/9 --force',
      },
    ],
    [
      'one of a deployment in flight',
      (scene) => {
        leaked('ACTIVE')(scene);
        scene.deployments.add({ deploymentId: 'd-1', status: 'Ready' });
      },
      { status: 'SKIP', reason: containing('d-1') },
    ],
  ])('with %s', async (_, spoil, finding) => {
    expect(await ask('leaked-task-sets', spoil)).toMatchObject(finding);
  });
});
