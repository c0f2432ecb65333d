import {
  CreateTopicCommand,
  PublishBatchCommand,
  PublishCommand,
  SNSClient,
} from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Clock } from '../../../simulator/core/clock.ts';
import { defaultSettings } from '../../../simulator/core/settings.ts';
import { Quotas } from '../../../simulator/quotas/quotas.ts';
import { ResourceBuckets } from '../../../simulator/quotas/resource-buckets.ts';
import { rateLimited } from '../../../simulator/s3/request-rate.ts';
import { createSimulator, type Simulator } from '../../../simulator/simulator.ts';

let simulator: Simulator;
let sqs: SQSClient;
let sns: SNSClient;
beforeEach(async () => {
  // A Region of the last class, where topics take 300 messages a second.
  simulator = await createSimulator({
    time: 'stepped',
    startMs: Date.UTC(2026, 0, 1),
    region: 'sa-east-1',
  });
  const client = {
    endpoint: simulator.endpoint,
    region: 'sa-east-1',
    credentials: { accessKeyId: 'me', secretAccessKey: 'me' },
    maxAttempts: 1,
  };
  sqs = new SQSClient(client);
  sns = new SNSClient(client);
});
afterEach(async () => {
  sqs.destroy();
  sns.destroy();
  await simulator.stop();
});

/** How many of the calls were let through, and the words in which the others were refused. */
async function admitted(count: number, call: (turn: number) => Promise<unknown>) {
  let passed = 0;
  const refusals = new Set<string>();
  for (let turn = 0; turn < count; turn++) {
    await call(turn).then(
      () => passed++,
      (error: Error) => refusals.add(`${error.name}: ${error.message}`),
    );
  }
  return { passed, refusals: [...refusals] };
}

const createQueue = async (name: string, attributes: Record<string, string>) => {
  const { QueueUrl = '' } = await sqs.send(
    new CreateQueueCommand({ QueueName: name, Attributes: attributes }),
  );
  return QueueUrl;
};
const send = (QueueUrl: string) => (turn: number) =>
  sqs.send(
    new SendMessageCommand({
      QueueUrl,
      MessageBody: `${turn}`,
      ...(QueueUrl.endsWith('.fifo') && {
        MessageGroupId: 'g',
        MessageDeduplicationId: `${turn}`,
      }),
    }),
  );

describe('FIFO queues', () => {
  it('take 300 calls a second of each action, a batch being one', async () => {
    const url = await createQueue('a.fifo', { FifoQueue: 'true' });
    const batch = () =>
      sqs.send(
        new SendMessageBatchCommand({
          QueueUrl: url,
          Entries: [...Array(10).keys()].map((one) => ({
            Id: `${one}`,
            MessageBody: 'b',
            MessageGroupId: 'g',
            MessageDeduplicationId: `batch-${one}`,
          })),
        }),
      );
    await batch();
    expect(await admitted(301, send(url))).toEqual({
      passed: 299,
      refusals: ['RequestThrottled: Request is throttled.'],
    });
    await expect(batch()).rejects.toThrow('Request is throttled.');

    // Other actions and other queues have buckets of their own.
    const received = await sqs.send(new ReceiveMessageCommand({ QueueUrl: url }));
    await sqs.send(
      new DeleteMessageBatchCommand({
        QueueUrl: url,
        Entries: [{ Id: 'x', ReceiptHandle: received.Messages?.[0]?.ReceiptHandle }],
      }),
    );
    await send(await createQueue('b.fifo', { FifoQueue: 'true' }))(0);

    await simulator.world.clock.advanceTo(simulator.world.clock.now() + 100);
    expect((await admitted(35, send(url))).passed).toBe(30);
  });

  it('take more in high throughput mode, from the moment it is switched on', async () => {
    const url = await createQueue('c.fifo', { FifoQueue: 'true' });
    expect((await admitted(310, send(url))).passed).toBe(300);
    await sqs.send(
      new SetQueueAttributesCommand({
        QueueUrl: url,
        Attributes: {
          DeduplicationScope: 'messageGroup',
          FifoThroughputLimit: 'perMessageGroupId',
        },
      }),
    );
    expect((await admitted(310, send(url))).passed).toBe(310);
  });

  it('standard queues are not throttled', async () => {
    const url = await createQueue('standard', {});
    expect((await admitted(320, send(url))).passed).toBe(320);
  });
});

