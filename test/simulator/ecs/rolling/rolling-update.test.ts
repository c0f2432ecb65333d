import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RollingFixture } from './rolling-fixture.ts';

let fixture: RollingFixture;
beforeEach(() => {
  fixture = new RollingFixture();
});
afterEach(() => fixture.stop());

describe('a rolling update', () => {
  it('starts the new tasks, and stops an old one only when a new one is healthy', async () => {
    const service = fixture.create({ taskDefinition: fixture.version('v1') });
    await fixture.reached(service, 'COMPLETED');
    const old = fixture.primary(service);
    fixture.update({ taskDefinition: fixture.version('v2') });
    const ids = () => fixture.describe(service).deployments?.map(({ id }) => id);
    expect(ids()).toEqual([fixture.primary(service).id, old.id]);
    const running: number[] = [];
    const unsubscribe = fixture.model.rolling.onChange(service, () => {
      running.push([...service.tasks].filter((task) => task.isRunning).length);
    });
    await fixture.reached(service, 'COMPLETED');
    unsubscribe();
    expect([Math.min(...running), Math.max(...running)]).toEqual([1, 2]);
    expect(ids()).toEqual([fixture.primary(service).id]);
    expect(fixture.messages(service).slice(3)).toEqual([
      'has started 1 tasks: (task T).',
      'has stopped 1 running tasks: (task T).',
      '(deployment ecs-svc/N) deployment completed.',
      'has reached a steady state.',
    ]);
    expect([...old.tasks][0]?.stopCause).toEqual({
      code: 'ServiceSchedulerInitiated',
      reason: `Scaling activity initiated by (deployment ${old.id})`,
    });
  });

  it('stops first where maximumPercent leaves no room', async () => {
    const bounds = { minimumHealthyPercent: 0, maximumPercent: 100 };
    const service = fixture.create({
      taskDefinition: fixture.version('v1'),
      deploymentConfiguration: bounds,
    });
    await fixture.reached(service, 'COMPLETED');
    fixture.update({ taskDefinition: fixture.version('v2') });
    await fixture.reached(service, 'COMPLETED');
    expect(fixture.messages(service).slice(3, 5)).toEqual([
      'has stopped 1 running tasks: (task T).',
      'has started 1 tasks: (task T).',
    ]);
  });

  it('says so when its bounds allow neither a start nor a stop', async () => {
    const service = fixture.create({
      taskDefinition: fixture.version('v1'),
      deploymentConfiguration: { maximumPercent: 150 },
    });
    await fixture.reached(service, 'COMPLETED');
    fixture.update({ taskDefinition: fixture.version('v2') });
    const stuck =
      'was unable to stop or start tasks during a deployment because of the service deployment configuration. Update the minimumHealthyPercent or maximumPercent value and try again.';
    await fixture.untilRolling(service, () => fixture.messages(service).includes(stuck));
    fixture.update({ deploymentConfiguration: { maximumPercent: 200 } });
    await fixture.reached(service, 'COMPLETED');
    expect(fixture.primary(service).revision.workload.taskDefinition.revision).toBe(2);
  });

  it.each([
    ['the same task definition', () => ({ taskDefinition: 'shop:1' }), 1],
    [
      'desired count and deployment configuration',
      () => ({ desiredCount: 2, deploymentConfiguration: { maximumPercent: 150 } }),
      1,
    ],
    ['force', () => ({ forceNewDeployment: true }), 2],
    [
      'a network configuration that differs',
      () => ({ networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-b'] } } }),
      2,
    ],
    ['a platform version that differs', () => ({ platformVersion: '1.4.0' }), 2],
  ])('with %s starts a deployment or not', async (_name, change, count) => {
    const service = fixture.create({ taskDefinition: fixture.version('v1'), desiredCount: 0 });
    await fixture.reached(service, 'COMPLETED');
    fixture.update({ ...change() });
    expect(fixture.model.rolling.history.ofService(service)).toHaveLength(count);
  });

  it('scales up and down without a deployment', async () => {
    const service = fixture.create({ taskDefinition: fixture.version('v1') });
    await fixture.reached(service, 'COMPLETED');
    fixture.update({ desiredCount: 2 });
    await fixture.untilRolling(service, () => fixture.describe(service).runningCount === 2);
    fixture.update({ desiredCount: 1 });
    await fixture.untilRolling(service, () =>
      [...service.tasks].some((task) => task.lastStatus === 'STOPPED'),
    );
    expect(fixture.describe(service)).toMatchObject({ runningCount: 1, desiredCount: 1 });
    expect(fixture.describe(service).deployments).toHaveLength(1);
  });
});
