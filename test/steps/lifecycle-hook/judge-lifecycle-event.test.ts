import { beforeEach, describe, expect, it } from 'vitest';
import type { HookLifecycleEvent } from '../../../functions/core/lifecycle-events.ts';
import { openHookScene } from '../../../functions/lifecycle-hook/hook-scene.ts';
import { judgeLifecycleEvent } from '../../../functions/lifecycle-hook/judge-lifecycle-event.ts';
import { BlueGreenScene, deploymentId } from '../../support/blue-green-scene.ts';
import { httpCheck } from '../../support/builders/checks.ts';
import { digestOf } from '../../support/builders/releases.ts';
import { deploymentGroup } from '../../support/fakes/fake-deployments.ts';
import { blueGroup, greenGroup, targets } from '../../support/fakes/fake-load-balancing.ts';

let scene: BlueGreenScene;

beforeEach(() => {
  scene = new BlueGreenScene();
});

async function judge(lifecycleEvent: HookLifecycleEvent) {
  return judgeLifecycleEvent(lifecycleEvent, await openHookScene(deploymentId, scene), scene);
}

const probed = () => [...new Set(scene.probe.requests.map(({ url }) => url))];

describe('BeforeInstall', () => {
  beforeEach(() => scene.setTaskSets(scene.original));

  it('passes when the original passes the full checks behind the test listener', async () => {
    const { verdict } = await judge('BeforeInstall');

    expect(verdict).toBe('pass');
    expect(scene.probe.requests).toHaveLength(20);
    expect(probed()).toEqual(['http://shop.elb.test:8080/products']);
    expect(scene.probe.requests[0]?.headers['x-greengate-probe']).toBe(deploymentId);
  });

  it('is inconclusive when the original fails them, and says that they cannot judge', async () => {
    scene.answer(500);

    const { verdict, sentence, checks } = await judge('BeforeInstall');

    expect(verdict).toBe('inconclusive');
    expect(sentence).toBe(
      'The checks cannot judge the replacement, because the original does not pass them: GET /products: expected status 200, got status 500 in 20 of 20 responses',
    );
    expect(checks.map((check) => check.verdict)).toEqual(['pass', 'fail']);
  });

  it('is inconclusive when the test listener does not serve the original', async () => {
    scene.allowTestTraffic();

    const { verdict, sentence } = await judge('BeforeInstall');

    expect(verdict).toBe('inconclusive');
    expect(sentence).toContain('expected to forward to shop-blue only');
  });

  it('without configured checks still has the listener as evidence', async () => {
    scene.check('afterAllowTestTraffic');

    expect((await judge('BeforeInstall')).verdict).toBe('pass');
  });
});

describe('every hook that needs the test listener', () => {
  it.each<HookLifecycleEvent>(['BeforeInstall', 'AfterAllowTestTraffic', 'BeforeAllowTraffic'])(
    '%s is inconclusive without one',
    async (lifecycleEvent) => {
      scene.deployments.groupSettings = deploymentGroup({ testListenerArn: undefined });

      const { verdict, sentence } = await judge(lifecycleEvent);

      expect(verdict).toBe('inconclusive');
      expect(sentence).toBe(
        'test listener: expected a test listener in deployment group shop, got none, so the hook cannot see the replacement before production does',
      );
      expect(scene.probe.requests).toEqual([]);
    },
  );
});

describe('AfterInstall', () => {
  it('passes when the replacement is steady and runs the digest of its task definition', async () => {
    expect((await judge('AfterInstall')).verdict).toBe('pass');
  });

  it('passes when tasks show a child of the index that the task definition names', async () => {
    scene.images.manifests.set(digestOf('2'), {
      kind: 'index',
      digest: digestOf('2'),
      children: [{ digest: digestOf('a'), platform: { os: 'linux', architecture: 'arm64' } }],
    });
    scene.runDigest(digestOf('a'));

    expect((await judge('AfterInstall')).verdict).toBe('pass');
  });

  it('fails when a task runs something else', async () => {
    scene.runDigest(digestOf('7'));

    const { verdict, sentence } = await judge('AfterInstall');

    expect(verdict).toBe('fail');
    expect(sentence).toContain(`got ${digestOf('7')} in 2 of 2 running tasks`);
  });

  it('waits for a task set that is shown late as steady', async () => {
    scene.setTaskSets(scene.original, { ...scene.replacement, stabilityStatus: 'STABILIZING' });
    const { sleep } = scene.clock;
    scene.clock.sleep = async (ms) => {
      await sleep.call(scene.clock, ms);
      scene.setTaskSets(scene.original, scene.replacement);
    };

    expect((await judge('AfterInstall')).verdict).toBe('pass');
    expect(scene.clock.sleeps).toEqual([1_000]);
  });

  it('fails when the replacement stays short of tasks', async () => {
    scene.setTaskSets(scene.original, { ...scene.replacement, runningCount: 1, pendingCount: 1 });

    const { verdict, sentence } = await judge('AfterInstall');

    expect(verdict).toBe('fail');
    expect(sentence).toContain('got STEADY_STATE, 1 running of 2 desired, 1 pending');
  });

  it('is inconclusive without a task set of this deployment', async () => {
    scene.setTaskSets(scene.original);

    expect((await judge('AfterInstall')).verdict).toBe('inconclusive');
  });

  it('is inconclusive when the task definition names its image by tag', async () => {
    const arn = scene.taskDefinitions.add({
      family: 'shop',
      containerDefinitions: [{ name: 'app', image: 'host/team/shop:v2' }],
    });
    scene.setTaskSets(scene.original, { ...scene.replacement, taskDefinitionArn: arn });

    expect((await judge('AfterInstall')).verdict).toBe('inconclusive');
  });
});

