import { beforeEach, describe, expect, it } from 'vitest';
import { customCheck as customCheckSchema } from '../../../functions/core/config/custom-schema.ts';
import type { CustomCheck } from '../../../functions/core/custom/custom-check.ts';
import type { Clock } from '../../../functions/core/ports/clock.ts';
import type { Listener } from '../../../functions/core/ports/load-balancing.ts';
import { runCustomCheck } from '../../../functions/lifecycle-hook/custom/run-custom-check.ts';
import type { Vantage } from '../../../functions/lifecycle-hook/vantage.ts';
import { FakeCustomChecks } from '../../support/fakes/fake-custom-checks.ts';
import { FakeLog } from '../../support/fakes/fake-log.ts';
import {
  answered,
  FakeProbeTransport,
  unanswered,
} from '../../support/fakes/fake-probe-transport.ts';
import { FakeSecrets } from '../../support/fakes/fake-secrets.ts';

/** Sleeps end only when the test says so. */
class HeldClock implements Clock {
  readonly sleeps: { readonly ms: number; readonly end: () => void }[] = [];

  now(): number {
    return 1_000;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      this.sleeps.push({ ms, end: resolve });
      signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
  }
}

const digest = `sha256:${'a'.repeat(64)}`;
const image = `123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/shop@${digest}`;
const listener = (port: number): Listener => ({
  listenerArn: `arn:${port}`,
  protocol: 'HTTP',
  port,
  host: 'lb.example',
  forwardings: [],
});
const vantage: Vantage = {
  lifecycleEvent: 'AfterAllowTestTraffic',
  deploymentId: 'd-AAAAAAAA1',
  service: 'shop',
  image,
  listener: listener(9000),
  originalListener: listener(80),
};

let probe: FakeProbeTransport;
let clock: HeldClock;
let log: FakeLog;
let secrets: FakeSecrets;
let hook: AbortController;

beforeEach(() => {
  probe = new FakeProbeTransport();
  clock = new HeldClock();
  log = new FakeLog();
  secrets = new FakeSecrets();
  hook = new AbortController();
});

function run(check: CustomCheck, settings: Record<string, unknown> = {}, at = vantage) {
  const customChecks = new FakeCustomChecks();
  customChecks.checks.set('checks/own.ts', check);
  const config = customCheckSchema.parse({ type: 'custom', file: 'checks/own.ts', ...settings });
  const deps = { probe, clock, log, secrets, customChecks, signal: hook.signal };
  return runCustomCheck(config, at, deps);
}

const passing = { verdict: 'pass', expected: 'a', observed: 'a' } as const;

