import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { circuitBreakerThreshold } from '../../../../simulator/ecs/rolling/circuit-breaker.ts';
import type { ServiceDeployment } from '../../../../simulator/ecs/rolling/state.ts';
import type { Service } from '../../../../simulator/ecs/state.ts';
import { IamModel } from '../../../../simulator/iam/model.ts';
import { crashSource, RollingFixture } from './rolling-fixture.ts';

let fixture: RollingFixture;
beforeEach(() => {
  fixture = new RollingFixture();
});
afterEach(() => fixture.stop());

const breaker = (rollback: boolean) => ({
  deploymentCircuitBreaker: { enable: true, rollback },
});

function latest(service: Service): ServiceDeployment {
  const [found] = fixture.model.rolling.history.ofService(service);
  if (!found) throw new Error('No service deployment');
  return found;
}

describe('the threshold of the circuit breaker', () => {
  // The table of the developer guide, "how the circuit breaker detects failures".
  it.each([
    [1, 3],
    [6, 3],
    [7, 4],
    [25, 13],
    [400, 200],
    [800, 200],
  ])('of %i desired tasks is %i', (desiredCount, threshold) => {
    expect(circuitBreakerThreshold(desiredCount)).toBe(threshold);
  });
});

describe('the circuit breaker', () => {
  it('rolls back to the last COMPLETED deployment, whose copy is COMPLETED in the end', async () => {
    const service = fixture.create({
      taskDefinition: fixture.version('v1'),
      deploymentConfiguration: breaker(true),
    });
    await fixture.reached(service, 'COMPLETED');
    const good = fixture.primary(service);
    fixture.update({ taskDefinition: fixture.version('v2', crashSource) });
    const bad = fixture.primary(service);
    await fixture.untilRolling(service, () => fixture.primary(service) !== bad);
    expect(fixture.describe(service).deployments).toMatchObject([
      {
        status: 'PRIMARY',
        taskDefinition: good.revision.workload.taskDefinition.arn,
        rolloutState: 'IN_PROGRESS',
        rolloutStateReason: `ECS deployment circuit breaker: rolling back to deploymentId ${good.id}.`,
      },
      {
        id: bad.id,
        status: 'ACTIVE',
        failedTasks: 3,
        rolloutState: 'FAILED',
        rolloutStateReason: 'ECS deployment circuit breaker: tasks failed to start.',
      },
      { id: good.id, status: 'ACTIVE', rolloutState: 'COMPLETED' },
    ]);
    expect(latest(service)).toMatchObject({
      status: 'ROLLBACK_REQUESTED',
      circuitBreaker: 'TRIGGERED',
      failureCount: 3,
      rollback: { serviceRevisionArn: good.revision.arn },
    });
    await fixture.reached(service, 'COMPLETED');
    expect(latest(service)).toMatchObject({ status: 'ROLLBACK_SUCCESSFUL', failureCount: 3 });
    expect(fixture.describe(service)).toMatchObject({
      taskDefinition: good.revision.workload.taskDefinition.arn,
      runningCount: 1,
    });
    expect(fixture.messages(service).filter((text) => /deployment|steady/.test(text))).toEqual([
      '(deployment ecs-svc/N) deployment completed.',
      'has reached a steady state.',
      '(deployment ecs-svc/N) deployment failed: tasks failed to start.',
      'rolling back to deployment ecs-svc/N.',
      '(deployment ecs-svc/N) deployment completed.',
      'has reached a steady state.',
    ]);
    expect(
      fixture
        .details('ECS Deployment State Change')
        .slice(2)
        .map(({ eventType, eventName, reason }) => [eventType, eventName, reason]),
    ).toEqual([
      ['INFO', 'SERVICE_DEPLOYMENT_IN_PROGRESS', `ECS deployment ${bad.id} in progress.`],
      [
        'ERROR',
        'SERVICE_DEPLOYMENT_FAILED',
        'ECS deployment circuit breaker: task failed to start.',
      ],
      [
        'INFO',
        'SERVICE_DEPLOYMENT_IN_PROGRESS',
        `ECS deployment circuit breaker: rolling back to deploymentId ${good.id}.`,
      ],
      [
        'INFO',
        'SERVICE_DEPLOYMENT_COMPLETED',
        `ECS deployment ${fixture.primary(service).id} completed.`,
      ],
    ]);
  });

  it('without rollback leaves the old tasks and starts no more', async () => {
    const service = fixture.create({
      taskDefinition: fixture.version('v1'),
      deploymentConfiguration: breaker(false),
    });
    await fixture.reached(service, 'COMPLETED');
    fixture.update({ taskDefinition: fixture.version('v2', crashSource) });
    await fixture.reached(service, 'FAILED');
    const started = service.tasks.size;
    await fixture.world.clock.sleep(600_000);
    expect(service.tasks.size).toBe(started);
    expect(fixture.describe(service)).toMatchObject({ runningCount: 1, pendingCount: 0 });
    expect(latest(service)).toMatchObject({ status: 'STOPPED', circuitBreaker: 'TRIGGERED' });
  });

  it('stalls a first deployment, which has nothing to return to', async () => {
    const service = fixture.create({
      taskDefinition: fixture.version('v1', crashSource),
      deploymentConfiguration: breaker(true),
    });
    await expect(fixture.model.serviceIsSteady(service)).rejects.toThrow(
      "Error occurred during operation 'ECS Deployment Circuit Breaker was triggered'.",
    );
    expect(fixture.describe(service).deployments).toMatchObject([
      { status: 'PRIMARY', rolloutState: 'FAILED', failedTasks: 3 },
    ]);
    expect(service.tasks.size).toBe(3);
  });

  it('counts tasks that never start, with a growing delay between them', async () => {
    const service = fixture.create({
      taskDefinition: fixture.taskDefinition({ image: 'missing:v1', portMappings: [] }),
      deploymentConfiguration: breaker(false),
    });
    await fixture.reached(service, 'FAILED');
    const [first = 0, second = 0, third = 0] = [...service.tasks].map((task) => task.createdAtMs);
    expect(third - second).toBeGreaterThan(second - first);
    expect(fixture.messages(service)).toEqual(
      expect.arrayContaining([
        'was unable to place a task. Reason: CannotPullContainerError: missing:v1: not found.',
        'is unable to consistently start tasks successfully.',
      ]),
    );
    expect(fixture.details('ECS Service Action')).toContainEqual(
      expect.objectContaining({ eventType: 'WARN', eventName: 'SERVICE_TASK_START_IMPAIRED' }),
    );
  });
});

