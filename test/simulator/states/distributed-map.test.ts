import {
  DescribeExecutionCommand,
  DescribeStateMachineCommand,
  DescribeStateMachineForExecutionCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  ListMapRunsCommand,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { expect, it } from 'vitest';
import { distributed, failingOn, mapWorld } from './map-world.ts';

const echo = { Echo: { Type: 'Pass', End: true } };

it('runs each item as an execution of its own', async () => {
  const { run, role, sfn, mapRunOf, history } = await mapWorld();
  const ended = await run(distributed(echo), role, ['a', 'b', 'c']);
  expect(ended.output).toEqual(['a', 'b', 'c']);

  const events = await history(ended.executionArn ?? '');
  expect(events.map(({ type }) => type)).toEqual([
    'ExecutionStarted',
    'MapStateEntered',
    'MapStateStarted',
    'MapRunStarted',
    'MapRunSucceeded',
    'MapStateSucceeded',
    'MapStateExited',
    'ExecutionSucceeded',
  ]);
  expect(events[2]?.mapStateStartedEventDetails).toEqual({ length: 3 });
  const mapRun = await mapRunOf(ended.executionArn);
  expect(events[3]?.mapRunStartedEventDetails).toEqual({ mapRunArn: mapRun.mapRunArn });
  expect(mapRun.mapRunArn).toMatch(/:mapRun:machine-1\/Items:[0-9a-f-]{36}$/);
  expect(mapRun).toMatchObject({
    executionArn: ended.executionArn,
    status: 'SUCCEEDED',
    maxConcurrency: 0,
    toleratedFailureCount: 0,
    toleratedFailurePercentage: 0,
    redriveCount: 0,
    itemCounts: { total: 3, succeeded: 3, resultsWritten: 3, pending: 0, running: 0 },
    executionCounts: { total: 3, succeeded: 3, failed: 0 },
  });

  const { mapRuns } = await sfn.send(new ListMapRunsCommand({ executionArn: ended.executionArn }));
  expect(mapRuns?.[0]?.stateMachineArn).toBe(`${ended.stateMachineArn}/Items`);
  const { mapRunArn } = mapRun;
  const { executions = [] } = await sfn.send(new ListExecutionsCommand({ mapRunArn }));
  expect(executions).toHaveLength(3);
  expect(executions[0]).toMatchObject({
    mapRunArn,
    itemCount: 1,
    stateMachineArn: `${ended.stateMachineArn}/Items`,
    status: 'SUCCEEDED',
  });
  const { executionArn = '', name } = executions[0] ?? {};
  expect(executionArn).toMatch(new RegExp(`:execution:machine-1/Items:${name}$`));
  expect(await sfn.send(new DescribeExecutionCommand({ executionArn }))).toMatchObject({
    mapRunArn,
    input: '"c"',
    output: '"c"',
  });
  expect((await history(executionArn)).map(({ type }) => type)).toEqual([
    'ExecutionStarted',
    'PassStateEntered',
    'PassStateExited',
    'ExecutionSucceeded',
  ]);
  expect(
    await sfn.send(new DescribeStateMachineForExecutionCommand({ executionArn })),
  ).toMatchObject({ mapRunArn, label: 'Items' });

  // The parent's own list has the parent only.
  const own = await sfn.send(new ListExecutionsCommand({ stateMachineArn: ended.stateMachineArn }));
  expect(own.executions?.map((one) => one.executionArn)).toEqual([ended.executionArn]);
});

it('describes the machine by the label of its Map state, and starts nothing by it', async () => {
  const { create, role, sfn } = await mapWorld();
  const arn = await create(distributed(echo), role);
  const stateMachineArn = `${arn}/Items`;
  expect(await sfn.send(new DescribeStateMachineCommand({ stateMachineArn }))).toMatchObject({
    label: 'Items',
    name: 'machine-1',
  });
  await expect(
    sfn.send(new DescribeStateMachineCommand({ stateMachineArn: `${arn}/Other` })),
  ).rejects.toMatchObject({ name: 'StateMachineDoesNotExist' });
  await expect(sfn.send(new StartExecutionCommand({ stateMachineArn }))).rejects.toMatchObject({
    name: 'ValidationException',
  });
});

it('keeps Express children out of lists and histories', async () => {
  const { run, role, sfn, mapRunOf, simulator } = await mapWorld();
  const states = distributed(echo, {}, { ExecutionType: 'EXPRESS' });
  const ended = await run(states, role, [1]);
  expect(ended.output).toEqual([1]);
  const { mapRunArn } = await mapRunOf(ended.executionArn);
  await expect(sfn.send(new ListExecutionsCommand({ mapRunArn }))).rejects.toMatchObject({
    name: 'StateMachineTypeNotSupported',
  });
  const child = simulator.models.states.executions.list({ mapRunArn })[0];
  const executionArn = child?.arn;
  expect(executionArn).toMatch(/:express:machine-1\/Items:/);
  expect(await sfn.send(new DescribeExecutionCommand({ executionArn }))).toMatchObject({
    mapRunArn,
    status: 'SUCCEEDED',
  });
  await expect(sfn.send(new GetExecutionHistoryCommand({ executionArn }))).rejects.toMatchObject({
    name: 'InvalidArn',
  });
});

it('fails when more items fail than it tolerates, and aborts what still runs', async () => {
  const { run, role, mapRunOf, history } = await mapWorld();
  const states = {
    Look: {
      Type: 'Choice',
      Choices: [{ Variable: '$', StringEquals: 'slow', Next: 'Slow' }],
      Default: 'Bad',
    },
    Slow: { Type: 'Wait', Seconds: 60, End: true },
    Bad: { Type: 'Fail', Error: 'Item.Bad' },
  };
  const ended = await run(distributed(states, { MaxConcurrency: 2 }), role, ['slow', 'x', 'y']);
  expect(ended).toMatchObject({
    status: 'FAILED',
    error: 'States.ExceedToleratedFailureThreshold',
    cause: 'The specified tolerated failure threshold was exceeded',
  });
  expect((await history(ended.executionArn ?? '')).slice(-3)).toMatchObject([
    {
      type: 'MapRunFailed',
      mapRunFailedEventDetails: { error: 'States.ExceedToleratedFailureThreshold' },
    },
    { type: 'MapStateFailed' },
    { type: 'ExecutionFailed' },
  ]);
  expect(await mapRunOf(ended.executionArn)).toMatchObject({
    status: 'FAILED',
    executionCounts: { total: 3, failed: 1, aborted: 1, pending: 1, running: 0 },
  });
});

it.each([
  [{ ToleratedFailureCount: 1 }, 'SUCCEEDED'],
  [{ ToleratedFailurePercentage: 33.4 }, 'SUCCEEDED'],
  [{ ToleratedFailurePercentage: 33.3 }, 'FAILED'],
  [{ ToleratedFailureCount: 5, ToleratedFailurePercentage: 10 }, 'FAILED'],
  [{ ToleratedFailureCountPath: '$.count' }, 'SUCCEEDED'],
])('with %j ends as %s when one of three fails', async (fields, status) => {
  const { run, role } = await mapWorld();
  const states = distributed(failingOn('$', 'bad'), { ItemsPath: '$.items', ...fields });
  const ended = await run(states, role, { items: ['a', 'bad', 'c'], count: 1 });
  expect(ended.status).toBe(status);
  if (status === 'FAILED') return;
  // A failed child's result is its record (ResultWriter page).
  expect(ended.output).toMatchObject(['a', { Status: 'FAILED', Error: 'Item.Bad' }, 'c']);
});

it('batches items by number and by size', async () => {
  const { run, role, mapRunOf } = await mapWorld();
  const fields = {
    ItemsPath: '$.items',
    ItemSelector: { 'n.$': '$$.Map.Item.Value', 'at.$': '$$.Map.Item.Index' },
    ItemBatcher: { MaxItemsPerBatch: 2, BatchInput: { 'of.$': '$.name' } },
  };
  const ended = await run(distributed(echo, fields), role, { name: 'us', items: [7, 8, 9] });
  expect(ended.output).toEqual([
    {
      BatchInput: { of: 'us' },
      Items: [
        { n: 7, at: 0 },
        { n: 8, at: 1 },
      ],
    },
    { BatchInput: { of: 'us' }, Items: [{ n: 9, at: 2 }] },
  ]);
  expect(await mapRunOf(ended.executionArn)).toMatchObject({
    itemCounts: { total: 3 },
    executionCounts: { total: 2 },
  });
  // `{"Items":["aa","bb"]}` has 21 bytes.
  const small = { ItemBatcher: { MaxInputBytesPerBatch: 21 } };
  const bySize = await run(distributed(echo, small), role, ['aa', 'bb', 'cc']);
  expect(bySize.output).toEqual([{ Items: ['aa', 'bb'] }, { Items: ['cc'] }]);
});

it('is written in JSONata as well, and iterates over the members of an object', async () => {
  const { create, start, ended, role } = await mapWorld();
  const states = distributed(
    { Twice: { Type: 'Pass', Output: '{% $states.input.n * 2 %}', End: true } },
    {
      Items: '{% $states.input.prices %}',
      ItemSelector: {
        n: '{% $states.context.Map.Item.Value.Value %}',
        key: '{% $states.context.Map.Item.Key & $states.context.Map.Item.Source %}',
      },
      MaxConcurrency: '{% $states.input.atOnce %}',
      Output: '{% $sum($states.result) %}',
    },
  );
  const arn = await create(states, role, { QueryLanguage: 'JSONata' });
  const done = await ended(await start(arn, { prices: { x: 1, y: 4 }, atOnce: 1 }));
  expect(done).toMatchObject({ status: 'SUCCEEDED', output: 10 });
});

it('needs states:StartExecution on its own machine', async () => {
  const { run, roleWith } = await mapWorld();
  const role = await roleWith('poor', ['s3:*']);
  const ended = await run(distributed(echo), role, [1]);
  expect(ended).toMatchObject({ status: 'FAILED', error: 'States.Permissions' });
  expect(ended.cause).toContain('states:StartExecution');
});
