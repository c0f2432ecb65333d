import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { serverSource } from '../ecs-fixture.ts';
import { RollingFixture } from './rolling-fixture.ts';

let fixture: RollingFixture;
beforeEach(() => {
  fixture = new RollingFixture();
});
afterEach(() => fixture.stop());

describe('the first deployment of a rolling service', () => {
  it('tells its story in DescribeServices, service events and EventBridge', async () => {
    const taskDefinition = fixture.version('v1');
    const service = fixture.create({ taskDefinition, desiredCount: 2 });
    const { id } = fixture.primary(service);
    expect(fixture.describe(service)).toMatchObject({
      status: 'ACTIVE',
      desiredCount: 2,
      runningCount: 0,
      pendingCount: 0,
      launchType: 'FARGATE',
      platformVersion: 'LATEST',
      taskDefinition,
      taskSets: [],
      deploymentController: { type: 'ECS' },
      deploymentConfiguration: {
        deploymentCircuitBreaker: { enable: false, rollback: false },
        maximumPercent: 200,
        minimumHealthyPercent: 100,
        alarms: { alarmNames: [], rollback: false, enable: false },
        strategy: 'ROLLING',
        bakeTimeInMinutes: 0,
      },
      deployments: [
        {
          id: expect.stringMatching(/^ecs-svc\/\d{19}$/),
          status: 'PRIMARY',
          taskDefinition,
          desiredCount: 2,
          runningCount: 0,
          pendingCount: 0,
          failedTasks: 0,
          launchType: 'FARGATE',
          platformVersion: '1.4.0',
          platformFamily: 'Linux',
          rolloutState: 'IN_PROGRESS',
          rolloutStateReason: `ECS deployment ${id} in progress.`,
        },
      ],
    });

    const beganAtMs = fixture.world.clock.now();
    await fixture.reached(service, 'COMPLETED');
    // Without balancer and check a task counts after 40 s in RUNNING (aws-facts 2.6).
    expect(fixture.world.clock.now() - beganAtMs).toBeGreaterThanOrEqual(55_000);
    expect(fixture.describe(service)).toMatchObject({
      runningCount: 2,
      deployments: [
        {
          runningCount: 2,
          rolloutState: 'COMPLETED',
          rolloutStateReason: `ECS deployment ${id} completed.`,
        },
      ],
    });
    expect(fixture.messages(service)).toEqual([
      'has started 2 tasks: (task T) (task T).',
      '(deployment ecs-svc/N) deployment completed.',
      'has reached a steady state.',
    ]);
    expect(fixture.details('ECS Deployment State Change')).toEqual([
      {
        eventType: 'INFO',
        eventName: 'SERVICE_DEPLOYMENT_IN_PROGRESS',
        deploymentId: id,
        updatedAt: expect.any(String),
        reason: `ECS deployment ${id} in progress.`,
      },
      {
        eventType: 'INFO',
        eventName: 'SERVICE_DEPLOYMENT_COMPLETED',
        deploymentId: id,
        updatedAt: expect.any(String),
        reason: `ECS deployment ${id} completed.`,
      },
    ]);
    expect(fixture.details('ECS Service Action')).toEqual([
      {
        eventType: 'INFO',
        eventName: 'SERVICE_STEADY_STATE',
        clusterArn: service.cluster.arn,
        createdAt: expect.any(String),
      },
    ]);
  });

  it('completes at once with a desired count of 0', async () => {
    const service = fixture.create({ taskDefinition: fixture.version('v1'), desiredCount: 0 });
    await fixture.reached(service, 'COMPLETED');
    expect(service.tasks.size).toBe(0);
  });
});

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

