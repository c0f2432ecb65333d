import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  PermissionDeniedError,
  TransientAwsError,
  UnsupportedError,
} from '../../../functions/core/errors.ts';
import { type Finding, refusals } from '../../../functions/core/preflight/finding.ts';
import type { PreflightCheck } from '../../../functions/core/preflight/preflight-check.ts';
import { preflightBoundMs, runPreflight } from '../../../functions/core/preflight/run-preflight.ts';
import { SkipCheck } from '../../../functions/core/preflight/skip-check.ts';
import { serviceConfig } from '../../support/builders/releases.ts';
import { FakeClock } from '../../support/fakes/fake-clock.ts';

const { preflight: config } = serviceConfig();
const good: Finding = { status: 'OK', observed: 'all of it' };

function check(
  id: string,
  judge: () => Promise<Finding>,
  waitMs?: number,
): PreflightCheck<undefined> {
  const wait = waitMs === undefined ? {} : { waitMs: () => waitMs };
  return { id, title: `Title of ${id}`, remedy: `Mend ${id}`, judge, ...wait };
}

/** Time that the test lets run out; signals fire when told. */
function timeouts() {
  const asked = new Map<number, AbortController>();
  return {
    asked,
    timeout: (ms: number) => {
      const controller = new AbortController();
      asked.set(ms, controller);
      return controller.signal;
    },
  };
}

const run = (checks: readonly PreflightCheck<undefined>[], given = config) =>
  runPreflight(checks, undefined, given, { clock: new FakeClock(), ...timeouts() });

describe('runPreflight', () => {
  it('asks all checks at once and keeps their order whoever answers first', async () => {
    const started: string[] = [];
    let release: () => void = () => {};
    const slow = check('slow', async () => {
      started.push('slow');
      await new Promise<void>((resolve) => {
        release = resolve;
      });
      return good;
    });
    const quick = check('quick', async () => {
      started.push('quick');
      return good;
    });
    const answered: string[] = [];
    const running = runPreflight([slow, quick], undefined, config, {
      clock: new FakeClock(),
      ...timeouts(),
      answered: (id) => {
        answered.push(id);
        if (id === 'quick') release();
      },
    });
    const { findings } = await running;
    expect(started).toEqual(['slow', 'quick']);
    expect(answered).toEqual(['quick', 'slow']);
    expect(findings.map((one) => one.check)).toEqual(['slow', 'quick']);
    expect(findings[0]).toEqual({
      check: 'slow',
      title: 'Title of slow',
      warnOnly: false,
      ...good,
    });
  });

  it('says of a check without an answer in time that it could not be answered', async () => {
    const { asked, timeout } = timeouts();
    const never = check('never', () => new Promise(() => {}));
    const waiting = check('waiting', async () => good, 60_000);
    const running = runPreflight([never, waiting], undefined, config, {
      clock: new FakeClock(),
      timeout,
    });
    // One clock for the checks of one bound, and what a check waits comes on top of it.
    expect([...asked.keys()]).toEqual([preflightBoundMs, preflightBoundMs + 60_000]);
    asked.get(preflightBoundMs)?.abort();
    const { findings } = await running;
    expect(findings).toMatchObject([
      {
        status: 'NG',
        observed: 'could not be answered: no answer within 10 s',
        unanswered: true,
      },
      good,
    ]);
  });

  it('gives the checks as much longer as calls waited to be admitted', async () => {
    const { asked, timeout } = timeouts();
    let pausedMs = 6_000;
    let isAnswered = false;
    const never = check('never', () => new Promise(() => {}));
    const running = runPreflight([never], undefined, config, {
      clock: new FakeClock(),
      timeout,
      pausedMs: () => pausedMs,
      answered: () => {
        isAnswered = true;
      },
    });
    for (const [boundMs, pausedThenMs] of [
      [preflightBoundMs, 6_000],
      [6_000, 6_010],
      // Not ten milliseconds, of which a second of waiting would need a hundred.
      [1_000, 6_010],
    ] as const) {
      expect(isAnswered).toBe(false);
      pausedMs = pausedThenMs;
      asked.get(boundMs)?.abort();
      await new Promise(setImmediate);
    }
    const { findings } = await running;
    expect([...asked.keys()]).toEqual([preflightBoundMs, 6_000, 1_000]);
    expect(findings).toMatchObject([{ status: 'NG', unanswered: true }]);
  });

  it.each([
    [
      'a permission by the missing action',
      new PermissionDeniedError('Not permitted to call iam:GetRole', {
        details: { action: 'iam:GetRole', resource: 'role app' },
      }),
      { remedy: 'Allow iam:GetRole on role app to whoever runs preflight' },
    ],
    [
      'throttling as something that passes',
      new TransientAwsError('ecr:DescribeImages failed for now: Rate exceeded'),
      { unanswered: true, remedy: 'Run it again: the cause passes by itself' },
    ],
    [
      'any other error by its message',
      new UnsupportedError('The trust policy is not JSON'),
      { observed: 'could not be answered: The trust policy is not JSON' },
    ],
  ])('quotes %s', async (_, error, finding) => {
    const { findings } = await run([
      check('one', async () => {
        throw error;
      }),
    ]);
    expect(findings[0]).toMatchObject({
      status: 'NG',
      expected: 'an answer to the question',
      observed: `could not be answered: ${error.message}`,
      ...finding,
    });
    expect(findings[0]?.unanswered).toBe('unanswered' in finding ? true : undefined);
  });

  it('skips what cannot be asked for want of something else', async () => {
    const { findings } = await run([
      check('one', async () => {
        throw new SkipCheck('There is no service "shop" to look at');
      }),
    ]);
    expect(findings[0]).toMatchObject({
      status: 'SKIP',
      reason: 'There is no service "shop" to look at',
    });
  });

  it('refuses by exactly the NGs that the configuration does not downgrade', async () => {
    const ids = ['a', 'b', 'c', 'd'];
    const statuses = fc.constantFrom('OK', 'SKIP', 'NG');
    await fc.assert(
      fc.asyncProperty(
        fc.tuple(statuses, statuses, statuses, statuses),
        fc.subarray(ids),
        async (given, warnOnly) => {
          const checks = ids.map((id, index) =>
            check(id, async () => {
              if (given[index] === 'OK') return good;
              if (given[index] === 'SKIP') return { status: 'SKIP', reason: 'nothing to judge' };
              return { status: 'NG', expected: 'e', observed: 'o', remedy: 'r' };
            }),
          );
          const report = await run(checks, { ...config, warnOnly });
          expect(refusals(report).map((one) => one.check)).toEqual(
            ids.filter((id, index) => given[index] === 'NG' && !warnOnly.includes(id)),
          );
        },
      ),
    );
  });
});
