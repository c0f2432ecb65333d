import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { outputOf, workflowWorld } from './workflow-world.ts';

const pass = (fields: object) => ({ Type: 'Pass', ...fields });

describe('Pass', () => {
  it('without Output gives back any JSON input unchanged', async () => {
    const { create, startMachine, ended } = workflowWorld();
    const machine = create({ Same: pass({ End: true }) });

    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (input) => {
        const execution = await ended(startMachine(machine, input));
        expect(outputOf(execution)).toEqual(JSON.parse(JSON.stringify(input)));
      }),
      { numRuns: 50 },
    );
  });

  it('with Assign makes variables visible from the next state on', async () => {
    const { run } = workflowWorld();
    const execution = await run(
      {
        First: pass({ Assign: { n: 1 }, Next: 'Second' }),
        Second: pass({ Assign: { n: '{% $n + 10 %}' }, Output: '{% $n %}', Next: 'Third' }),
        Third: pass({ Output: { before: '{% $states.input %}', after: '{% $n %}' }, End: true }),
      },
      {},
    );
    expect(outputOf(execution)).toEqual({ before: 1, after: 11 });
  });
});

describe('Choice', () => {
  const states = {
    Decide: {
      Type: 'Choice',
      Choices: [
        { Condition: '{% $states.input.n > 10 %}', Next: 'Big', Output: 'rule output' },
        { Condition: '{% $states.input.n > 5 %}', Next: 'Middle', Assign: { via: 'rule' } },
      ],
      Default: 'Small',
      Assign: { via: 'default' },
      Output: 'default output',
    },
    Big: pass({ Output: '{% ["big", $states.input] %}', End: true }),
    Middle: pass({ Output: '{% ["middle", $states.input, $via] %}', End: true }),
    Small: pass({ Output: '{% ["small", $states.input, $via] %}', End: true }),
  };

  it.each([
    { n: 11, output: ['big', 'rule output'] },
    { n: 6, output: ['middle', { n: 6 }, 'rule'] },
    { n: 5, output: ['small', 'default output', 'default'] },
  ])('with n = $n takes the first rule that holds', async ({ n, output }) => {
    expect(outputOf(await workflowWorld().run(states, { n }))).toEqual(output);
  });

  // As AWS documents it (aws-facts 5.4), then as measured (floci-io/floci pull request 3167).
  it.each([
    [{}, 'States.NoChoiceMatched'],
    [{ unmatchedChoiceError: 'States.Runtime' as const }, 'States.Runtime'],
  ])('without a match and without Default fails, with %j by %s', async (settings, error) => {
    const { Default: _, Assign: __, Output: ___, ...Decide } = states.Decide;
    const small = { Condition: '{% $states.input.n < 0 %}', Next: 'Small' };
    const { run } = workflowWorld({}, (text) => JSON.parse(text), settings);
    const execution = await run(
      { ...states, Decide: { ...Decide, Choices: [...Decide.Choices, small] } },
      { n: 1 },
    );
    expect(execution.ending).toMatchObject({
      status: 'FAILED',
      error,
      cause:
        "An error occurred while executing the state 'Decide' (entered at the event id #2). " +
        'Failed to transition out of the state. The state does not point to a next state.',
    });
  });

  it('with a condition that is no boolean fails with States.QueryEvaluationError', async () => {
    const Decide = {
      Type: 'Choice',
      Choices: [{ Condition: '{% "yes" %}', Next: 'Big' }],
      Default: 'Big',
    };
    const execution = await workflowWorld().run({ Decide, Big: pass({ End: true }) }, {});
    expect(execution.ending?.error).toBe('States.QueryEvaluationError');
  });
});

describe('Wait', () => {
  it.each([
    { Seconds: 90 },
    { Seconds: '{% $states.input.seconds %}' },
    { Timestamp: '2026-11-21T09:01:30Z' },
    { Timestamp: '{% $fromMillis($toMillis($states.context.Execution.StartTime) + 90000) %}' },
  ])('with %o waits about 90 virtual seconds', async (fields) => {
    const { run } = workflowWorld();
    const execution = await run({ Rest: { Type: 'Wait', ...fields, End: true } }, { seconds: 90 });
    const tookMs = (execution.ending?.atMs ?? 0) - execution.startMs;
    expect(execution.status).toBe('SUCCEEDED');
    expect(Math.round(tookMs / 1_000)).toBeGreaterThanOrEqual(89);
    expect(Math.round(tookMs / 1_000)).toBeLessThanOrEqual(92);
  });

  it.each([{ Seconds: '{% -1 %}' }, { Seconds: '{% "5" %}' }, { Timestamp: '{% "tomorrow" %}' }])(
    'with %o fails with States.QueryEvaluationError',
    async (fields) => {
      const execution = await workflowWorld().run({ Rest: { Type: 'Wait', ...fields, End: true } });
      expect(execution.ending?.error).toBe('States.QueryEvaluationError');
    },
  );
});

