import {
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SqsModel } from '../../../simulator/sqs/model.ts';
import { sqsWire } from '../../../simulator/sqs/wire.ts';
import { type SimulatedAws, simulatedAws } from '../wire/simulated-aws.ts';

let aws: SimulatedAws;
let sqs: SQSClient;
let QueueUrl = '';

beforeEach(async () => {
  aws = await simulatedAws((world) => [sqsWire(new SqsModel(world), world)]);
  sqs = new SQSClient(aws.client);
});
afterEach(() => aws.stop());

const create = async (more = {}) => {
  const Attributes = { FifoQueue: 'true', ContentBasedDeduplication: 'true', ...more };
  QueueUrl =
    (await sqs.send(new CreateQueueCommand({ QueueName: 'jobs.fifo', Attributes }))).QueueUrl ?? '';
};
const send = (MessageBody: string, MessageGroupId: string, more = {}) =>
  sqs.send(new SendMessageCommand({ QueueUrl, MessageBody, MessageGroupId, ...more }));
const receive = async (MaxNumberOfMessages = 10) =>
  (
    await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl,
        MaxNumberOfMessages,
        MessageSystemAttributeNames: ['All'],
      }),
    )
  ).Messages ?? [];

describe('a FIFO queue', () => {
  it('is one whatever the case of true', async () => {
    await create({ FifoQueue: 'True', ContentBasedDeduplication: 'TRUE' });
    const url = QueueUrl;
    await create();
    expect(QueueUrl).toBe(url);
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }),
    );
    expect(Attributes).toMatchObject({ FifoQueue: 'true', ContentBasedDeduplication: 'true' });
  });

  it('keeps the order within a group: nothing behind a message in flight', async () => {
    await create();
    for (const [body, group] of [
      ['a1', 'a'],
      ['b1', 'b'],
      ['a2', 'a'],
    ] as const) {
      await send(body, group);
    }
    const first = await receive(1);
    expect(first.map(({ Body }) => Body)).toEqual(['a1']);
    expect((await receive()).map(({ Body }) => Body)).toEqual(['b1']);
    const ReceiptHandle = first[0]?.ReceiptHandle;
    await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    const [next] = await receive();
    expect(next).toMatchObject({ Body: 'a2', Attributes: { MessageGroupId: 'a' } });
    const numberOf = (message = next) => BigInt(message?.Attributes?.SequenceNumber ?? 0);
    expect(numberOf() - numberOf(first[0])).toBe(2n);
  });

  it('gives several of one group at once, in order', async () => {
    await create();
    for (const body of ['1', '2', '3']) await send(body, 'a');
    expect((await receive()).map(({ Body }) => Body)).toEqual(['1', '2', '3']);
    expect(await receive()).toEqual([]);
  });

  it('deletes nothing by a receipt handle whose message is visible again or was received anew', async () => {
    await create();
    await send('m', 'a');
    const [{ ReceiptHandle } = {}] = await receive();
    const expired = {
      name: 'InvalidParameterValue',
      message: `Value ${ReceiptHandle} for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired.`,
    };
    const remove = (handle = ReceiptHandle) =>
      sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: handle }));
    await aws.world.clock.sleep(30_000);
    await expect(remove()).rejects.toMatchObject(expired);
    const [again] = await receive();
    expect(again?.Attributes?.ApproximateReceiveCount).toBe('2');
    await expect(remove()).rejects.toMatchObject(expired);
    await remove(again?.ReceiptHandle);
    await expect(remove(again?.ReceiptHandle)).resolves.toBeTruthy();
    await aws.world.clock.sleep(30_000);
    expect(await receive()).toEqual([]);
  });

  it('takes a message once within five minutes, by its content or the id given', async () => {
    await create();
    const first = await send('same', 'a');
    expect(await send('same', 'b')).toMatchObject({
      MessageId: first.MessageId,
      SequenceNumber: first.SequenceNumber,
    });
    await send('same', 'a', { MessageDeduplicationId: 'other' });
    await aws.world.clock.advanceTo(aws.world.clock.now() + 301_000);
    await send('same', 'a');
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }),
    );
    expect(Attributes).toMatchObject({
      ApproximateNumberOfMessages: '3',
      FifoQueue: 'true',
      ContentBasedDeduplication: 'true',
      DeduplicationScope: 'queue',
      FifoThroughputLimit: 'perQueue',
    });
  });

  it('deduplicates within groups where the scope says so', async () => {
    await create({ DeduplicationScope: 'messageGroup', FifoThroughputLimit: 'perMessageGroupId' });
    for (const group of ['a', 'b', 'a']) await send('same', group);
    expect(await receive()).toHaveLength(2);
  });

  it.each([
    [{ MessageGroupId: undefined }, 'MissingParameter'],
    [{ MessageGroupId: 'a b' }, 'InvalidParameterValue'],
    [{ DelaySeconds: 5 }, 'InvalidParameterValue'],
    [{}, 'InvalidParameterValue'],
  ])('refuses %j without an id for deduplication', async (more, name) => {
    await create({ ContentBasedDeduplication: 'false' });
    await expect(send('m', 'a', more)).rejects.toMatchObject({ name });
  });

  it.each([
    ['jobs', { FifoQueue: 'true' }],
    ['jobs.fifo', {}],
  ])('has its name and attribute go together (%s)', async (QueueName, Attributes) => {
    await expect(sqs.send(new CreateQueueCommand({ QueueName, Attributes }))).rejects.toMatchObject(
      { name: 'InvalidParameterValue' },
    );
  });
});
