import { describe, expect, it } from 'vitest';
import { runJsonPathState, work } from './json-path-state.ts';
import { outputOf, workflowWorld } from './workflow-world.ts';

const invokeArn = 'arn:aws:states:::lambda:invoke';
const input = { order: { id: 7, lines: [{ sku: 'x' }, { sku: 'y' }] }, keep: true };

const runJsonPath = (state: object, given: unknown = input, functions = {}) =>
  runJsonPathState(state, given, functions);

describe('input and output of a JSONPath state', () => {
  it.each([
    ['InputPath', { InputPath: '$.order' }, { id: 7, lines: [{ sku: 'x' }, { sku: 'y' }] }],
    ['a null InputPath', { InputPath: null }, {}],
    ['Result', { Result: { a: [1] } }, { a: [1] }],
    [
      'ResultPath',
      { Result: 1, ResultPath: '$.order.total' },
      { ...input, order: { ...input.order, total: 1 } },
    ],
    ['a null ResultPath', { Result: 1, ResultPath: null }, input],
    ['OutputPath', { OutputPath: '$.order.id' }, 7],
    ['a null OutputPath', { OutputPath: null }, {}],
    [
      'Parameters',
      {
        InputPath: '$.order',
        Parameters: {
          fixed: 'text',
          'id.$': '$.id',
          'skus.$': '$.lines[*].sku',
          nested: [{ 'machine.$': '$$.StateMachine.Name' }],
        },
      },
      { fixed: 'text', id: 7, skus: ['x', 'y'], nested: [{ machine: 'machine-1' }] },
    ],
    [
      'intrinsic functions',
      { Parameters: { 'text.$': "States.Format('order {} of {}', $.order.id, $$.State.Name)" } },
      { text: 'order 7 of Under' },
    ],
  ])('%s', async (_, fields, expected) => {
    expect((await runJsonPath({ Type: 'Pass', ...fields })).output).toEqual(expected);
  });

  it('shapes a result by ResultSelector, adds it by ResultPath and cuts by OutputPath', async () => {
    const fields = {
      Parameters: { 'id.$': '$.order.id' },
      ResultSelector: { 'status.$': '$.state' },
      ResultPath: '$.order.result',
      OutputPath: '$.order',
    };
    const functions = { work: ({ id }: { id: number }) => ({ state: `done ${id}`, noise: 1 }) };
    const { output } = await runJsonPath(work(fields), input, functions);
    expect(output).toEqual({ ...input.order, result: { status: 'done 7' } });
  });

  it('lets Assign see the result before ResultSelector, and later states the variable', async () => {
    const world = workflowWorld({ work: () => ({ state: 'done', noise: 1 }) });
    const execution = await world.run(
      {
        Call: {
          ...work({ ResultSelector: { 's.$': '$.state' } }),
          Assign: { 'raw.$': '$.noise', plain: [1] },
          Next: 'Look',
        },
        Look: {
          Type: 'Pass',
          Parameters: { 'raw.$': '$raw', 'first.$': '$plain[0]', 's.$': '$.s' },
          End: true,
        },
      },
      {},
      { QueryLanguage: 'JSONPath' },
    );
    expect(outputOf(execution)).toEqual({ raw: 1, first: 1, s: 'done' });
  });

  it('mixes JSONata states into a JSONPath machine', async () => {
    const world = workflowWorld();
    const execution = await world.run(
      {
        First: {
          Type: 'Pass',
          QueryLanguage: 'JSONata',
          Assign: { total: '{% $states.input.n * 2 %}' },
          Output: { n: '{% $states.input.n + 1 %}' },
          Next: 'Second',
        },
        Second: { Type: 'Pass', Parameters: { 'n.$': '$.n', 'total.$': '$total' }, End: true },
      },
      { n: 4 },
      { QueryLanguage: 'JSONPath' },
    );
    expect(outputOf(execution)).toEqual({ n: 5, total: 8 });
  });
});

describe('state types in JSONPath', () => {
  it('maps over ItemsPath with the context object, and with the older Iterator and Parameters', async () => {
    const processor = {
      StartAt: 'One',
      States: { One: { Type: 'Pass', End: true } },
    };
    const selector = {
      'sku.$': '$$.Map.Item.Value.sku',
      'index.$': '$$.Map.Item.Index',
      'order.$': '$.order.id',
    };
    const expected = [
      { sku: 'x', index: 0, order: 7 },
      { sku: 'y', index: 1, order: 7 },
    ];
    const common = { Type: 'Map', ItemsPath: '$.order.lines' };
    const newer = await runJsonPath({
      ...common,
      ItemProcessor: processor,
      ItemSelector: selector,
    });
    expect(newer.output).toEqual(expected);
    const older = await runJsonPath({ ...common, Iterator: processor, Parameters: selector });
    expect(older.output).toEqual(expected);
  });

  it('gives the branches of a Parallel its Parameters', async () => {
    const branch = (path: string) => ({
      StartAt: 'One',
      States: { One: { Type: 'Pass', InputPath: path, End: true } },
    });
    const { output } = await runJsonPath({
      Type: 'Parallel',
      Parameters: { 'id.$': '$.order.id', b: 2 },
      Branches: [branch('$.id'), branch('$.b')],
      ResultSelector: { 'both.$': '$' },
      ResultPath: '$.order',
    });
    expect(output).toEqual({ keep: true, order: { both: [7, 2] } });
  });

  it('waits by SecondsPath and TimestampPath', async () => {
    const world = workflowWorld();
    const start = world.world.clock.now();
    const until = new Date(start + 3_600_000).toISOString();
    const { history } = await world.run(
      {
        A: { Type: 'Wait', SecondsPath: '$.seconds', Next: 'B' },
        B: { Type: 'Wait', TimestampPath: '$.until', End: true },
      },
      { seconds: 600, until },
      { QueryLanguage: 'JSONPath' },
    );
    // The clock runs in step with real time besides, so that only whole minutes can be told.
    const minutes = history.events
      .filter(({ type }) => type === 'WaitStateExited')
      .map(({ timestamp }) => Math.floor((Number(timestamp) - start) / 60_000));
    expect(minutes).toEqual([10, 60]);
  });

  it('limits a Task by TimeoutSecondsPath', async () => {
    const { ending } = await runJsonPath(
      work({ TimeoutSecondsPath: '$.limit' }),
      { limit: 5 },
      { work: () => new Promise(() => {}) },
    );
    expect(ending).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
  });

  it('fails with what ErrorPath and CausePath name', async () => {
    const { ending } = await runJsonPath(
      {
        Type: 'Fail',
        ErrorPath: '$.name',
        CausePath: "States.Format('because of {}', $.why)",
        End: undefined,
      },
      { name: 'Own', why: 'this' },
    );
    expect(ending).toMatchObject({ error: 'Own', cause: 'because of this' });
  });

  it('passes the token of a callback through the context object', async () => {
    const world = workflowWorld({
      work: ({ token }: { token: string }) => {
        world.model.tokens.succeed(token, '{"answer":42}');
        return {};
      },
    });
    const execution = await world.run(
      {
        Call: {
          Type: 'Task',
          Resource: `${invokeArn}.waitForTaskToken`,
          Parameters: { FunctionName: 'work', Payload: { 'token.$': '$$.Task.Token' } },
          ResultPath: '$.result',
          End: true,
        },
      },
      { a: 1 },
      { QueryLanguage: 'JSONPath' },
    );
    expect(outputOf(execution)).toEqual({ a: 1, result: { answer: 42 } });
  });
});