describe('Fail', () => {
  it('ends the execution with its computed Error and Cause', async () => {
    const Stop = { Type: 'Fail', Error: '{% "Shop" & "Closed" %}', Cause: 'after hours' };
    const { ending } = await workflowWorld().run({ Stop });
    expect(ending).toMatchObject({ status: 'FAILED', error: 'ShopClosed', cause: 'after hours' });
  });
});

describe('Succeed', () => {
  it('ends the execution with its Output', async () => {
    const Done = { Type: 'Succeed', Output: { twice: '{% $states.input * 2 %}' } };
    expect(outputOf(await workflowWorld().run({ Done }, 21))).toEqual({ twice: 42 });
  });
});

describe('Parallel', () => {
  it('gives every branch the Arguments and lists outputs in branch order', async () => {
    const slow = { Type: 'Wait', Seconds: 60, End: true };
    const Both = {
      Type: 'Parallel',
      Arguments: { n: '{% $states.input.n + 1 %}' },
      Branches: [
        { StartAt: 'Slow', States: { Slow: slow } },
        { StartAt: 'Fast', States: { Fast: pass({ Output: 'fast', End: true }) } },
      ],
      Output: '{% $states.result %}',
      End: true,
    };
    expect(outputOf(await workflowWorld().run({ Both }, { n: 1 }))).toEqual([{ n: 2 }, 'fast']);
  });

  it('lets branches read outer variables and keeps theirs to themselves', async () => {
    const inner = pass({ Assign: { mine: 1 }, Output: '{% $shared %}', End: true });
    const execution = await workflowWorld().run({
      Before: pass({ Assign: { shared: 'outer' }, Next: 'Branches' }),
      Branches: {
        Type: 'Parallel',
        Branches: [{ StartAt: 'Inner', States: { Inner: inner } }],
        Output: { seen: '{% $states.result[0] %}', leaked: '{% $exists($mine) %}' },
        End: true,
      },
    });
    expect(outputOf(execution)).toEqual({ seen: 'outer', leaked: false });
  });

  it('fails with the first failing branch and drops its sibling at once', async () => {
    const { run, world } = workflowWorld();
    const execution = await run({
      Both: {
        Type: 'Parallel',
        Branches: [
          { StartAt: 'Hour', States: { Hour: { Type: 'Wait', Seconds: 3600, End: true } } },
          { StartAt: 'Bad', States: { Bad: { Type: 'Fail', Error: 'Broken' } } },
        ],
        End: true,
      },
    });
    expect(execution.ending).toMatchObject({ status: 'FAILED', error: 'Broken' });
    expect(world.clock.skippedMs).toBe(0);
    expect(execution.history.events.map(({ type }) => type)).toContain('WaitStateAborted');
  });
});

describe('Map', () => {
  const each = (fields: object, processor: object) => ({
    Each: {
      Type: 'Map',
      Items: '{% $states.input.items %}',
      ItemProcessor: { StartAt: 'One', States: { One: processor } },
      End: true,
      ...fields,
    },
  });

  it('passes each item through ItemSelector and lists outputs in item order', async () => {
    const ItemSelector = {
      value: '{% $states.context.Map.Item.Value %}',
      index: '{% $states.context.Map.Item.Index %}',
      of: '{% $count($states.input.items) %}',
    };
    const wait = { Type: 'Wait', Seconds: '{% 10 - $states.input.index * 5 %}', End: true };
    const execution = await workflowWorld().run(each({ ItemSelector }, wait), {
      items: ['a', 'b'],
    });
    expect(outputOf(execution)).toEqual([
      { value: 'a', index: 0, of: 2 },
      { value: 'b', index: 1, of: 2 },
    ]);
  });

  it.each([
    { MaxConcurrency: 1, seconds: 40 },
    { MaxConcurrency: '{% 2 %}', seconds: 20 },
    { MaxConcurrency: 0, seconds: 10 },
  ])(
    'with MaxConcurrency $MaxConcurrency takes $seconds s',
    async ({ MaxConcurrency, seconds }) => {
      const wait = { Type: 'Wait', Seconds: 10, End: true };
      const items = [1, 2, 3, 4];
      const execution = await workflowWorld().run(each({ MaxConcurrency }, wait), { items });
      const tookMs = (execution.ending?.atMs ?? 0) - execution.startMs;
      expect(Math.round(tookMs / 10_000) * 10).toBe(seconds);
    },
  );

  it('over no items succeeds with an empty list', async () => {
    expect(
      outputOf(await workflowWorld().run(each({}, pass({ End: true })), { items: [] })),
    ).toEqual([]);
  });

  it('over something that is no list fails with States.QueryEvaluationError', async () => {
    const execution = await workflowWorld().run(each({}, pass({ End: true })), { items: 'x' });
    expect(execution.ending?.error).toBe('States.QueryEvaluationError');
  });
});