describe('a container that nothing checks', () => {
  it('fails when it ends in its first real moments, before time jumps on', async () => {
    await fixture.stop();
    fixture = new RollingFixture({ uncheckedTaskSettleMs: 25_000 });
    const image = fixture.image('v1', { source: crashSource });
    const service = fixture.create({
      taskDefinition: fixture.taskDefinition({ image, portMappings: [] }),
      deploymentConfiguration: breaker(false),
    });
    await fixture.reached(service, 'FAILED');
    expect(fixture.primary(service).failedTasks).toBe(3);
  });
});

describe('without the circuit breaker', () => {
  it('a deployment goes on for ever, and a further update takes over', async () => {
    const service = fixture.create({ taskDefinition: fixture.version('v1', crashSource) });
    await fixture.untilRolling(service, () => service.tasks.size > 5);
    expect(fixture.primary(service)).toMatchObject({ rolloutState: 'IN_PROGRESS' });
    const abandoned = latest(service);
    fixture.update({ taskDefinition: fixture.version('v2') });
    expect(abandoned).toMatchObject({
      status: 'STOPPED',
      statusReason: 'A new service deployment was started.',
    });
    await fixture.reached(service, 'COMPLETED');
  });
});

describe('deployment alarms', () => {
  const alarms = { alarmNames: ['errors', 'latency'], enable: true, rollback: true };

  it('roll back while the deployment is watched, its bake time included', async () => {
    const service = fixture.create({ taskDefinition: fixture.version('v1') });
    await fixture.reached(service, 'COMPLETED');
    const good = fixture.primary(service);
    fixture.update({ taskDefinition: fixture.version('v2'), deploymentConfiguration: { alarms } });
    const watched = fixture.primary(service);
    await fixture.untilRolling(
      service,
      () => fixture.model.rolling.find(service)?.isSteady === true,
    );
    expect(watched.rolloutState).toBe('IN_PROGRESS');
    fixture.alarms.set('errors', 'ALARM');
    await fixture.untilRolling(service, () => fixture.primary(service) !== watched);
    expect(watched).toMatchObject({ rolloutState: 'FAILED' });
    await fixture.reached(service, 'COMPLETED');
    expect(latest(service)).toMatchObject({
      status: 'ROLLBACK_SUCCESSFUL',
      alarms: 'TRIGGERED',
      triggeredAlarms: ['errors'],
    });
    expect(fixture.primary(service).revision).toBe(good.revision);
    expect(fixture.messages(service)).toContain(
      '(deployment ecs-svc/N) deployment failed: alarm detected.',
    );
  });

  it('ignore one that was in ALARM already, and end with the bake time', async () => {
    fixture.alarms.set('errors', 'ALARM');
    const service = fixture.create({
      taskDefinition: fixture.version('v1'),
      deploymentConfiguration: { alarms },
    });
    await fixture.untilRolling(
      service,
      () => fixture.model.rolling.find(service)?.isSteady === true,
    );
    const { clock } = fixture.world;
    let shortlyBefore = '';
    clock.schedule(290_000, () => {
      shortlyBefore = fixture.primary(service).rolloutState;
    });
    await clock.sleep(300_000);
    expect(shortlyBefore).toBe('IN_PROGRESS');
    expect(fixture.primary(service).rolloutState).toBe('COMPLETED');
    expect(latest(service)).toMatchObject({ status: 'SUCCESSFUL', alarms: 'MONITORING_COMPLETE' });
  });
});

it('tasks that cannot be begun for their role count as failed', async () => {
  const iam = new IamModel(fixture.world);
  fixture.world.provide('iam', iam);
  const service = fixture.create({
    taskDefinition: fixture.version('v1'),
    deploymentConfiguration: breaker(false),
  });
  await fixture.reached(service, 'FAILED');
  expect(fixture.primary(service)).toMatchObject({ failedTasks: 3 });
  expect(service.tasks.size).toBe(0);
  expect(service.events.map(({ message }) => message)).toContain(
    "(service shop) failed to launch a task with (error ECS was unable to assume the role 'arn:aws:iam::111122223333:role/execution' that was provided for this task. Please verify that the role being passed has the proper trust relationship and permissions and that your IAM user has permissions to pass this role.).",
  );
});
