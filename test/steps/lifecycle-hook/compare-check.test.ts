import { beforeEach, describe, expect, it } from 'vitest';
import type { ProbeRequest, ProbeResponse } from '../../../functions/core/ports/probe-transport.ts';
import { runChecks } from '../../../functions/lifecycle-hook/run-checks.ts';
import type { Vantage } from '../../../functions/lifecycle-hook/vantage.ts';
import { BlueGreenScene, deploymentId } from '../../support/blue-green-scene.ts';
import { parsedCheck } from '../../support/builders/parsed-checks.ts';
import { EventClock } from '../../support/fakes/event-clock.ts';
import { answered, unanswered } from '../../support/fakes/fake-probe-transport.ts';

let scene: BlueGreenScene;
let vantage: Vantage;
let clock: EventClock;

beforeEach(async () => {
  scene = new BlueGreenScene();
  clock = new EventClock();
  vantage = {
    lifecycleEvent: 'AfterAllowTestTraffic',
    deploymentId,
    service: 'shop',
    image: undefined,
    listener: await scene.loadBalancing.listener('arn:listener/test'),
    originalListener: await scene.loadBalancing.listener('arn:listener/production'),
  };
});

async function compare(members: Readonly<Record<string, unknown>> = {}, signal = scene.signal) {
  const check = parsedCheck('compare', { paths: ['/'], warmUpPairs: 5, ...members });
  const [result] = await runChecks([check], vantage, { ...scene, clock, signal });
  if (result === undefined) throw new Error('The check gave no result');
  return result;
}

const isReplacement = ({ url }: ProbeRequest) => url.includes(`:${vantage.listener.port}/`);

/** Answers the original's requests well and the replacement's by a function of their number. */
function replacementAnswers(answer: (number: number) => ProbeResponse): void {
  let number = 0;
  scene.probe.answer = (request) => (isReplacement(request) ? answer(number++) : answered(200));
}

