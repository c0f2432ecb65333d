import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { serverSource } from '../ecs-fixture.ts';
import { RollingFixture } from './rolling-fixture.ts';

let fixture: RollingFixture;
beforeEach(() => {
  fixture = new RollingFixture();
});
afterEach(() => fixture.stop());

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
