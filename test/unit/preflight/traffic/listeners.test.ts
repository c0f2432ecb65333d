import { describe, expect, it } from 'vitest';
import { forwarding, listenerArns, targetGroup } from '../../../support/builders/traffic.ts';
import { taskSet } from '../../../support/fakes/fake-ecs-services.ts';
import { blueGroup, greenGroup } from '../../../support/fakes/fake-load-balancing.ts';
import type { TrafficScene } from '../../../support/traffic-scene.ts';
import { ask } from './ask.ts';

describe('automatic-rollback', () => {
  it.each([
    [
      'another service',
      { cluster: 'greengate-sample', service: 'basket' },
      'a group of service "basket" in cluster "greengate-sample"',
    ],
    ['no ECS service', undefined, 'a group that deploys no ECS service'],
  ])('refuses a group of %s', async (_, ecsService, observed) => {
    const finding = await ask('automatic-rollback', (scene) => scene.setGroup({ ecsService }));
    expect(finding).toMatchObject({ status: 'NG', observed });
  });

  it('takes all three events in any order', async () => {
    expect(await ask('automatic-rollback')).toMatchObject({ status: 'OK' });
  });

  it.each([
    [
      [],
      'no automatic rollback',
      'Add DEPLOYMENT_FAILURE, DEPLOYMENT_STOP_ON_REQUEST, DEPLOYMENT_STOP_ON_ALARM',
    ],
    [
      ['DEPLOYMENT_FAILURE'],
      'DEPLOYMENT_FAILURE',
      'Add DEPLOYMENT_STOP_ON_REQUEST, DEPLOYMENT_STOP_ON_ALARM',
    ],
    [
      ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_REQUEST'],
      'DEPLOYMENT_FAILURE, DEPLOYMENT_STOP_ON_REQUEST',
      'Add DEPLOYMENT_STOP_ON_ALARM to autoRollbackConfiguration of deployment group "shop" and enable it',
    ],
  ])('refuses %j', async (rollbackEvents, observed, remedy) => {
    const finding = await ask('automatic-rollback', (scene) => scene.setGroup({ rollbackEvents }));
    expect(finding).toMatchObject({
      status: 'NG',
      observed,
      remedy: expect.stringContaining(remedy),
    });
  });

  it('is the one that misses the deployment group; the others skip', async () => {
    const gone = (scene: TrafficScene) => {
      scene.group = undefined;
    };
    expect(await ask('automatic-rollback', gone)).toMatchObject({
      status: 'NG',
      expected: 'deployment group "shop" of application "shop"',
    });
    for (const id of [
      'test-listener',
      'target-group-pair',
      'draining',
      'alarms-ready',
      'hook-permission',
    ]) {
      expect(await ask(id, gone)).toEqual({
        status: 'SKIP',
        reason: 'There is no deployment group "shop/shop"',
      });
    }
  });
});

describe('test-listener', () => {
  it('names both ports', async () => {
    expect(await ask('test-listener')).toEqual({
      status: 'OK',
      observed: 'production on port 80, test on port 8080',
    });
  });

  it.each<[string, (scene: TrafficScene) => void, string, string]>([
    [
      'no test listener',
      (scene) => scene.setGroup({ testListenerArn: undefined }),
      'no test listener',
      'testTrafficRoute of deployment group "shop"',
    ],
    [
      'no production listener',
      (scene) => scene.setGroup({ productionListenerArn: undefined }),
      'no production listener',
      'prodTrafficRoute',
    ],
    [
      'a listener that was recreated',
      (scene) => {
        scene.listeners = scene.listeners.filter(({ port }) => port === 80);
      },
      'no listener arn:listener/test',
      'name its new ARN',
    ],
    [
      'listeners of two load balancers',
      (scene) => {
        scene.listeners = scene.listeners.map((one) =>
          one.port === 80 ? one : { ...one, loadBalancerArn: 'arn:other' },
        );
      },
      'arn:balancer and arn:other',
      'a test listener of arn:balancer',
    ],
  ])('refuses %s', async (_, spoil, observed, remedy) => {
    expect(await ask('test-listener', spoil)).toMatchObject({
      status: 'NG',
      observed,
      remedy: expect.stringContaining(remedy),
    });
  });
});