describe('a rolling service behind a load balancer', () => {
  it('registers its tasks, waits for health and drains the old ones', async () => {
    const listener = await fixture.listener();
    const taskDefinition = (tag: string) =>
      fixture.taskDefinition({ image: fixture.image(tag, { source: serverSource }) });
    const service = fixture.create({
      taskDefinition: taskDefinition('v1'),
      loadBalancers: [
        { targetGroupArn: fixture.blue.arn, containerName: 'app', containerPort: 8080 },
      ],
    });
    await fixture.reached(service, 'COMPLETED');
    expect(fixture.elbv2.targetHealth(fixture.blue.arn)).toMatchObject([{ state: 'healthy' }]);
    fixture.update({ taskDefinition: taskDefinition('v2') });
    await fixture.untilRolling(service, () =>
      fixture.elbv2.targetHealth(fixture.blue.arn).some(({ state }) => state === 'draining'),
    );
    const drainingSinceMs = fixture.world.clock.now();
    expect(fixture.describe(service).deployments).toHaveLength(2);
    await fixture.reached(service, 'COMPLETED');
    // The deregistration delay of the group is 30 s.
    expect(fixture.world.clock.now() - drainingSinceMs).toBeGreaterThanOrEqual(30_000);
    expect(JSON.parse((await fixture.get(listener)).body)).toMatchObject({ version: 'v2' });
    expect(fixture.messages(service).slice(4)).toEqual([
      'has started 1 tasks: (task T).',
      'registered 1 targets in (target-group G)',
      'deregistered 1 targets in (target-group G)',
      'has begun draining connections on 1 tasks.',
      'has stopped 1 running tasks: (task T).',
      '(deployment ecs-svc/N) deployment completed.',
      'has reached a steady state.',
    ]);
  });

  it('replaces a task that fails its checks once the grace period is over', async () => {
    await fixture.listener();
    const sick = `import http from 'node:http';
      http.createServer((request, response) => { response.statusCode = 500; response.end(); }).listen(8080);`;
    const service = fixture.create({
      taskDefinition: fixture.taskDefinition({ image: fixture.image('v1', { source: sick }) }),
      healthCheckGracePeriodSeconds: 120,
      loadBalancers: [
        { targetGroupArn: fixture.blue.arn, containerName: 'app', containerPort: 8080 },
      ],
    });
    await fixture.untilRolling(service, () => service.tasks.size === 2);
    const [first] = service.tasks;
    expect(fixture.world.clock.now() - (first?.startedAtMs ?? 0)).toBeGreaterThanOrEqual(120_000);
    await fixture.untilRolling(service, () => first?.desiredStatus === 'STOPPED');
    expect(first?.stopCause?.reason).toBe(
      `Task failed ELB health checks in (target-group ${fixture.blue.arn})`,
    );
    expect(fixture.messages(service)).toContain(
      '(task T) (port 8080) is unhealthy in (target-group G) due to (reason Health checks failed with these codes: [500]).',
    );
  });
});

describe('a rolling service whose container has a health check', () => {
  const checked = (command: string) =>
    fixture.create({
      taskDefinition: fixture.taskDefinition({
        image: fixture.image('v1', { source: serverSource }),
        healthCheck: { command: ['CMD-SHELL', command], interval: 5, retries: 2 },
      }),
      deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback: false } },
    });

  it('completes when the check has passed, without waiting longer', async () => {
    const service = checked('true');
    await fixture.reached(service, 'COMPLETED');
    const [task] = service.tasks;
    expect(task?.healthStatus).toBe('HEALTHY');
    expect(fixture.world.clock.now() - (task?.startedAtMs ?? 0)).toBeLessThan(40_000);
  });

  it('fails when the check fails, which its events and tasks say', async () => {
    const service = checked('false');
    await fixture.reached(service, 'FAILED');
    expect(fixture.primary(service).failedTasks).toBe(3);
    expect(fixture.messages(service)).toContain('(task T) failed container health checks.');
    expect([...service.tasks][0]?.stopCause).toEqual({
      code: 'ServiceSchedulerInitiated',
      reason: 'Task failed container health checks',
    });
  });
});

describe('protected tasks', () => {
  it('outlive the new deployment until their protection ends', async () => {
    const service = fixture.create({ taskDefinition: fixture.version('v1'), desiredCount: 2 });
    await fixture.reached(service, 'COMPLETED');
    const [kept, other] = fixture.tasks(service);
    const untilMs = fixture.world.clock.now() + 30 * 60_000;
    kept?.protect(untilMs);
    fixture.update({ taskDefinition: fixture.version('v2') });
    await fixture.untilRolling(service, () => other?.lastStatus === 'STOPPED');
    expect(kept?.isRunning).toBe(true);
    expect(fixture.primary(service).rolloutState).toBe('IN_PROGRESS');
    await fixture.world.clock.sleep(30 * 60_000);
    await fixture.reached(service, 'COMPLETED');
    expect(kept?.stoppingAtMs).toBeGreaterThanOrEqual(untilMs);
    expect(fixture.messages(service).join('\n')).not.toContain('was unable to stop or start');
  });

  it('stay when the service scales in, and go at once when nothing protects them any more', async () => {
    const service = fixture.create({ taskDefinition: fixture.version('v1'), desiredCount: 2 });
    await fixture.reached(service, 'COMPLETED');
    const [first, second] = fixture.tasks(service);
    const untilMs = fixture.world.clock.now() + 60 * 60_000;
    first?.protect(untilMs);
    second?.protect(untilMs);
    fixture.update({ desiredCount: 0 });
    expect(fixture.tasks(service).map(({ isRunning }) => isRunning)).toEqual([true, true]);
    first?.protect(undefined);
    expect(fixture.tasks(service).map(({ isStopping }) => isStopping)).toEqual([true, false]);
  });
});