describe('runCompareCheck', () => {
  it('passes a replacement that does as well as the original', async () => {
    const result = await compare();
    expect([result.type, result.verdict]).toEqual(['compare', 'pass']);
    expect(result.samples).toBeLessThan(200);
  });

  it('fails one that errs, with the first offending answers and numbers a person understands', async () => {
    replacementAnswers((number) => (number % 5 === 0 ? answered(500, 'no stock') : answered(200)));
    const result = await compare();
    expect(result.verdict).toBe('fail');
    expect(result.sentence).toMatch(
      /GET \/: \d\d % errors at the replacement, 0 % at the original/,
    );
    const responses = result.evidence.filter(({ kind }) => kind === 'response');
    expect(responses).toHaveLength(3);
    expect(responses[0]).toMatchObject({
      request: 'GET / at the replacement',
      status: 500,
      body: 'no stock',
      missed: ['expected status 2xx, got status 500'],
    });
  });

  it('asks both sides for the same, half of the time the original first', async () => {
    await compare({
      paths: [{ path: '/cart', method: 'POST', headers: { 'X-Tenant': 'a' }, body: { json: [1] } }],
    });
    const { requests } = scene.probe;
    const originalFirst = requests.filter((request, at) => at % 2 === 0 && !isReplacement(request));
    const pairs = requests.length / 2;
    expect(originalFirst.length / pairs).toBeGreaterThan(0.35);
    expect(originalFirst.length / pairs).toBeLessThan(0.65);
    const [one, other] = requests;
    expect({ ...one, url: '' }).toEqual({ ...other, url: '' });
    expect(one).toMatchObject({
      method: 'POST',
      body: '[1]',
      headers: {
        'x-tenant': 'a',
        'content-type': 'application/json',
        'x-greengate-probe': deploymentId,
      },
    });
  });

  it('draws the same order again for the same deployment', async () => {
    await compare();
    const first = scene.probe.requests.map(isReplacement);
    scene.probe.requests.length = 0;
    await compare();
    expect(scene.probe.requests.map(isReplacement)).toEqual(first);
  });

  it('sends at the rate of the check', async () => {
    const startedAtMs = clock.now();
    const { samples } = await compare({ ratePerSecond: 10 });
    const pairs = scene.probe.requests.length / 2;
    expect(pairs - samples).toBeLessThanOrEqual(1);
    expect(clock.now() - startedAtMs).toBeGreaterThanOrEqual((pairs - 1) * 100);
    expect(clock.now() - startedAtMs).toBeLessThanOrEqual(pairs * 100);
  });

  it('keeps to its concurrency when answers are slow', async () => {
    scene.probe.answer = async () => {
      await clock.sleep(1_000);
      return answered(200, '', 1_000);
    };
    const result = await compare({ concurrency: 3 });
    expect(result.verdict).toBe('pass');
    expect(scene.probe.mostAtOnce).toBe(6);
  });

  it('judges in the order of sending: quick answers do not overtake slow errors', async () => {
    // Every error takes three seconds; 16 pairs in flight would all be good ones before the first error counts.
    scene.probe.answer = async (request) => {
      const slow = isReplacement(request) && scene.probe.requests.length % 8 < 2;
      if (!slow) return answered(200);
      await clock.sleep(1_900);
      return answered(503, '', 1_900);
    };
    const result = await compare({ concurrency: 64 });
    expect(result.verdict).toBe('fail');
  });

  it('takes no answer for an error', async () => {
    replacementAnswers(() => unanswered());
    const result = await compare({ latency: {} });
    expect(result.verdict).toBe('fail');
    expect(result.evidence).toContainEqual(
      expect.objectContaining({ kind: 'no-response', reason: 'ECONNREFUSED' }),
    );
  });

  it('fails a replacement that is slow', async () => {
    replacementAnswers((number) => answered(200, '', 100 + (number % 10)));
    scene.probe.answer = (
      (inner) => (request, number) =>
        isReplacement(request) ? inner(request, number) : answered(200, '', 20 + (number % 10))
    )(scene.probe.answer);
    const result = await compare({ latency: {} });
    expect(result.verdict).toBe('fail');
    expect(result.sentence).toContain('latency quantile 0.95');
  });

  it('does not judge the warm-up, and says how long it was', async () => {
    replacementAnswers((number) => (number < 30 ? answered(503) : answered(200)));
    const result = await compare({ warmUpPairs: 30 });
    expect(result.verdict).toBe('pass');
    expect(result.evidence[0]).toMatchObject({ kind: 'comparison', warmUpPairs: 30 });
  });

  it('counts what the check expects, not 2xx, when it says so', async () => {
    replacementAnswers(() => answered(404));
    expect((await compare({ expectStatus: [200, 404] })).verdict).toBe('pass');
  });

  it('is inconclusive without an original, and names what is missing', async () => {
    vantage = { ...vantage, originalListener: undefined };
    const result = await compare();
    expect(result.verdict).toBe('inconclusive');
    expect(result.sentence).toBe(
      'compare: expected an original that still serves, to compare the replacement with, got none at AfterAllowTestTraffic',
    );
    expect(scene.probe.requests).toEqual([]);
  });

  it('is inconclusive when its time is up, with the pairs that it had', async () => {
    const controller = new AbortController();
    scene.probe.answer = (_, number) => {
      if (number === 41) controller.abort();
      return controller.signal.aborted ? unanswered('aborted') : answered(200);
    };
    const result = await compare({}, controller.signal);
    expect(result.verdict).toBe('inconclusive');
    expect(result.samples).toBe(20);
    expect(result.sentence).toContain('the time for the checks was up after 20 pairs');
  });

  it('lets an inconclusive one through when the configuration says so', async () => {
    replacementAnswers((number) => (number % 33 === 5 ? answered(500) : answered(200)));
    const members = { pairs: 160 };
    expect((await compare(members)).verdict).toBe('inconclusive');
    replacementAnswers((number) => (number % 33 === 5 ? answered(500) : answered(200)));
    expect((await compare({ ...members, allowInconclusive: true })).verdict).toBe('pass');
  });

  it('fills secrets into requests and keeps them out of what it reports', async () => {
    scene.secrets.values.set('shop#token', 't0p-secret');
    replacementAnswers(() => answered(500, 'who is t0p-secret?'));
    const result = await compare({
      headers: { authorization: 'Bearer ${secrets.token}' },
      secrets: { token: { secretsManager: 'shop', key: 'token' } },
    });
    expect(scene.probe.requests[0]?.headers.authorization).toBe('Bearer t0p-secret');
    expect(JSON.stringify(result)).not.toContain('t0p-secret');
    expect(JSON.stringify(result)).toContain('who is ${secrets.token}?');
  });

  it('is an error when the transport breaks', async () => {
    scene.probe.answer = () => Promise.reject(new Error('no sockets left'));
    const result = await compare();
    expect([result.verdict, result.sentence]).toEqual(['error', 'compare: no sockets left']);
  });
});