describe('listeners-on-primary', () => {
  const rules =
    (listener: keyof typeof listenerArns, ...some: ReturnType<typeof forwarding>[]) =>
    (scene: TrafficScene) =>
      void scene.forwardings.set(listenerArns[listener], some);

  it('leaves rules alone that forward to neither group', async () => {
    const foreign = { arn: 'arn:rule/other', weights: { 'arn:tg/other': 1 }, stickinessSeconds: 0 };
    const own = forwarding(listenerArns.production, 100, 0);
    expect(await ask('listeners-on-primary', rules('production', own, foreign))).toEqual({
      status: 'OK',
      observed: '2 forwardings, all to shop-blue',
    });
  });

  it.each<[string, (scene: TrafficScene) => void, string]>([
    [
      'the test listener on the other group',
      rules('test', forwarding(listenerArns.test, 0, 100)),
      'test listener: shop-blue 0, shop-green 100, at arn:listener/test',
    ],
    [
      'one rule put back to the other group',
      rules(
        'production',
        forwarding(listenerArns.production, 1, 0),
        forwarding('arn:rule/7', 0, 1),
      ),
      'production listener: shop-blue 0, shop-green 1, at arn:rule/7',
    ],
    [
      'a share left on the other group',
      rules('production', forwarding(listenerArns.production, 90, 10)),
      'production listener: shop-blue 90, shop-green 10, at arn:listener/production',
    ],
    [
      'nothing on the pair',
      rules('test'),
      'test listener: no forwarding to either target group of the pair',
    ],
  ])('refuses %s', async (_, spoil, observed) => {
    expect(await ask('listeners-on-primary', spoil)).toMatchObject({
      status: 'NG',
      expected: 'everything on shop-blue, the group of the PRIMARY task set',
      observed,
    });
  });

  it('follows the PRIMARY task set after a swap', async () => {
    const finding = await ask('listeners-on-primary', (scene) =>
      scene.setService({ primaryTaskSet: taskSet({ targetGroupArn: greenGroup.arn }) }),
    );
    expect(finding).toMatchObject({
      status: 'NG',
      expected: expect.stringContaining('shop-green'),
    });
  });

  it('skips while a deployment moves the listeners', async () => {
    const finding = await ask('listeners-on-primary', (scene) => {
      scene.deployments.add({ deploymentId: 'd-1', status: 'InProgress' });
      rules('test', forwarding(listenerArns.test, 0, 100))(scene);
    });
    expect(finding).toMatchObject({
      status: 'SKIP',
      reason: expect.stringContaining('d-1 is InProgress'),
    });
  });

  it('skips a PRIMARY task set behind a foreign group', async () => {
    const finding = await ask('listeners-on-primary', (scene) =>
      scene.setService({ primaryTaskSet: taskSet({ targetGroupArn: 'arn:tg/other' }) }),
    );
    expect(finding.status).toBe('SKIP');
  });
});

describe('target-group-pair', () => {
  it('takes an idle group that no rule refers to yet', async () => {
    const finding = await ask('target-group-pair', (scene) => {
      scene.targetGroups = [
        targetGroup(blueGroup),
        targetGroup(greenGroup, { loadBalancerArns: [] }),
      ];
    });
    expect(finding).toEqual({
      status: 'OK',
      observed:
        'shop-blue and shop-green: HTTP HTTP1, health check /health; no rule refers to shop-green yet',
    });
  });

  const { healthCheck } = targetGroup(blueGroup);
  it.each([
    ['another load balancer', { loadBalancerArns: ['arn:x'] }, 'shop-green behind arn:x'],
    [
      'another protocol',
      { protocol: 'HTTPS' },
      'shop-blue protocol HTTP; shop-green protocol HTTPS',
    ],
    [
      'another health check',
      { healthCheck: { ...healthCheck, path: '/', matcher: undefined } },
      'shop-blue health check path /health, health check matcher 200; shop-green health check path /, health check matcher not set',
    ],
    [
      'another target type',
      { targetType: 'instance' },
      'shop-blue targetType ip; shop-green targetType instance',
    ],
  ])('refuses %s of the second group', async (_, changes, observed) => {
    const finding = await ask('target-group-pair', (scene) => {
      scene.targetGroups = [targetGroup(blueGroup), targetGroup(greenGroup, changes)];
    });
    expect(finding).toMatchObject({ status: 'NG', observed });
  });

  it('refuses a pair that the PRIMARY task set is not behind', async () => {
    const finding = await ask('target-group-pair', (scene) =>
      scene.setService({ primaryTaskSet: taskSet({ targetGroupArn: 'arn:tg/other' }) }),
    );
    expect(finding).toMatchObject({
      status: 'NG',
      expected: 'the PRIMARY task set behind shop-blue or shop-green',
      observed: 'it is behind arn:tg/other',
    });
  });

  it('tells all that is wrong with the pair', async () => {
    const finding = await ask('target-group-pair', (scene) => {
      const changes = { loadBalancerArns: ['arn:x'], protocol: 'HTTPS' };
      scene.targetGroups = [targetGroup(blueGroup), targetGroup(greenGroup, changes)];
    });
    expect(finding).toMatchObject({
      status: 'NG',
      observed: 'shop-green behind arn:x; shop-blue protocol HTTP; shop-green protocol HTTPS',
    });
  });

  it('does not blame the groups when both listeners are gone', async () => {
    const finding = await ask('target-group-pair', (scene) => {
      scene.listeners = [];
    });
    expect(finding).toMatchObject({ status: 'OK' });
  });

  it('judges the pair of a service that is not there', async () => {
    const finding = await ask('target-group-pair', (scene) => {
      scene.service = undefined;
    });
    expect(finding).toMatchObject({ status: 'OK' });
  });

  it('refuses a pair of which one is missing', async () => {
    const finding = await ask('target-group-pair', (scene) => {
      scene.targetGroups = [targetGroup(blueGroup)];
    });
    expect(finding).toMatchObject({
      status: 'NG',
      expected: 'two target groups, shop-blue and shop-green',
      observed: 'shop-blue',
    });
  });
});