it('messages to topics count one by one, batches by their entries', async () => {
  const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: 't' }));
  const batch = (entries: number) =>
    sns.send(
      new PublishBatchCommand({
        TopicArn,
        PublishBatchRequestEntries: [...Array(entries).keys()].map((one) => ({
          Id: `${one}`,
          Message: 'm',
        })),
      }),
    );
  expect((await admitted(29, () => batch(10))).passed).toBe(29);
  await sns.send(new PublishCommand({ TopicArn, Message: 'm' }));
  // Nine tokens are left: ten messages find too few, nine do not.
  await expect(batch(10)).rejects.toThrow('Rate exceeded');
  await batch(9);
  await expect(sns.send(new PublishCommand({ TopicArn, Message: 'm' }))).rejects.toThrow(
    expect.objectContaining({ name: 'ThrottlingException' }) as Error,
  );
});

describe('objects', () => {
  function bucketAt() {
    const time = { nowMs: 0 };
    const settings = { ...defaultSettings, requestQuotas: true };
    const quotas = new Quotas({ now: () => time.nowMs } as Clock, settings, 'us-east-1');
    const calls = (name: string, count: number, input: object) => {
      const { handle } = rateLimited(name, { members: [], handle: () => undefined }, quotas);
      let passed = 0;
      try {
        for (; passed < count; passed++) handle(input as never, {} as never);
      } catch (error) {
        expect(error).toMatchObject({ code: 'SlowDown', status: 503 });
      }
      return passed;
    };
    return { time, calls };
  }

  it('take 3,500 writes and 5,500 reads a second for each prefix', () => {
    const { time, calls } = bucketAt();
    expect(calls('PutObject', 3_000, { Bucket: 'b', Key: 'logs/one' })).toBe(3_000);
    expect(calls('UploadPart', 1_000, { Bucket: 'b', Key: 'logs/two' })).toBe(500);
    expect(calls('GetObject', 9_000, { Bucket: 'b', Key: 'logs/one' })).toBe(5_500);
    expect(calls('ListObjectsV2', 1, { Bucket: 'b', Prefix: 'logs/' })).toBe(0);
    expect(calls('PutObject', 1, { Bucket: 'b', Key: 'logs/deeper/one' })).toBe(1);
    expect(calls('PutObject', 1, { Bucket: 'b', Key: 'one' })).toBe(1);
    expect(calls('PutObject', 1, { Bucket: 'c', Key: 'logs/one' })).toBe(1);
    expect(calls('PutBucketPolicy', 9_000, { Bucket: 'b' })).toBe(9_000);
    time.nowMs = 10;
    expect(calls('DeleteObject', 100, { Bucket: 'b', Key: 'logs/one' })).toBe(35);
  });

  it('each key of DeleteObjects is a write', () => {
    const { calls } = bucketAt();
    const Objects = [...Array(1_000).keys()].map((one) => ({ Key: `logs/${one}` }));
    expect(calls('DeleteObjects', 5, { Bucket: 'b', Delete: { Objects } })).toBe(3);
    expect(calls('PutObject', 600, { Bucket: 'b', Key: 'logs/x' })).toBe(500);
  });
});

it('buckets that are full again are forgotten, others kept', () => {
  const buckets = new ResourceBuckets();
  for (let one = 0; one < 9_999; one++) buckets.of(`old ${one}`, 10, 0).take(0);
  const busy = buckets.of('busy', 10, 1_000);
  busy.take(1_000, 10);
  expect(buckets.size).toBe(10_000);
  buckets.of('new', 10, 1_000);
  expect(buckets.size).toBe(2);
  expect(buckets.of('busy', 10, 1_000)).toBe(busy);
});
