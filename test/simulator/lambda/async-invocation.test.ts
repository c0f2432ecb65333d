import { afterEach, beforeEach, expect, it } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { createLambdaFixture, type LambdaFixture } from './lambda-fixture.ts';

let lambda: LambdaFixture;
beforeEach(async () => {
  lambda = await createLambdaFixture();
});
afterEach(() => lambda.stop());

const failing = 'export const handler = async (event) => { throw new Error(`no ${event.n}`); };';
const functionArn = 'arn:aws:lambda:eu-west-1:111122223333:function:fails';
const queueArn = 'arn:aws:sqs:eu-west-1:111122223333:failures';

const enqueue = (functionName: string) =>
  lambda.model.invoke({ functionName, payload: { n: 1 }, type: 'Event' });
const endedAtMs = () => lambda.world.journal.of('lambda.ended').map((entry) => entry.atMs);

it('an event is accepted at once with 202 and no payload', async () => {
  await lambda.define('fine', 'export const handler = async () => 1;');
  expect(await enqueue('fine')).toEqual({
    statusCode: 202,
    requestId: expect.any(String),
    executedVersion: '$LATEST',
  });
  await eventually(() => expect(endedAtMs()).toHaveLength(1));
});

it('a failing function is retried after one and two minutes, then recorded at its destination', async () => {
  await lambda.define('fails', failing);
  await lambda.create('AWS::Lambda::EventInvokeConfig', {
    FunctionName: 'fails',
    Qualifier: '$LATEST',
    DestinationConfig: { OnFailure: { Destination: queueArn } },
  });
  const { requestId } = await enqueue('fails');
  await eventually(() => expect(lambda.queued).toHaveLength(1));
  const [first = 0, second = 0, third = 0] = endedAtMs();
  expect(Math.round((second - first) / 10_000)).toBe(6);
  expect(Math.round((third - second) / 10_000)).toBe(12);
  expect(lambda.queued[0]).toEqual({
    queueArn,
    attributes: {},
    body: {
      version: '1.0',
      timestamp: expect.stringMatching(/^2026-11-21T09:03:\d\d\.\d{3}Z$/),
      requestContext: {
        requestId,
        functionArn: `${functionArn}:$LATEST`,
        condition: 'RetriesExhausted',
        approximateInvokeCount: 3,
      },
      requestPayload: { n: 1 },
      responseContext: {
        statusCode: 200,
        executedVersion: '$LATEST',
        functionError: 'Unhandled',
      },
      responsePayload: { errorType: 'Error', errorMessage: 'no 1', trace: expect.any(Array) },
    },
  });
});

it('the retries keep the request id', async () => {
  await lambda.define('fails', failing);
  const { requestId } = await enqueue('fails');
  await eventually(() => expect(endedAtMs()).toHaveLength(3));
  const ids = lambda.world.journal.of('lambda.started').map((entry) => entry.requestId);
  expect(ids).toEqual([requestId, requestId, requestId]);
});

it('MaximumRetryAttempts 0 gives up after the first failure, to the dead-letter queue', async () => {
  await lambda.define('fails', failing, { DeadLetterConfig: { TargetArn: queueArn } });
  await lambda.create('AWS::Lambda::EventInvokeConfig', {
    FunctionName: 'fails',
    Qualifier: '$LATEST',
    MaximumRetryAttempts: '0',
  });
  const { requestId } = await enqueue('fails');
  await eventually(() => expect(lambda.queued).toHaveLength(1));
  expect(lambda.queued[0]).toEqual({
    queueArn,
    body: { n: 1 },
    attributes: { RequestID: requestId, ErrorCode: '200', ErrorMessage: 'no 1' },
  });
  expect(endedAtMs()).toHaveLength(1);
});

it('an event older than MaximumEventAge is not retried again', async () => {
  await lambda.define('fails', failing);
  await lambda.create('AWS::Lambda::EventInvokeConfig', {
    FunctionName: 'fails',
    Qualifier: '$LATEST',
    MaximumEventAgeInSeconds: 100,
    DestinationConfig: { OnFailure: { Destination: queueArn } },
  });
  await enqueue('fails');
  await eventually(() => expect(lambda.queued).toHaveLength(1));
  expect(lambda.queued[0]?.body).toMatchObject({
    requestContext: { condition: 'EventAgeExceeded', approximateInvokeCount: 2 },
  });
});