describe('AfterAllowTestTraffic', () => {
  beforeEach(() => scene.allowTestTraffic());

  it('probes the replacement through the test listener', async () => {
    const { verdict, checks } = await judge('AfterAllowTestTraffic');

    expect(verdict).toBe('pass');
    expect(checks.map((check) => check.name)).toEqual([
      'target health',
      'test listener',
      '/products',
    ]);
    expect(probed()).toEqual(['http://shop.elb.test:8080/products']);
    expect(scene.probe.mostAtOnce).toBe(4);
  });

  it('waits until the first health checks are through', async () => {
    let reads = 0;
    scene.loadBalancing.beforeHealth = () => {
      reads += 1;
      const states = reads < 3 ? ['unused', 'initial'] : ['healthy', 'healthy'];
      scene.loadBalancing.health.set(greenGroup.arn, targets(...states));
    };

    expect((await judge('AfterAllowTestTraffic')).verdict).toBe('pass');
    expect(scene.clock.sleeps).toEqual([1_000, 1_000]);
  });

  it.each([
    ['an unhealthy target', ['healthy', 'unhealthy']],
    ['an empty group', []],
    ['fewer targets than tasks', ['healthy']],
  ])('fails without probing on %s', async (_, states) => {
    scene.loadBalancing.health.set(greenGroup.arn, targets(...states));

    expect((await judge('AfterAllowTestTraffic')).verdict).toBe('fail');
    expect(scene.probe.requests).toEqual([]);
  });

  it('fails without probing while the test listener still serves the original', async () => {
    scene.loadBalancing.forward('arn:listener/test', { [blueGroup.arn]: 100 });

    const { verdict, sentence } = await judge('AfterAllowTestTraffic');

    expect(verdict).toBe('fail');
    expect(sentence).toContain('got shop-blue 100');
    expect(scene.probe.requests).toEqual([]);
  });

  it('fails when an answer misses an expectation', async () => {
    scene.answer(503);

    expect((await judge('AfterAllowTestTraffic')).sentence).toBe(
      'GET /products: expected status 200, got status 503 in 20 of 20 responses',
    );
  });

  it('turns a check that breaks into an error and still runs the others', async () => {
    scene.check(
      'afterAllowTestTraffic',
      httpCheck({ requests: 1, expect: { body: { matches: '(' } } }),
      httpCheck({ path: '/cart', requests: 1 }),
    );

    const { verdict, checks } = await judge('AfterAllowTestTraffic');

    expect(verdict).toBe('error');
    expect(checks.slice(2).map((check) => check.verdict)).toEqual(['error', 'pass']);
  });

  it('is inconclusive when the time is up before the last request', async () => {
    scene.probe.answer = (_, number) => {
      if (number === 5) scene.abort.abort();
      return { kind: 'response', status: 200, headers: {}, body: '', durationMs: 1 };
    };

    const { verdict, sentence } = await judge('AfterAllowTestTraffic');

    expect(verdict).toBe('inconclusive');
    expect(sentence).toMatch(/expected answers to 20 requests, got \d before the time was up/);
  });

  it('is inconclusive when the groups of the pair cannot be told apart', async () => {
    scene.loadBalancing.groups = [blueGroup];

    expect((await judge('AfterAllowTestTraffic')).verdict).toBe('inconclusive');
  });
});

describe('BeforeAllowTraffic', () => {
  beforeEach(() => {
    scene.allowTestTraffic();
    scene.alarms.known.set('shop-5xx', 'OK');
    scene.check('beforeAllowTraffic', { type: 'alarms', names: ['shop-5xx'] });
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
    expect(probed()).toEqual(['http://shop.elb.test:80/products', 'http://shop.elb.test:80/cart']);
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

describe('openHookScene', () => {
  it('without the ECS service says what is missing where', async () => {
    scene.services.services.clear();

    await expect(judge('AfterInstall')).rejects.toThrow(
      'Cannot judge deployment d-AAAAAAAA1: ECS has no service "shop" in cluster "prod"',
    );
  });
});
