import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Random } from '../../../simulator/core/random.ts';
import { defaultSettings } from '../../../simulator/core/settings.ts';
import { matchesError } from '../../../simulator/states/interpreter/error-matching.ts';
import { RetryBudget } from '../../../simulator/states/interpreter/retry.ts';
import { call, eventLine, outputOf, workflowWorld } from './workflow-world.ts';

const worldOf = (seed: number) => ({ random: new Random(seed), settings: defaultSettings });

describe('matchesError (aws-facts 5.4)', () => {
  it.each([
    [['States.ALL'], 'Anything', true],
    [['States.ALL'], 'States.DataLimitExceeded', false],
    [['States.ALL'], 'States.Runtime', false],
    [['States.Runtime'], 'States.Runtime', false],
    [['States.DataLimitExceeded'], 'States.DataLimitExceeded', true],
    [['States.TaskFailed'], 'Anything', true],
    [['States.TaskFailed'], 'States.Timeout', false],
    [['States.TaskFailed'], 'States.HeartbeatTimeout', true],
    [['States.Timeout'], 'States.HeartbeatTimeout', true],
    [['States.HeartbeatTimeout'], 'States.Timeout', false],
    [['imageNotReady'], 'ImageNotReady', false],
    [['Other', 'ImageNotReady'], 'ImageNotReady', true],
    [['States.ALL'], undefined, true],
  ])('%o against %s is %s', (names, error, matched) => {
    expect(matchesError(names, error, defaultSettings)).toBe(matched);
  });
});

it('leaves States.DataLimitExceeded to nobody when the setting says so', () => {
  const name = 'States.DataLimitExceeded';
  expect(matchesError([name], name, { recoverFromDataLimit: true })).toBe(true);
  expect(matchesError([name], name, { recoverFromDataLimit: false })).toBe(false);
});

describe('RetryBudget', () => {
  const spendAll = (retrier: object, times: number, seed = 1) => {
    const budget = new RetryBudget([{ ErrorEquals: ['E'], ...retrier }], worldOf(seed));
    return Array.from({ length: times }, () => budget.spend('E'));
  };

  it.each([
    [{}, [1_000, 2_000, 4_000, undefined]],
    [{ MaxAttempts: 0 }, [undefined]],
    [{ IntervalSeconds: 3, BackoffRate: 1.5, MaxAttempts: 3 }, [3_000, 4_500, 6_750, undefined]],
    [{ IntervalSeconds: 10, MaxDelaySeconds: 15, MaxAttempts: 3 }, [10_000, 15_000, 15_000]],
  ])('with %o waits %o ms', (retrier, delays) => {
    expect(spendAll(retrier, delays.length)).toEqual(delays);
  });

  it('keeps every delay within 0 and MaxDelaySeconds, and jitter below the plain delay', () => {
    const retriers = fc.record({
      IntervalSeconds: fc.integer({ min: 1, max: 1_000 }),
      BackoffRate: fc.double({ min: 1, max: 10, noNaN: true }),
      MaxDelaySeconds: fc.integer({ min: 1, max: 5_000 }),
      MaxAttempts: fc.integer({ min: 1, max: 30 }),
    });
    fc.assert(
      fc.property(retriers, fc.nat(), (retrier, seed) => {
        const attempts = retrier.MaxAttempts;
        const plain = spendAll(retrier, attempts + 1);
        const jittered = spendAll({ ...retrier, JitterStrategy: 'FULL' }, attempts + 1, seed);
        expect(plain.at(-1)).toBeUndefined();
        for (let attempt = 0; attempt < attempts; attempt++) {
          const delayMs = plain[attempt] ?? -1;
          expect(delayMs).toBeGreaterThanOrEqual(0);
          expect(delayMs).toBeLessThanOrEqual(retrier.MaxDelaySeconds * 1_000);
          expect(jittered[attempt]).toBeLessThanOrEqual(delayMs);
        }
      }),
    );
  });

  it('counts every Retrier for itself', () => {
    const retriers = ['A', 'B'].map((name) => ({ ErrorEquals: [name], MaxAttempts: 1 }));
    const budget = new RetryBudget(retriers, worldOf(1));
    expect(['A', 'B', 'A', 'B', 'C'].map((error) => budget.spend(error) !== undefined)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });
});

describe('a Task with Retry and Catch', () => {
  const flaky = (failures: number) => {
    let calls = 0;
    return () => {
      if (calls++ < failures) throw { errorType: 'Flaky', errorMessage: `call ${calls}` };
      return calls;
    };
  };

  it('succeeds after its retries, each of them waited for and billed', async () => {
    const { run, model } = workflowWorld({ flaky: flaky(2) });
    const Retry = [{ ErrorEquals: ['Flaky'], IntervalSeconds: 10 }];
    const execution = await run({
      Try: call('flaky', { Retry, Output: '{% $states.context.State.RetryCount %}', End: true }),
    });
    expect(outputOf(execution)).toBe(2);
    expect(model.stateTransitions(execution.arn)).toBe(3);
    const tookMs = (execution.ending?.atMs ?? 0) - execution.startMs;
    expect(Math.floor(tookMs / 1_000)).toBeGreaterThanOrEqual(30);
    expect(Math.floor(tookMs / 1_000)).toBeLessThan(33);
    expect(eventLine(execution).filter((event) => event.startsWith('TaskScheduled'))).toEqual([
      'TaskScheduled<2',
      'TaskScheduled<5',
      'TaskScheduled<8',
    ]);
  });

  it('hands the error output to the first matching Catcher with its Assign and Output', async () => {
    const { run } = workflowWorld({ flaky: flaky(9) });
    const execution = await run({
      Try: call('flaky', {
        Catch: [
          { ErrorEquals: ['Other'], Next: 'Done' },
          {
            ErrorEquals: ['States.TaskFailed'],
            Assign: { error: '{% $states.errorOutput.Error %}' },
            Output: { cause: '{% $parse($states.errorOutput.Cause).errorMessage %}' },
            Next: 'Done',
          },
        ],
        Next: 'Done',
      }),
      Done: { Type: 'Succeed', Output: '{% [$error, $states.input.cause] %}' },
    });
    expect(outputOf(execution)).toEqual(['Flaky', 'call 1']);
  });

  it('of a Parallel runs all branches again', async () => {
    const { run } = workflowWorld({ flaky: flaky(1) });
    const Both = {
      Type: 'Parallel',
      Branches: [{ StartAt: 'Try', States: { Try: call('flaky') } }],
      Retry: [{ ErrorEquals: ['States.ALL'] }],
      End: true,
    };
    expect(outputOf(await run({ Both }))).toEqual([2]);
  });
});
