import {
  ChangeMessageVisibilityBatchCommand,
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  ListDeadLetterSourceQueuesCommand,
  ListQueueTagsCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
  TagQueueCommand,
  UntagQueueCommand,
} from '@aws-sdk/client-sqs';
import { AwsQueryProtocol } from '@aws-sdk/core/protocols';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SqsModel } from '../../../simulator/sqs/model.ts';
import { sqsWire } from '../../../simulator/sqs/wire.ts';
import { type SimulatedAws, simulatedAws } from '../wire/simulated-aws.ts';

let aws: SimulatedAws;
let QueueUrl = '';

const queryProtocol = new AwsQueryProtocol({
  defaultNamespace: 'com.amazonaws.sqs',
  xmlNamespace: 'http://queue.amazonaws.com/doc/2012-11-05/',
  version: '2012-11-05',
});

beforeEach(async () => {
  aws = await simulatedAws((world) => [sqsWire(new SqsModel(world), world)]);
});
afterEach(() => aws.stop());

const create = async (sqs: SQSClient, QueueName: string, Attributes = {}, tags = {}) =>
  (await sqs.send(new CreateQueueCommand({ QueueName, Attributes, tags }))).QueueUrl ?? '';

describe.each([
  ['JSON', undefined],
  ['Query', queryProtocol],
])('batches over %s', (_, protocol) => {
  let sqs: SQSClient;
  beforeEach(async () => {
    sqs = new SQSClient(protocol ? { ...aws.client, protocol } : aws.client);
    QueueUrl = await create(sqs, 'jobs');
  });

  it('send, hide and delete, and tell of each entry', async () => {
    const Entries = [
      {
        Id: 'a',
        MessageBody: 'one',
        MessageAttributes: { n: { DataType: 'Number', StringValue: '1' } },
      },
      { Id: 'b', MessageBody: 'two', DelaySeconds: 901 },
      { Id: 'c', MessageBody: 'three' },
    ];
    const sent = await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
    expect(sent.Successful?.map(({ Id }) => Id)).toEqual(['a', 'c']);
    expect(sent.Failed).toMatchObject([
      { Id: 'b', Code: 'InvalidParameterValue', SenderFault: true },
    ]);
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }),
    );
    expect(Messages.map(({ Body }) => Body)).toEqual(['one', 'three']);
    const [one, three] = Messages.map(({ ReceiptHandle }) => ReceiptHandle);
    const hidden = await sqs.send(
      new ChangeMessageVisibilityBatchCommand({
        QueueUrl,
        Entries: [{ Id: 'x', ReceiptHandle: three, VisibilityTimeout: 0 }],
      }),
    );
    expect(hidden.Successful).toEqual([{ Id: 'x' }]);
    const deleted = await sqs.send(
      new DeleteMessageBatchCommand({
        QueueUrl,
        Entries: [
          { Id: 'x', ReceiptHandle: one },
          { Id: 'y', ReceiptHandle: 'nonsense' },
        ],
      }),
    );
    expect(deleted.Successful).toEqual([{ Id: 'x' }]);
    expect(deleted.Failed).toMatchObject([{ Id: 'y', Code: 'ReceiptHandleIsInvalid' }]);
    const again = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
    expect(again.Messages?.map(({ Body }) => Body)).toEqual(['three']);
    const gone = await sqs.send(
      new ChangeMessageVisibilityBatchCommand({
        QueueUrl,
        Entries: [
          { Id: 'deleted', ReceiptHandle: one, VisibilityTimeout: 9 },
          { Id: 'superseded', ReceiptHandle: three, VisibilityTimeout: 9 },
        ],
      }),
    );
    expect(gone.Failed).toMatchObject([
      {
        Id: 'deleted',
        Code: 'InvalidParameterValue',
        Message: `Value ${one} for parameter ReceiptHandle is invalid. Reason: Message does not exist or is not available for visibility timeout change.`,
      },
      { Id: 'superseded', Code: 'MessageNotInflight' },
    ]);
  });

  it.each([
    [[], 'EmptyBatchRequest'],
    [Array.from({ length: 11 }, (_, n) => `m${n}`), 'TooManyEntriesInBatchRequest'],
    [['a', 'a'], 'BatchEntryIdsNotDistinct'],
    [['a b'], 'InvalidBatchEntryId'],
  ])('with the ids %j are refused', async (ids, name) => {
    const Entries = ids.map((Id) => ({ Id, MessageBody: 'm' }));
    await expect(
      sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries })),
    ).rejects.toMatchObject({ name });
  });
});

