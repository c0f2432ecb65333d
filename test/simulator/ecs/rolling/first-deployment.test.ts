import { afterEach, beforeEach, describe, expect, it } from 'vitest';
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
