import { describe, expect, it } from 'vitest';
import type { RollingTarget } from '../../../../functions/core/config/schema.ts';
import type { EcsService, RollingState } from '../../../../functions/core/ports/ecs-services.ts';
import { trafficChecks } from '../../../../functions/core/preflight/traffic/traffic-checks.ts';
import { serviceConfig } from '../../../support/builders/releases.ts';
import { balancerArn, targetGroup } from '../../../support/builders/traffic.ts';
import { ecsDeployment, rollingEcsService } from '../../../support/fakes/fake-ecs-services.ts';
import { blueGroup } from '../../../support/fakes/fake-load-balancing.ts';
import type { TrafficScene } from '../../../support/traffic-scene.ts';
import { ask } from './ask.ts';

interface Changes {
  readonly target?: Partial<RollingTarget>;
  readonly rolling?: Partial<RollingState>;
  readonly service?: Partial<EcsService>;
}

/** The service of the scene, rolled out by ECS behind the blue group; CodeDeploy knows nothing of it. */
const rolling =
  (changes: Changes = {}) =>
  (scene: TrafficScene) => {
    scene.config = serviceConfig({
      target: {
        strategy: 'ecs-rolling',
        cluster: 'prod',
        service: 'shop',
        container: 'app',
        circuitBreaker: true,
        bakeMinutes: 5,
        ...changes.target,
      },
    });
    const network = scene.service?.network;
    const state = { targetGroupArns: [blueGroup.arn], ...changes.rolling };
    scene.service = {
      ...rollingEcsService([ecsDeployment()], state),
      network,
      ...changes.service,
    };
    scene.group = undefined;
    scene.listeners = [];
    scene.targetGroups = [targetGroup(blueGroup, { loadBalancerArns: [balancerArn] })];
  };

const percentages = (desiredCount: number, minimumHealthyPercent: number, maximumPercent: number) =>
  rolling({ service: { desiredCount }, rolling: { minimumHealthyPercent, maximumPercent } });

describe('rollout-room', () => {
  it.each([
    [2, 100, 200],
    [2, 50, 100],
    [1, 0, 100],
    // Rounded: a third of one task more is none, of three it is one.
    [3, 100, 134],
    [3, 67, 100 + 34],
  ])('lets %i tasks roll within %i and %i %%', async (...bounds) => {
    expect(await ask('rollout-room', percentages(...bounds))).toMatchObject({ status: 'OK' });
  });

  it.each([
    [1, 100, 150, 200, 0],
    [1, 50, 100, 200, 0],
    [2, 51, 149, 150, 50],
    [4, 100, 124, 125, 75],
  ])('refuses %i tasks within %i and %i %%', async (desired, minimum, maximum, raise, lower) => {
    expect(await ask('rollout-room', percentages(desired, minimum, maximum))).toMatchObject({
      status: 'NG',
      observed: `of ${desired} tasks ${desired} stay healthy (${minimum} %) and ${desired} may run (${maximum} %)`,
      remedy: `Set target.maximumPercent to ${raise} or more, or target.minimumHealthyPercent to ${lower} or less`,
    });
  });

  it('judges what the rollout will have, not what the service has', async () => {
    const changes = { rolling: { maximumPercent: 100 }, target: { maximumPercent: 200 } };
    expect(await ask('rollout-room', rolling(changes))).toMatchObject({ status: 'OK' });
    expect(await ask('rollout-room', rolling({ rolling: { maximumPercent: 100 } }))).toMatchObject({
      status: 'NG',
    });
  });

  it('has nothing to say of no tasks, and of CodeDeploy', async () => {
    expect(await ask('rollout-room', percentages(0, 100, 100))).toMatchObject({ status: 'SKIP' });
    expect(await ask('rollout-room')).toMatchObject({ status: 'SKIP' });
  });
});

describe('circuit-breaker', () => {
  it.each([
    [true, true, 'circuit breaker on, with rollback'],
    [true, false, 'circuit breaker on, without rollback; the rollout turns it on, with rollback'],
    [false, false, 'circuit breaker off; the rollout turns it on, with rollback'],
  ])('is on for the rollout, %s and %s before', async (enable, rollback, observed) => {
    const changes = { rolling: { circuitBreaker: { enable, rollback } } };
    expect(await ask('circuit-breaker', rolling(changes))).toEqual({ status: 'OK', observed });
  });

  it('is missed where the configuration switches it off', async () => {
    const changes = { target: { circuitBreaker: false } };
    expect(await ask('circuit-breaker', rolling(changes))).toMatchObject({
      status: 'NG',
      observed: 'target.circuitBreaker is false, and the service has it on, with rollback',
    });
    expect(serviceConfig().preflight.warnOnly).toContain('circuit-breaker');
  });
});

describe('the other checks of a service that ECS rolls out', () => {
  it('look at its own target group and at room for one task', async () => {
    const judged = await Promise.all(
      trafficChecks.map(async ({ id }) => [id, (await ask(id, rolling())).status]),
    );
    const byStatus = (wanted: string) =>
      judged.flatMap(([id, status]) => (status === wanted ? [id] : []));
    expect(byStatus('NG')).toEqual([]);
    expect(byStatus('OK')).toEqual(
      expect.arrayContaining([
        'circuit-breaker',
        'rollout-room',
        'health-time',
        'subnet-addresses',
        'balancer-reach',
      ]),
    );
  });

  it('see a start that outlasts the grace period that the rollout gets', async () => {
    const slow = (changes: Changes) => (scene: TrafficScene) => {
      rolling(changes)(scene);
      const healthCheck = { interval: 10, startPeriod: 300 };
      scene.document = {
        ...scene.document,
        containerDefinitions: [{ name: 'app', healthCheck }],
      };
    };
    expect(await ask('health-time', slow({}))).toMatchObject({
      status: 'NG',
      expected: 'patience for the 5 min that a container may take to start',
    });
    const target = { healthCheckGracePeriodSeconds: 300 };
    expect(await ask('health-time', slow({ target }))).toMatchObject({ status: 'OK' });
  });

  it('see a security group that lets the load balancer in no longer', async () => {
    const shut = (scene: TrafficScene) => {
      rolling()(scene);
      scene.securityGroups = scene.securityGroups.map((group) =>
        group.id === 'sg-tasks' ? { ...group, inbound: [] } : group,
      );
    };
    expect(await ask('balancer-reach', shut)).toMatchObject({ status: 'NG' });
  });

  it.each([
    ['subnet-addresses', 100, 'NG'],
    ['subnet-addresses', 50, 'OK'],
    ['instance-capacity', 100, 'NG'],
    ['instance-capacity', 50, 'OK'],
  ])('%s with %i %% healthy and no room at all is %s', async (id, minimum, status) => {
    const full = (scene: TrafficScene) => {
      percentages(2, minimum, 200)(scene);
      scene.subnets = scene.subnets.map((subnet) => ({ ...subnet, freeAddresses: 0 }));
      if (id !== 'instance-capacity') return;
      scene.setService({ launchType: 'EC2', capacityProviders: [] });
      scene.document = { ...scene.document, requiresCompatibilities: ['EC2'] };
    };
    expect(await ask(id, full)).toMatchObject({ status });
  });

  it('ask for one task where CodeDeploy needs room for all', async () => {
    const five = { service: { desiredCount: 5 } };
    expect(await ask('subnet-addresses', rolling(five))).toMatchObject({
      status: 'OK',
      observed: '2 free for 1 tasks: subnet-a 1, subnet-b 1',
    });
  });
});