it('reserved concurrency throttles callers, while an event waits its turn', async () => {
  await lambda.define(
    'single',
    'export const handler = async () => { await new Promise((r) => setTimeout(r, 40)); return 1; };',
    { ReservedConcurrentExecutions: 1 },
  );
  const request = { functionName: 'single', payload: {}, type: 'RequestResponse' } as const;
  const first = lambda.model.invoke(request);
  await expect(lambda.model.invoke(request)).rejects.toMatchObject({
    code: 'TooManyRequestsException',
    status: 429,
    members: { Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded' },
  });
  await enqueue('single');
  expect((await first).payload).toBe(1);
  await eventually(() => expect(endedAtMs()).toHaveLength(2));
});

it('an event whose function is deleted meanwhile is dropped, and hurts nobody', async () => {
  await lambda.define('fails', failing);
  await lambda.define('fine', 'export const handler = async () => 1;');
  const release = lambda.world.clock.hold('the test deletes the function');
  await enqueue('fails');
  await eventually(() => expect(endedAtMs()).toHaveLength(1));
  await lambda.model.delete('fails');
  release();
  await lambda.world.clock.sleep(600_000);
  await enqueue('fine');
  await eventually(() => expect(endedAtMs()).toHaveLength(2));
  expect(lambda.world.journal.of('lambda.ended').map((entry) => entry.functionName)).toEqual([
    'fails',
    'fine',
  ]);
});

it('a retry runs the function as it is by then, and so do calls after it', async () => {
  await lambda.define(
    'mended',
    `export const handler = async () => {
       if (!process.env.MENDED) throw new Error('not yet');
       return process.env.MENDED;
     };`,
  );
  const release = lambda.world.clock.hold('the test mends the function');
  await enqueue('mended');
  await eventually(() => expect(endedAtMs()).toHaveLength(1));
  const { definition } = lambda.model.functions.get('mended');
  await lambda.model.redefine({ ...definition, environment: { MENDED: 'yes' } });
  release();
  await eventually(() => expect(endedAtMs()).toHaveLength(2));
  const ended = lambda.world.journal.of('lambda.ended');
  expect(ended.map((entry) => entry.errorType)).toEqual(['Error', undefined]);
  const request = { functionName: 'mended', payload: {}, type: 'RequestResponse' } as const;
  expect((await lambda.model.invoke(request)).payload).toBe('yes');
});

// Lambda guide, "Configuring reserved concurrency": with none reserved, events go to the destination without a retry.
it('an event to a function that reserves no concurrency is handed over at once', async () => {
  await lambda.define('off', 'export const handler = async () => 1;', {
    ReservedConcurrentExecutions: 0,
    DeadLetterConfig: { TargetArn: queueArn },
  });
  await lambda.create('AWS::Lambda::EventInvokeConfig', {
    FunctionName: 'off',
    Qualifier: '$LATEST',
    DestinationConfig: { OnFailure: { Destination: queueArn } },
  });
  const before = lambda.world.clock.now();
  const { requestId } = await enqueue('off');
  await eventually(() => expect(lambda.queued).toHaveLength(2));
  expect(lambda.world.clock.now() - before).toBeLessThan(1_000);
  const [record, deadLetter] = lambda.queued;
  expect(record?.body).toMatchObject({
    requestContext: { requestId, condition: 'ZeroReservedConcurrency', approximateInvokeCount: 0 },
    requestPayload: { n: 1 },
  });
  expect(record?.body).not.toHaveProperty('responseContext');
  expect(deadLetter).toMatchObject({ body: { n: 1 }, attributes: { ErrorCode: '429' } });
  expect(endedAtMs()).toEqual([]);
});

it('stop ends environments and drops waiting retries', async () => {
  await lambda.define('fails', failing);
  await enqueue('fails');
  await eventually(() => expect(endedAtMs().length).toBeGreaterThan(0));
  await lambda.model.stop();
  const runs = endedAtMs().length;
  await lambda.world.clock.sleep(600_000);
  expect(endedAtMs()).toHaveLength(runs);
});

it('stop in the middle of a cold start leaves no process', async () => {
  await lambda.define(
    'slow',
    'await new Promise((r) => setTimeout(r, 5_000)); export const handler = async () => 1;',
  );
  const answers = ['a', 'b'].map((payload) =>
    lambda.model.invoke({ functionName: 'slow', payload, type: 'RequestResponse' }),
  );
  await lambda.model.stop();
  for (const answer of await Promise.all(answers)) {
    expect(answer).toMatchObject({
      functionError: 'Unhandled',
      payload: { errorType: 'Runtime.ExitError' },
    });
  }
  expect(lambda.world.clock.heldBy()).toEqual([]);
});
