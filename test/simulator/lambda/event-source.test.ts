import {
  CreateEventSourceMappingCommand,
  type CreateEventSourceMappingCommandInput,
  DeleteEventSourceMappingCommand,
  GetEventSourceMappingCommand,
  ListEventSourceMappingsCommand,
  ListTagsCommand,
  UpdateEventSourceMappingCommand,
} from '@aws-sdk/client-lambda';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SqsModel } from '../../../simulator/sqs/model.ts';
import { eventually } from '../../support/eventually.ts';
import { createLambdaClientFixture, type LambdaClientFixture } from './lambda-client-fixture.ts';

let lambda: LambdaClientFixture;
let sqs: SqsModel;
beforeEach(async () => {
  lambda = await createLambdaClientFixture();
  sqs = new SqsModel(lambda.world);
  lambda.world.provide('sqs', sqs);
  sqs.createQueue('orders', {});
});
afterEach(() => lambda.stop());

const queueArn = 'arn:aws:sqs:eu-west-1:111122223333:orders';
const functionArn = 'arn:aws:lambda:eu-west-1:111122223333:function:worker';
/** Tells each batch, and fails what its body names. */
const worker = `
  export const handler = async (event) => {
    console.log('batch ' + JSON.stringify(event));
    const bodies = event.Records.map(({ body }) => body);
    if (bodies.includes('poison')) throw new Error('poison');
    return { batchItemFailures: event.Records.filter(({ body }) => body.startsWith('bad'))
      .map(({ messageId }) => ({ itemIdentifier: messageId })) };
  };`;
const batches = () =>
  lambda.logLines
    .filter((line) => line.includes('\tbatch '))
    .map((line) => JSON.parse(line.slice(line.indexOf('{'))).Records as { body: string }[]);
const bodies = () => batches().map((records) => records.map(({ body }) => body));
const create = (change: Partial<CreateEventSourceMappingCommandInput> = {}) =>
  lambda.client.send(
    new CreateEventSourceMappingCommand({
      EventSourceArn: queueArn,
      FunctionName: 'worker',
      ...change,
    }),
  );
const counts = () => sqs.byName('orders').counts();

it('messages become one event of the documented shape, and are deleted', async () => {
  await lambda.define('worker', worker);
  sqs.send(queueArn, 'first', { colour: 'red' });
  await create();
  await eventually(() => expect(batches()).toHaveLength(1));
  expect(batches()[0]).toEqual([
    {
      messageId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      receiptHandle: expect.any(String),
      body: 'first',
      attributes: {
        ApproximateReceiveCount: '1',
        SentTimestamp: expect.stringMatching(/^\d{13}$/),
        SenderId: '111122223333',
        ApproximateFirstReceiveTimestamp: expect.stringMatching(/^\d{13}$/),
      },
      messageAttributes: {
        colour: {
          stringValue: 'red',
          stringListValues: [],
          binaryListValues: [],
          dataType: 'String',
        },
      },
      md5OfBody: '8b04d5e3775d298e78455efc5ca404d5',
      eventSource: 'aws:sqs',
      eventSourceARN: queueArn,
      awsRegion: 'eu-west-1',
    },
  ]);
  await eventually(() => expect(counts()).toEqual({ visible: 0, inFlight: 0, delayed: 0 }));
});

// Lambda guide, "Using Lambda with Amazon SQS", the event of a FIFO queue.
it('messages of a FIFO queue tell their group and number', async () => {
  await lambda.define('worker', worker);
  const queue = sqs.createQueue('orders.fifo', { FifoQueue: 'true' });
  queue.send('first', { groupId: 'red', deduplicationId: 'once' });
  await create({ EventSourceArn: queue.arn });
  await eventually(() => expect(batches()).toHaveLength(1));
  expect(batches()[0]).toMatchObject([
    {
      body: 'first',
      attributes: {
        MessageGroupId: 'red',
        MessageDeduplicationId: 'once',
        SequenceNumber: expect.stringMatching(/^\d{20}$/),
        ApproximateReceiveCount: '1',
        SenderId: '111122223333',
      },
    },
  ]);
});

it('a FIFO queue has no batching window', async () => {
  await lambda.define('worker', worker);
  const { arn: EventSourceArn } = sqs.createQueue('orders.fifo', { FifoQueue: 'true' });
  await expect(create({ EventSourceArn, MaximumBatchingWindowInSeconds: 5 })).rejects.toMatchObject(
    {
      name: 'InvalidParameterValueException',
      message: 'Batching window is not supported for FIFO queues',
    },
  );
});

it('a batch has at most BatchSize messages', async () => {
  await lambda.define('worker', worker);
  for (const body of ['a', 'b', 'c']) sqs.send(queueArn, body);
  await create({ BatchSize: 2 });
  await eventually(() => expect(bodies().flat().sort()).toEqual(['a', 'b', 'c']));
  expect(
    batches()
      .map((records) => records.length)
      .sort(),
  ).toEqual([1, 2]);
});

