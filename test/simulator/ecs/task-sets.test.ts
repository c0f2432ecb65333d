import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describeService } from '../../../simulator/ecs/describe-service.ts';
import type { Service } from '../../../simulator/ecs/state.ts';
import type { Listener } from '../../../simulator/elbv2/state.ts';
import { EcsFixture } from './ecs-fixture.ts';

let fixture: EcsFixture;
let production: Listener;
let testListener: Listener;
let service: Service;

beforeEach(async () => {
  fixture = new EcsFixture();
  production = await fixture.listener(80);
  testListener = await fixture.listener(8080);
  service = fixture.service(fixture.taskDefinition({ image: fixture.image('v1') }));
  await fixture.model.serviceIsSteady(service);
});
afterEach(() => fixture.stop());

const v2 = () => fixture.taskDefinition({ image: fixture.image('v2') });

async function version(listener: Listener): Promise<unknown> {
  return JSON.parse((await fixture.get(listener)).body).version;
}

describe('a blue/green deployment by task sets', () => {
  it('goes from the original to the replacement and forgets the original', async () => {
    const replacement = fixture.replacement(v2());
    expect(replacement).toMatchObject({
      id: expect.stringMatching(/^ecs-svc\/\d{19}$/),
      externalId: 'd-000000001',
      status: 'ACTIVE',
      pendingCount: 1,
      runningCount: 0,
      stabilityStatus: 'STABILIZING',
      targetGroupArn: fixture.green.arn,
    });
    // Nothing names its group yet, so it is steady without any health check (aws-facts 4.3).
    await fixture.until(() => fixture.view(replacement.id)?.stabilityStatus === 'STEADY_STATE');
    expect(fixture.elbv2.targetHealth(fixture.green.arn)).toMatchObject([{ state: 'unused' }]);

    fixture.elbv2.setWeights(testListener.arn, [
      { targetGroupArn: fixture.green.arn, weight: 100 },
    ]);
    expect(fixture.view(replacement.id)?.stabilityStatus).toBe('STABILIZING');
    await fixture.until(() => fixture.view(replacement.id)?.stabilityStatus === 'STEADY_STATE');
    expect([await version(production), await version(testListener)]).toEqual(['v1', 'v2']);

    fixture.elbv2.setWeights(production.arn, [
      { targetGroupArn: fixture.blue.arn, weight: 0 },
      { targetGroupArn: fixture.green.arn, weight: 100 },
    ]);
    expect(await version(production)).toBe('v2');

    const original = service.taskSets[0]?.id ?? '';
    fixture.model.updateServicePrimaryTaskSet('sample', 'shop', replacement.id);
    expect(service.taskSets.map(({ status }) => status)).toEqual(['ACTIVE', 'PRIMARY']);
    fixture.model.deleteTaskSet('sample', 'shop', original);
    expect(fixture.view(original)).toMatchObject({ status: 'DRAINING', computedDesiredCount: 0 });
    expect(
      describeService(fixture.model, service, false).taskSets?.map(({ id, status, scale }) => [
        id,
        status,
        scale?.value,
      ]),
    ).toEqual([
      [replacement.id, 'PRIMARY', 100],
      [original, 'DRAINING', 0],
    ]);
    await fixture.world.clock.sleep(31_000);
    await fixture.until(() => fixture.view(original) === undefined);
    expect(fixture.tasks(service).filter(({ isRunning }) => isRunning)).toHaveLength(1);
    expect(await version(production)).toBe('v2');
  });

  it('is health-checked during Install when its group is attached at weight 0', async () => {
    fixture.elbv2.setWeights(production.arn, [
      { targetGroupArn: fixture.blue.arn, weight: 100 },
      { targetGroupArn: fixture.green.arn, weight: 0 },
    ]);
    const { id } = fixture.replacement(v2());
    await fixture.until(() => fixture.view(id)?.stabilityStatus === 'STEADY_STATE');
    expect(fixture.elbv2.targetHealth(fixture.green.arn)).toMatchObject([{ state: 'healthy' }]);
  });

  it('never becomes steady on a crash loop, which keeps replacing its tasks', async () => {
    const image = fixture.image('v3', { source: 'process.exit(1);' });
    const { id } = fixture.replacement(fixture.taskDefinition({ image }));
    await fixture.until(() => fixture.world.journal.of('task.stopped').length === 5);
    const started = fixture.world.journal
      .of('task.started')
      .filter(({ image: of }) => of === image);
    expect(started.length).toBeGreaterThanOrEqual(5);
    expect(fixture.view(id)?.stabilityStatus).toBe('STABILIZING');
    // Each attempt costs only its provisioning: tasks that reached RUNNING are not slowed (aws-facts 2.6).
    const gapMs = (started[4]?.atMs ?? 0) - (started[3]?.atMs ?? 0);
    expect(gapMs).toBeGreaterThanOrEqual(15_000);
    expect(gapMs).toBeLessThan(25_000);
  });

  it('refuses a sixth task set', () => {
    const taskDefinition = v2();
    for (let count = 0; count < 4; count++)
      fixture.replacement(taskDefinition, `d-00000000${count}`);
    expect(() => fixture.replacement(taskDefinition)).toThrow(
      '5 deployments exist on the service. Unable to create new TaskSet.',
    );
  });

  it.each([
    [false, undefined],
    [true, '5 deployments exist on the service. Unable to create new TaskSet.'],
  ])('one that drains counts where the setting is %s', async (drainingTaskSetsCount, refusal) => {
    Object.assign(fixture.world.settings, { drainingTaskSetsCount });
    const taskDefinition = v2();
    const [first] = ['d-1', 'd-2', 'd-3', 'd-4'].map((id) =>
      fixture.replacement(taskDefinition, id),
    );
    fixture.model.deleteTaskSet('sample', 'shop', first?.id ?? '');
    const create = () => fixture.replacement(taskDefinition);
    if (refusal === undefined) expect(create().status).toBe('ACTIVE');
    else expect(create).toThrow(refusal);
  });

  it('refuses a task definition whose load-balanced container or port is another', () => {
    const other = fixture.taskDefinition({ name: 'web' });
    expect(() => fixture.replacement(other)).toThrow(
      'The container app does not exist in the task definition.',
    );
    const port = fixture.taskDefinition({ portMappings: [{ containerPort: 9090 }] });
    expect(() => fixture.replacement(port)).toThrow(
      'The container app did not have a container port 8080 defined.',
    );
  });

  it('refuses a platform version that Fargate does not have', () => {
    const create = (platformVersion: string) =>
      fixture.replacement(v2(), 'd-1', { platformVersion });
    expect(() => create('9.9.9')).toThrow(
      expect.objectContaining({
        code: 'PlatformUnknownException',
        message: 'The specified platform does not exist.',
      }),
    );
    expect(create('1.4.0').status).toBe('ACTIVE');
  });

  it('refuses, by name, what a process of this machine would not honour', () => {
    const strange = fixture.taskDefinition(
      {
        mountPoints: [{ sourceVolume: 'data', containerPath: '/data' }],
        healthCheck: { command: ['CMD-SHELL', 'pg_isready -q'] },
      },
      { volumes: [{ name: 'data', efsVolumeConfiguration: { fileSystemId: 'fs-1' } }] },
    );
    expect(() => fixture.replacement(strange)).toThrow(
      /Not simulated, in tasks of .*shop:2: volumes\[0\]\.efsVolumeConfiguration, containerDefinitions\[0\]\.healthCheck: the program pg_isready/,
    );
  });

  it('announces steady task sets and task states on EventBridge', async () => {
    const { id, taskSetArn } = fixture.replacement(v2());
    await fixture.until(() => fixture.view(id)?.stabilityStatus === 'STEADY_STATE');
    const steady = fixture.events.filter(({ detailType }) => detailType === 'ECS Service Action');
    expect(steady.at(-1)).toMatchObject({
      source: 'aws.ecs',
      resources: [service.arn],
      detail: { eventName: 'TASKSET_STEADY_STATE', taskSetArns: [taskSetArn] },
    });
    const states = fixture.events
      .filter(({ detailType }) => detailType === 'ECS Task State Change')
      .map(({ detail }) => detail as Record<string, unknown>)
      .filter(({ startedBy }) => startedBy === id);
    expect(states.map(({ lastStatus, version }) => [lastStatus, version])).toEqual([
      ['PROVISIONING', 1],
      ['PENDING', 2],
      ['ACTIVATING', 3],
      ['RUNNING', 4],
    ]);
    expect(states.at(-1)).toMatchObject({
      group: 'service:shop',
      createdAt: expect.stringMatching(/Z$/),
    });
  });
});
