import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  DeleteFunctionConcurrencyCommand,
  GetAccountSettingsCommand,
  GetFunctionConcurrencyCommand,
  InvokeCommand,
  PutFunctionConcurrencyCommand,
} from '@aws-sdk/client-lambda';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { CloudWatchModel } from '../../../simulator/cloudwatch/model.ts';
import { eventually } from '../../support/eventually.ts';
import { createLambdaClientFixture, type LambdaClientFixture } from './lambda-client-fixture.ts';

let lambda: LambdaClientFixture;
beforeEach(async () => {
  lambda = await createLambdaClientFixture();
});
afterEach(() => lambda.stop());

const one = 'export const handler = async () => 1;';
/** Answers once the file is there, so that invocations overlap however slowly each of them starts. */
const untilFile = (path: string) =>
  `import { existsSync } from 'node:fs';
   export const handler = async () => {
     while (!existsSync(${JSON.stringify(path)})) await new Promise(setImmediate);
   };`;
const reserve = (ReservedConcurrentExecutions: number) =>
  lambda.client.send(
    new PutFunctionConcurrencyCommand({ FunctionName: 'work', ReservedConcurrentExecutions }),
  );
const invoke = (FunctionName = 'work') => lambda.client.send(new InvokeCommand({ FunctionName }));

it('a reservation of 0 throttles every invocation, until it is deleted', async () => {
  await lambda.define('work', one);
  expect((await reserve(0)).ReservedConcurrentExecutions).toBe(0);
  await expect(invoke()).rejects.toMatchObject({
    name: 'TooManyRequestsException',
    message: 'Rate Exceeded.',
    Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
    $metadata: { httpStatusCode: 429 },
  });
  expect(lambda.world.journal.of('lambda.throttled')).toHaveLength(1);
  const of = { FunctionName: 'work' };
  expect(await lambda.client.send(new GetFunctionConcurrencyCommand(of))).toMatchObject({
    ReservedConcurrentExecutions: 0,
  });
  await lambda.client.send(new DeleteFunctionConcurrencyCommand(of));
  expect((await invoke()).StatusCode).toBe(200);
});

it('a reservation leaves 100 for the others', async () => {
  await lambda.define('work', one);
  await reserve(900);
  await expect(reserve(901)).rejects.toMatchObject({
    name: 'InvalidParameterValueException',
    message:
      "Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [100].",
  });
  const { AccountLimit, AccountUsage } = await lambda.client.send(
    new GetAccountSettingsCommand({}),
  );
  expect(AccountLimit).toMatchObject({
    ConcurrentExecutions: 1_000,
    UnreservedConcurrentExecutions: 100,
  });
  expect(AccountUsage?.FunctionCount).toBe(1);
});

it('a throttled event is tried every five minutes for hours, and runs once it may', async () => {
  await lambda.define('work', one);
  const { clock, journal, settings } = lambda.world;
  const { concurrentExecutions } = settings;
  const startedMs = clock.now();
  Object.assign(settings, { concurrentExecutions: 0 });
  clock.schedule(2 * 3_600_000, () => void Object.assign(settings, { concurrentExecutions }));
  await lambda.model.invoke({ functionName: 'work', payload: {}, type: 'Event' });
  await eventually(() => expect(journal.of('lambda.ended')).toHaveLength(1));
  const waitedMs = (journal.of('lambda.started')[0]?.atMs ?? 0) - startedMs;
  expect(waitedMs).toBeGreaterThanOrEqual(2 * 3_600_000);
  expect(waitedMs).toBeLessThan(2 * 3_600_000 + 310_000);
  const tries = journal.of('lambda.throttled').map(({ atMs }) => atMs - startedMs);
  expect(tries.slice(0, 4).map((ms) => Math.round(ms / 1_000))).toEqual([0, 1, 3, 7]);
});

it('throttles and concurrent executions are metrics', async () => {
  const cloudwatch = new CloudWatchModel(lambda.world);
  const statistics = (name: string, dimensions: Record<string, string>) =>
    cloudwatch.metrics
      .find({ namespace: 'AWS/Lambda', name, dimensions })
      ?.over(lambda.world.clock.now() - 60_000, lambda.world.clock.now() + 60_000);
  const gate = join(lambda.world.directory, 'all-have-started');
  await lambda.define('work', untilFile(gate));
  await lambda.define('other', untilFile(gate));
  const invocations = Promise.all([invoke(), invoke(), invoke('other')]);
  await eventually(() => expect(lambda.world.journal.of('lambda.started')).toHaveLength(3));
  writeFileSync(gate, '');
  await invocations;
  const work = { FunctionName: 'work' };
  expect(statistics('ConcurrentExecutions', work)?.maximum).toBe(2);
  expect(statistics('ConcurrentExecutions', {})?.maximum).toBe(3);
  await reserve(0);
  await expect(invoke()).rejects.toThrow('Rate Exceeded.');
  expect(statistics('Throttles', work)?.sum).toBe(1);
  expect(statistics('Throttles', {})?.sum).toBe(1);
});
