import { beforeEach, describe, expect, it } from 'vitest';
import type { HookLifecycleEvent } from '../../../functions/core/lifecycle-events.ts';
import { listenerPropagationMs } from '../../../functions/lifecycle-hook/await-propagation.ts';
import { BlueGreenScene } from '../../support/blue-green-scene.ts';
import { httpCheck } from '../../support/builders/checks.ts';
import { blueGroup, greenGroup, targets } from '../../support/fakes/fake-load-balancing.ts';
import { judgeScene, probedUrls } from './judge-scene.ts';

let scene: BlueGreenScene;

beforeEach(() => {
  scene = new BlueGreenScene();
});

const judge = (lifecycleEvent: HookLifecycleEvent) => judgeScene(scene, lifecycleEvent);

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
    expect(probedUrls(scene)).toEqual(['http://shop.elb.test:8080/products']);
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
    expect(scene.clock.sleeps).toEqual([1_000, 1_000, listenerPropagationMs]);
  });

  it('gives the load balancer time before it sends the first probe', async () => {
    const sleptBeforeProbe: number[][] = [];
    const { send } = scene.probe;
    scene.probe.send = (request) => {
      sleptBeforeProbe.push([...scene.clock.sleeps]);
      return send.call(scene.probe, request);
    };

    await judge('AfterAllowTestTraffic');
    expect(sleptBeforeProbe[0]).toEqual([listenerPropagationMs]);
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

  it('looks again when the listener is shown late', async () => {
    scene.loadBalancing.forward('arn:listener/test', { [blueGroup.arn]: 100 });
    const { sleep } = scene.clock;
    scene.clock.sleep = async (ms) => {
      await sleep.call(scene.clock, ms);
      scene.allowTestTraffic();
    };

    expect((await judge('AfterAllowTestTraffic')).verdict).toBe('pass');
    expect(scene.clock.sleeps).toEqual([1_000, listenerPropagationMs]);
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