describe('queues', () => {
  let sqs: SQSClient;
  beforeEach(async () => {
    sqs = new SQSClient(aws.client);
    QueueUrl = await create(sqs, 'jobs', {}, { team: 'a' });
  });
  const attributes = async (...AttributeNames: string[]) =>
    (
      await sqs.send(
        new GetQueueAttributesCommand({ QueueUrl, AttributeNames: AttributeNames as never }),
      )
    ).Attributes ?? {};

  it('keep tags', async () => {
    await sqs.send(new TagQueueCommand({ QueueUrl, Tags: { stage: 'test' } }));
    await sqs.send(new UntagQueueCommand({ QueueUrl, TagKeys: ['team'] }));
    const { Tags } = await sqs.send(new ListQueueTagsCommand({ QueueUrl }));
    expect(Tags).toEqual({ stage: 'test' });
  });

  it('lose an attribute that is set to nothing, as Terraform does with policies', async () => {
    const set = (Attributes: Record<string, string>) =>
      sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes }));
    await set({ Policy: '{"Statement":[]}', KmsMasterKeyId: 'alias/aws/sqs' });
    expect(await attributes('All')).toMatchObject({
      Policy: '{"Statement":[]}',
      KmsDataKeyReusePeriodSeconds: '300',
      SqsManagedSseEnabled: 'false',
    });
    await set({ Policy: '', KmsMasterKeyId: '' });
    const after = await attributes('All');
    expect(Object.keys(after)).not.toContain('Policy');
    expect(after.SqsManagedSseEnabled).toBe('true');
  });

  it('tell which queues send their failures to them, and messages where they come from', async () => {
    const { QueueArn = '' } = await attributes('QueueArn');
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: QueueArn, maxReceiveCount: 1 });
    const source = await create(sqs, 'source', { RedrivePolicy, VisibilityTimeout: '0' });
    const listed = await sqs.send(new ListDeadLetterSourceQueuesCommand({ QueueUrl }));
    expect(listed.queueUrls).toEqual([source]);
    await sqs.send(new SendMessageCommand({ QueueUrl: source, MessageBody: 'm' }));
    const receive = (url: string) =>
      sqs.send(new ReceiveMessageCommand({ QueueUrl: url, MessageSystemAttributeNames: ['All'] }));
    await receive(source);
    expect((await receive(source)).Messages).toBeUndefined();
    expect((await receive(QueueUrl)).Messages).toMatchObject([
      { Body: 'm', Attributes: { DeadLetterQueueSourceArn: QueueArn.replace('jobs', 'source') } },
    ]);
  });

  it('are purged once a minute at most', async () => {
    await sqs.send(new PurgeQueueCommand({ QueueUrl }));
    await expect(sqs.send(new PurgeQueueCommand({ QueueUrl }))).rejects.toMatchObject({
      name: 'PurgeQueueInProgress',
    });
    await aws.world.clock.advanceTo(aws.world.clock.now() + 61_000);
    await sqs.send(new PurgeQueueCommand({ QueueUrl }));
  });

  it.each([
    [{ MessageBody: 'a\u0001b' }, 'InvalidMessageContents'],
    [{ MessageBody: 'm', MessageDeduplicationId: 'x' }, 'InvalidParameterValue'],
    [
      {
        MessageBody: 'm',
        MessageAttributes: { 'AWS.x': { DataType: 'String', StringValue: 'y' } },
      },
      'InvalidParameterValue',
    ],
    [
      { MessageBody: 'm', MessageAttributes: { x: { DataType: 'Text', StringValue: 'y' } } },
      'InvalidParameterValue',
    ],
    [
      { MessageBody: 'm', MessageAttributes: { x: { DataType: 'Number', StringValue: 'y' } } },
      'InvalidParameterValue',
    ],
    [
      { MessageBody: 'm', MessageAttributes: { x: { DataType: 'String', StringValue: '' } } },
      'InvalidParameterValue',
    ],
  ])('refuse %j', async (message, name) => {
    await expect(sqs.send(new SendMessageCommand({ QueueUrl, ...message }))).rejects.toMatchObject({
      name,
    });
  });

  it.each([
    ['RedriveAllowPolicy', '{"redrivePermission":"byQueue"}', 'InvalidAttributeValue'],
    ['Policy', '[', 'InvalidAttributeValue'],
    ['SqsManagedSseEnabled', 'yes', 'InvalidAttributeValue'],
    ['ContentBasedDeduplication', 'true', 'InvalidAttributeName'],
    ['FifoQueue', 'true', 'InvalidAttributeName'],
  ])('refuse the attribute %s=%s', async (attribute, value, name) => {
    await expect(
      sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { [attribute]: value } })),
    ).rejects.toMatchObject({ name });
  });
});