describe('a check of the user’s own', () => {
  it('probes replacement and original through their listeners, recognisably', async () => {
    await run(async ({ probe, original }) => {
      await probe({ path: '/a?b=1', method: 'POST', headers: { Accept: 'x' }, body: 'hello' });
      await original?.({ path: '/c', timeoutMs: 100 });
      return passing;
    });
    expect(probe.requests).toMatchObject([
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
    secrets.values.set('shop#token', 't0ken');
    const result = await run(
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
    const result = await run(
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

  it('masks its secrets in result, evidence and log', async () => {
    secrets.values.set('/token', 't0ken');
    probe.answer = () => answered(500, 'no t0ken here');
    const result = await run(
      async ({ probe, secrets, log }) => {
        const answer = await probe({ path: '/', headers: { token: secrets.TOKEN ?? '' } });
        log('sent t0ken', { value: secrets.TOKEN });
        return {
          verdict: 'fail',
          expected: `${secrets.TOKEN}`,
          observed: `t0ken: ${answer.kind}`,
          sentence: 'got t0ken.',
          evidence: { used: 't0ken' },
        };
      },
      { secrets: { TOKEN: { parameter: '/token' } } },
    );
    expect(probe.requests[0]?.headers.token).toBe('t0ken');
    expect(result.sentence).toBe('checks/own.ts: got ${secrets.TOKEN}');
    expect(JSON.stringify([result, log.lines])).not.toContain('t0ken');
    expect(log.lines[0]?.fields).toMatchObject({
      said: 'sent ${secrets.TOKEN}',
      fields: { value: '${secrets.TOKEN}' },
    });
  });

  it('masks before it cuts, so that nothing of a secret is left at the edge', async () => {
    secrets.values.set('/token', 't0ken-that-is-long');
    const own = { secrets: { TOKEN: { parameter: '/token' } } };
    probe.answer = () => ({
      kind: 'response',
      status: 200,
      headers: {},
      body: `${'.'.repeat(295)}t0ken-that-is-long`,
      durationMs: 1,
    });
    const texts = await Promise.all([
      run(async ({ probe }) => {
        await probe({ path: '/' });
        return { ...passing, verdict: 'fail' };
      }, own),
      run((): never => ({ verdict: `${'.'.repeat(75)}t0ken-that-is-long` }) as never, own),
      run(() => ({ ...passing, observed: `${'.'.repeat(1_995)}t0ken-that-is-long` }), own),
      run(() => {
        throw new Error(`${'.'.repeat(1_990)}t0ken-that-is-long`);
      }, own),
    ]);

    expect(texts.map((text) => JSON.stringify(text).includes('t0k'))).toEqual(
      texts.map(() => false),
    );
    expect(texts.every((text) => JSON.stringify(text).length < 8_000)).toBe(true);
  });

  it('says in the log what is no text, too', async () => {
    const error = new Error('broken');
    await run(({ log }) => {
      log(error as never, { error });
      return passing;
    });

    expect(log.lines.map(({ fields }) => [fields?.said, fields?.fields])).toEqual([
      ['Error: broken', { error: 'Error: broken' }],
    ]);
  });

  it('masks a secret that is a word of ours without changing the verdict', async () => {
    secrets.values.set('/token', 'pass');
    const result = await run(() => passing, { secrets: { TOKEN: { parameter: '/token' } } });
    expect(result.verdict).toBe('pass');
  });

  it.each([
    [
      'throws',
      () => Promise.reject(new TypeError('x is undefined')),
      'threw TypeError: x is undefined',
    ],
    ['throws a text', () => Promise.reject('no'), 'threw "no"'],
    ['returns nothing', () => undefined as never, 'returned no result: it is missing'],
    ['invents a verdict', () => ({ ...passing, verdict: 'ok' }) as never, '"verdict" is "ok"'],
  ] satisfies [string, CustomCheck, string][])('that %s is an error', async (_, check, said) => {
    const result = await run(check);
    expect(result.verdict).toBe('error');
    expect(result.sentence).toContain(`checks/own.ts: the check `);
    expect(result.sentence).toContain(said);
  });

  it('that probes a path without slash is an error', async () => {
    const result = await run(async ({ probe }) => {
      await probe({ path: 'a' });
      return passing;
    });
    expect(result.sentence).toContain('Cannot probe path "a": it must begin with /');
    expect(probe.requests).toEqual([]);
  });

  it('that hangs is an error at its timeout, even when inconclusive is let through', async () => {
    const running = run(() => new Promise(() => {}), { timeoutMs: 700, allowInconclusive: true });
    await expect.poll(() => clock.sleeps.map(({ ms }) => ms)).toEqual([700]);
    clock.sleeps[0]?.end();
    const result = await running;
    expect(result.verdict).toBe('error');
    expect(result.observed).toBe('the check did not end within its 700 ms, after 0 answers');
  });

  it('gets no more answers once its time is over, awaited or not', async () => {
    let late: Promise<unknown> = Promise.resolve();
    const running = run(
      ({ signal, probe, clock }) =>
        new Promise(() => {
          signal.addEventListener('abort', () => {
            void probe({ path: '/floating' });
            void clock.sleep(5);
            late = probe({ path: '/late' });
          });
        }),
    );
    await expect.poll(() => clock.sleeps.length).toBe(1);
    clock.sleeps[0]?.end();
    await running;
    await expect(late).rejects.toThrow('The time of the check is over');
    expect(probe.requests).toEqual([]);
  });

  it('that the hook’s deadline cuts off is an error, which nothing lets through', async () => {
    const running = run(() => new Promise(() => {}), { allowInconclusive: true });
    await expect.poll(() => clock.sleeps.length).toBe(1);
    hook.abort();
    expect(await running).toMatchObject({
      verdict: 'error',
      observed: 'the time of the hook ended before the check did',
    });
  });

  it('that is inconclusive says so, with the last answer', async () => {
    probe.answer = () => unanswered();
    const result = await run(async ({ probe }) => {
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
    await run(async ({ probe }) => {
      await probe({ path: '/${secrets.X}', headers: { a: '${deploymentId}' } });
      return passing;
    });
    expect(probe.requests).toMatchObject([
      { url: 'http://lb.example:9000/${secrets.X}', headers: { a: '${deploymentId}' } },
    ]);
  });

  it.each([
    [
      'a secret that is not there',
      { secrets: { TOKEN: { parameter: '/gone' } } },
      'secret "/gone"',
    ],
    ['a file that is not bundled', { file: 'checks/gone.ts' }, 'checks/gone.ts: not bundled'],
  ])('with %s is an error and does not run', async (_, settings, said) => {
    let ran = false;
    const result = await run(() => {
      ran = true;
      return passing;
    }, settings);
    expect(result.verdict).toBe('error');
    expect(result.observed).toContain(said);
    expect(ran).toBe(false);
  });

  it('leaves no timer behind', async () => {
    const signals: (AbortSignal | undefined)[] = [];
    const sleep = clock.sleep.bind(clock);
    clock.sleep = (ms, signal) => {
      signals.push(signal);
      return sleep(ms, signal);
    };
    await run(() => passing);
    expect(signals.map((signal) => signal?.aborted)).toEqual([true]);
  });
});