it('only the items that the function reports come back', async () => {
  await lambda.define('worker', worker);
  for (const body of ['good', 'bad']) sqs.send(queueArn, body);
  await create({ FunctionResponseTypes: ['ReportBatchItemFailures'] });
  await eventually(() => expect(bodies().slice(0, 2)).toEqual([['good', 'bad'], ['bad']]));
});

it('a batch that fails comes back whole, until the dead-letter queue takes it', async () => {
  sqs.createQueue('dead', {});
  sqs.createQueue('retried', {
    VisibilityTimeout: '30',
    RedrivePolicy: JSON.stringify({
      deadLetterTargetArn: 'arn:aws:sqs:eu-west-1:111122223333:dead',
      maxReceiveCount: 2,
    }),
  });
  await lambda.define('worker', worker);
  const retriedArn = 'arn:aws:sqs:eu-west-1:111122223333:retried';
  sqs.send(retriedArn, 'poison');
  await create({ EventSourceArn: retriedArn });
  await eventually(() => expect(sqs.byName('dead').counts().visible).toBe(1));
  expect(bodies()).toEqual([['poison'], ['poison']]);
});

describe('the mapping', () => {
  it('is shown, changed, disabled and deleted', async () => {
    await lambda.define('worker', worker);
    const { UUID, LastModified, ...created } = await create({ Tags: { team: 'shop' } });
    expect(LastModified).toBeInstanceOf(Date);
    expect(created).toMatchObject({
      BatchSize: 10,
      MaximumBatchingWindowInSeconds: 0,
      EventSourceArn: queueArn,
      FunctionArn: functionArn,
      State: 'Creating',
      StateTransitionReason: 'USER_INITIATED',
      FunctionResponseTypes: [],
      EventSourceMappingArn: `arn:aws:lambda:eu-west-1:111122223333:event-source-mapping:${UUID}`,
      $metadata: { httpStatusCode: 202 },
    });
    const { Tags } = await lambda.client.send(
      new ListTagsCommand({ Resource: created.EventSourceMappingArn }),
    );
    expect(Tags).toEqual({ team: 'shop' });
    await lambda.world.clock.sleep(2_000);
    const get = () => lambda.client.send(new GetEventSourceMappingCommand({ UUID }));
    expect((await get()).State).toBe('Enabled');
    const change = { UUID, Enabled: false, BatchSize: 5 };
    const changed = await lambda.client.send(new UpdateEventSourceMappingCommand(change));
    expect(changed).toMatchObject({ State: 'Disabling', BatchSize: 5 });
    await lambda.world.clock.sleep(2_000);
    expect((await get()).State).toBe('Disabled');
    sqs.send(queueArn, 'unread');
    const { EventSourceMappings } = await lambda.client.send(
      new ListEventSourceMappingsCommand({ FunctionName: 'worker' }),
    );
    expect(EventSourceMappings?.map((each) => each.UUID)).toEqual([UUID]);
    const deleted = await lambda.client.send(new DeleteEventSourceMappingCommand({ UUID }));
    expect(deleted.State).toBe('Deleting');
    await expect(get()).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    expect(counts().visible).toBe(1);
    expect(batches()).toEqual([]);
  });

  it.each<[string, Partial<CreateEventSourceMappingCommandInput>, string, string]>([
    [
      'a queue that is not there',
      { EventSourceArn: `${queueArn}-none` },
      'InvalidParameterValueException',
      'Error occurred while ReceiveMessage. SQS Error Code: AWS.SimpleQueueService.NonExistentQueue. SQS Error Message: The specified queue does not exist.',
    ],
    [
      'a function that may run longer than messages are hidden',
      {},
      'InvalidParameterValueException',
      'Queue visibility timeout: 30 seconds is less than Function timeout: 31 seconds',
    ],
    [
      'large batches without a window',
      { BatchSize: 11 },
      'InvalidParameterValueException',
      'Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10',
    ],
    [
      'a stream',
      { EventSourceArn: 'arn:aws:kinesis:eu-west-1:111122223333:stream/s' },
      'NotImplemented',
      'Event sources other than SQS are not simulated: arn:aws:kinesis:eu-west-1:111122223333:stream/s',
    ],
  ])('of %s is refused', async (_, change, name, message) => {
    await lambda.define('worker', worker, { Timeout: 31 });
    await expect(create(change)).rejects.toMatchObject({ name, message });
  });

  it('is made once for a queue and a function', async () => {
    await lambda.define('worker', worker);
    const { UUID } = await create();
    await expect(create()).rejects.toMatchObject({
      name: 'ResourceConflictException',
      message: expect.stringContaining(`existing mapping with UUID ${UUID}`),
    });
  });

  it('needs a role that may read the queue', async () => {
    await lambda.define('worker', worker);
    const { canAssume, roleMay, roleCredentials } = lambda.world.services.iam;
    lambda.world.provide('iam', {
      ensureServiceLinkedRole: () => {},
      canAssume,
      roleMay,
      roleCredentials,
      authorize: () => ({ allowed: false, reason: 'implicit-deny', message: 'no' }),
    });
    await expect(create()).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
      message:
        'The provided execution role does not have permissions to call ReceiveMessage on SQS',
    });
  });
});
