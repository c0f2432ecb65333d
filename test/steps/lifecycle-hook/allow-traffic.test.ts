import { beforeEach, describe, expect, it } from 'vitest';
import type { HookLifecycleEvent } from '../../../functions/core/lifecycle-events.ts';
import { BlueGreenScene } from '../../support/blue-green-scene.ts';
import { httpCheck } from '../../support/builders/checks.ts';
import { deploymentGroup } from '../../support/fakes/fake-deployments.ts';
import { blueGroup, greenGroup } from '../../support/fakes/fake-load-balancing.ts';
import { judgeScene, probedUrls } from './judge-scene.ts';

let scene: BlueGreenScene;

beforeEach(() => {
  scene = new BlueGreenScene();
});

const judge = (lifecycleEvent: HookLifecycleEvent) => judgeScene(scene, lifecycleEvent);

describe('BeforeAllowTraffic', () => {
  beforeEach(() => {
    scene.allowTestTraffic();
    scene.alarms.known.set('shop-5xx', 'OK');
    scene.check('beforeAllowTraffic', {
      type: 'alarms',
      names: ['shop-5xx'],
      allowInconclusive: false,
    });
  });

  it('repeats at most ten requests of each check', async () => {
    expect((await judge('BeforeAllowTraffic')).verdict).toBe('pass');
    expect(scene.probe.requests).toHaveLength(10);
  });

  it('fails on a configured alarm', async () => {
    scene.alarms.known.set('shop-5xx', 'ALARM');

    expect((await judge('BeforeAllowTraffic')).sentence).toBe(
      'alarms: expected no alarm among shop-5xx, got shop-5xx in ALARM',
    );
  });

  it('fails on an alarm of the deployment group, which would stop the shift', async () => {
    scene.deployments.groupSettings = deploymentGroup({ alarmNames: ['shop-latency'] });
    scene.alarms.known.set('shop-latency', 'ALARM');

    expect((await judge('BeforeAllowTraffic')).sentence).toContain('shop-latency in ALARM');
  });

  it('runs HTTP checks of its own in full length', async () => {
    scene.check('beforeAllowTraffic', httpCheck({ path: '/cart', requests: 15 }));

    await judge('BeforeAllowTraffic');

    expect(scene.probe.requests.filter(({ url }) => url.endsWith('/cart'))).toHaveLength(15);
  });
});

describe('AfterAllowTraffic', () => {
  beforeEach(() => scene.allowTraffic());

  it('asks production, shortly, and its own checks in full', async () => {
    scene.check('afterAllowTraffic', httpCheck({ path: '/cart', requests: 12 }));

    const { verdict } = await judge('AfterAllowTraffic');

    expect(verdict).toBe('pass');
    expect(probedUrls(scene)).toEqual([
      'http://shop.elb.test:80/products',
      'http://shop.elb.test:80/cart',
    ]);
    expect(scene.probe.requests).toHaveLength(22);
  });

  it('fails while a part of production is still on the original', async () => {
    scene.loadBalancing.forward('arn:listener/production', {
      [blueGroup.arn]: 10,
      [greenGroup.arn]: 90,
    });

    const { verdict, sentence } = await judge('AfterAllowTraffic');

    expect(verdict).toBe('fail');
    expect(sentence).toContain('got shop-blue 10, shop-green 90');
  });

  it('is inconclusive without a production listener', async () => {
    scene.deployments.groupSettings = deploymentGroup({ productionListenerArn: undefined });

    expect((await judge('AfterAllowTraffic')).sentence).toBe(
      'production listener: expected a production listener in deployment group shop, got none',
    );
  });
});
