import { describe, expect, it } from 'vitest';
import { call, eventLine, outputOf, workflowWorld } from './workflow-world.ts';

const dayMs = 86_400_000;

/** A world with a function that fails until `repair()` is called. */
function brokenWorld() {
  let broken = true;
  const calls: string[] = [];
  const base = workflowWorld({
    fragile: ({ name }: { name: string }) => {
      calls.push(name);
      if (broken && name === 'bad') throw { errorType: 'Down', errorMessage: 'dependency' };
      return `${name} done`;
    },
  });
  const repair = () => {
    broken = false;
  };
  return { ...base, calls, repair };
}

describe('RedriveExecution', () => {
  it('runs the failed state again with fresh retries, and none before it', async () => {
    const { run, ended, model, calls, repair } = brokenWorld();
    const Retry = [{ ErrorEquals: ['Down'], MaxAttempts: 2 }];
    const execution = await run(
      {
        Before: { Type: 'Pass', Assign: { kept: 'yes' }, Next: 'Fragile' },
        Fragile: call('fragile', { Retry, Next: 'After' }),
        After: {
          Type: 'Pass',
          Output: {
            got: '{% $states.input %}',
            kept: '{% $kept %}',
            context: '{% $states.context.Execution.RedriveCount %}',
          },
          End: true,
        },
      },
      { name: 'bad' },
    );
    expect(execution.status).toBe('FAILED');
    expect(calls).toHaveLength(3);
    const failedAt = execution.history.events.length;

    repair();
    model.executions.redrive(execution.arn);
    await ended(execution);

    expect(outputOf(execution)).toEqual({ got: 'bad done', kept: 'yes', context: 1 });
    expect(eventLine(execution).slice(failedAt)).toEqual([
      `ExecutionRedriven<${failedAt}`,
      `TaskScheduled<${failedAt + 1}`,
      `TaskStarted<${failedAt + 2}`,
      `TaskSucceeded<${failedAt + 3}`,
      `TaskStateExited<${failedAt + 4}`,
      `PassStateEntered<${failedAt + 5}`,
      `PassStateExited<${failedAt + 6}`,
      `ExecutionSucceeded<${failedAt + 7}`,
    ]);
    // Before, Fragile, two retries; then Fragile again and After.
    expect(model.stateTransitions(execution.arn)).toBe(6);
  });

  it('repeats only the unsuccessful branches of a Parallel', async () => {
    const { run, ended, model, calls, repair } = brokenWorld();
    const task = (name: string) =>
      call('fragile', {
        Arguments: { FunctionName: 'fragile', Payload: { name } },
        End: true,
      });
    const good = { StartAt: 'Good', States: { Good: task('good') } };
    const later = { Type: 'Wait', Seconds: 5, Next: 'Bad' };
    const bad = { StartAt: 'Later', States: { Later: later, Bad: task('bad') } };
    const Both = {
      Type: 'Parallel',
      Branches: [good, bad],
      End: true,
    };
    const execution = await run({ Both });
    expect(calls).toEqual(['good', 'bad']);
    repair();
    model.executions.redrive(execution.arn);
    await ended(execution);
    expect(calls).toEqual(['good', 'bad', 'bad']);
    expect(outputOf(execution)).toEqual(['good done', 'bad done']);
  });

  it('repeats only the unsuccessful iterations of a Map', async () => {
    const { run, ended, model, calls, repair } = brokenWorld();
    const Each = {
      Type: 'Map',
      MaxConcurrency: 1,
      ItemProcessor: { StartAt: 'One', States: { One: call('fragile') } },
      End: true,
    };
    const input = ['a', 'bad', 'c'].map((name) => ({ name }));
    const execution = await run({ Each }, input);
    repair();
    model.executions.redrive(execution.arn);
    await ended(execution);
    expect(calls).toEqual(['a', 'bad', 'bad', 'c']);
    expect(outputOf(execution)).toEqual(['a done', 'bad done', 'c done']);
  });

  it('of a Fail state fails again', async () => {
    const { run, ended, model } = workflowWorld();
    const execution = await run({ Stop: { Type: 'Fail', Error: 'Always' } });
    model.executions.redrive(execution.arn);
    await ended(execution);
    expect(eventLine(execution)).toEqual([
      'ExecutionStarted<0',
      'FailStateEntered<0',
      'ExecutionFailed<2',
      'ExecutionRedriven<3',
      'FailStateEntered<4',
      'ExecutionFailed<5',
    ]);
  });

  it('goes on where a stopped execution waited, under the definition it was started with', async () => {
    const { start, ended, model } = workflowWorld();
    const execution = start({
      Rest: { Type: 'Wait', Seconds: 60, Next: 'Old' },
      Old: { Type: 'Succeed', Output: 'old' },
    });
    model.executions.stop(execution.arn, 'Manual', 'by hand');
    expect(execution.ending).toMatchObject({
      status: 'ABORTED',
      error: 'Manual',
      cause: 'by hand',
    });
    const definition =
      '{"QueryLanguage":"JSONata","StartAt":"New","States":{"New":{"Type":"Succeed","Output":"new"}}}';
    model.machines.update(execution.machine.arn, { definition });

    model.executions.redrive(execution.arn);

    expect(outputOf(await ended(execution))).toBe('old');
  });

  it('with the same clientToken is done once', async () => {
    const { run, ended, model } = workflowWorld();
    const execution = await run({ Stop: { Type: 'Fail' } });
    const first = model.executions.redrive(execution.arn, 'token');
    await ended(execution);
    expect(model.executions.redrive(execution.arn, 'token')).toBe(first);
    expect(execution.redriveCount).toBe(1);
  });

  it.each([
    { what: 'a succeeded execution', state: { Type: 'Succeed' }, laterMs: 0 },
    { what: 'one that failed 15 days ago', state: { Type: 'Fail' }, laterMs: 15 * dayMs },
  ])('of $what is refused with ExecutionNotRedrivable', async ({ state, laterMs }) => {
    const { run, model, world } = workflowWorld();
    const execution = await run({ Only: state });
    await world.clock.sleep(laterMs);
    expect(() => model.executions.redrive(execution.arn)).toThrow(
      expect.objectContaining({ code: 'ExecutionNotRedrivable' }),
    );
  });
});
