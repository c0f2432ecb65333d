import { beforeEach, describe, expect, it } from 'vitest';
import { unanswered } from '../../../support/fakes/fake-probe-transport.ts';
import { CustomCheckScene, digest, image, passing, vantage } from './custom-check-scene.ts';

let scene: CustomCheckScene;
beforeEach(() => {
  scene = new CustomCheckScene();
});

describe('a check of the user’s own', () => {
  it('probes replacement and original through their listeners, recognisably', async () => {
    await scene.run(async ({ probe, original }) => {
      await probe({ path: '/a?b=1', method: 'POST', headers: { Accept: 'x' }, body: 'hello' });
      await original?.({ path: '/c', timeoutMs: 100 });
      return passing;
    });
    expect(scene.probe.requests).toMatchObject([
      {
        url: 'http://lb.example:9000/a?b=1',
        method: 'POST',
        headers: { accept: 'x', 'x-greengate-probe': 'd-AAAAAAAA1' },
        body: 'hello',
        timeoutMs: 5_000,
      },
      { url: 'http://lb.example:80/c', method: 'GET', timeoutMs: 100 },
    ]);
  });

  it('learns the facts of the deployment, its settings and its secrets', async () => {
    scene.secrets.values.set('shop#token', 't0ken');
    const result = await scene.run(
      ({ deployment, settings, secrets: values, original, clock: { now } }) => ({
        ...passing,
        observed: JSON.stringify([deployment, settings, Object.keys(values), original, now()]),
      }),
      { settings: { limit: 3 }, secrets: { TOKEN: { secretsManager: 'shop', key: 'token' } } },
      { ...vantage, originalListener: undefined },
    );
    expect(JSON.parse(result.observed)).toEqual([
      {
        deploymentId: 'd-AAAAAAAA1',
        service: 'shop',
        lifecycleEvent: 'AfterAllowTestTraffic',
        image,
        digest,
      },
      { limit: 3 },
      ['TOKEN'],
      null,
      1_000,
    ]);
  });

  it('gives a verdict with sentence, samples and evidence', async () => {
    const result = await scene.run(
      async ({ probe }) => {
        await probe({ path: '/' });
        return { ...passing, verdict: 'fail', observed: 'b', evidence: { total: 3 } };
      },
      { name: 'totals' },
    );
    expect(result).toMatchObject({
      name: 'totals',
      type: 'custom',
      verdict: 'fail',
      sentence: 'totals: expected a, got b',
      samples: 1,
      evidence: [
        { kind: 'state', subject: 'total', state: '3' },
        { kind: 'response', status: 200 },
      ],
    });
  });

  it('that is inconclusive says so, with the last answer', async () => {
    scene.probe.answer = () => unanswered();
    const result = await scene.run(async ({ probe }) => {
      await probe({ path: '/' });
      return { verdict: 'inconclusive', expected: 'a', observed: 'b' };
    });
    expect(result).toMatchObject({
      verdict: 'inconclusive',
      sentence: 'checks/own.ts: expected a, got b',
      evidence: [{ kind: 'no-response' }],
    });
  });

  it('sends what it wrote, without replacing references', async () => {
    await scene.run(async ({ probe }) => {
      await probe({ path: '/${secrets.X}', headers: { a: '${deploymentId}' } });
      return passing;
    });
    expect(scene.probe.requests).toMatchObject([
      { url: 'http://lb.example:9000/${secrets.X}', headers: { a: '${deploymentId}' } },
    ]);
  });
});
