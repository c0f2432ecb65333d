import {
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  PurgeQueueCommand,
  QueueDoesNotExist,
  QueueNameExists,
  ReceiptHandleIsInvalid,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { AwsQueryProtocol } from '@aws-sdk/core/protocols';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SqsModel } from '../../../simulator/sqs/model.ts';
import { sqsWire } from '../../../simulator/sqs/wire.ts';
import { type SimulatedAws, simulatedAws } from '../wire/simulated-aws.ts';

let aws: SimulatedAws;
let model: SqsModel;

beforeEach(async () => {
  aws = await simulatedAws((world) => {
    model = new SqsModel(world);
    return [sqsWire(model, world)];
  });
});
afterEach(() => aws.stop());

const queryProtocol = new AwsQueryProtocol({
  defaultNamespace: 'com.amazonaws.sqs',
  xmlNamespace: 'http://queue.amazonaws.com/doc/2012-11-05/',
  version: '2012-11-05',
});

describe.each([
  ['JSON', undefined],
  ['Query', queryProtocol],
])('SQS over %s', (_, protocol) => {
  const client = () => new SQSClient(protocol ? { ...aws.client, protocol } : aws.client);

  it('creates a queue under the address that requests are posted to', async () => {
    const { QueueUrl } = await client().send(new CreateQueueCommand({ QueueName: 'jobs' }));
    expect(QueueUrl).toBe(`${aws.endpoint}/111122223333/jobs`);
    const found = await client().send(new GetQueueUrlCommand({ QueueName: 'jobs' }));
    expect(found.QueueUrl).toBe(QueueUrl);
    const listed = await client().send(new ListQueuesCommand({ QueueNamePrefix: 'jo' }));
    expect(listed.QueueUrls).toEqual([QueueUrl]);
  });

  it('sends, receives with attributes and digests, and deletes', async () => {
    const QueueUrl = model.urlOf(model.createQueue('jobs', {}));
    const MessageAttributes = { ERROR_CODE: { DataType: 'String', StringValue: 'NO_PERMISSIONS' } };
    const sent = await client().send(
      new SendMessageCommand({ QueueUrl, MessageBody: 'a <b> & "c"', MessageAttributes }),
    );
    const { Messages } = await client().send(
      new ReceiveMessageCommand({
        QueueUrl,
        MessageAttributeNames: ['ERROR_.*'],
        MessageSystemAttributeNames: ['ApproximateReceiveCount'],
      }),
    );
    expect(Messages).toEqual([
      expect.objectContaining({
        MessageId: sent.MessageId,
        Body: 'a <b> & "c"',
        MessageAttributes,
        MD5OfMessageAttributes: sent.MD5OfMessageAttributes,
        Attributes: { ApproximateReceiveCount: '1' },
      }),
    ]);
    const ReceiptHandle = Messages?.[0]?.ReceiptHandle ?? '';
    await client().send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    const { Attributes } = await client().send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }),
    );
    expect(Attributes).toMatchObject({
      QueueArn: 'arn:aws:sqs:eu-west-1:111122223333:jobs',
      ApproximateNumberOfMessages: '0',
      ApproximateNumberOfMessagesNotVisible: '0',
      VisibilityTimeout: '30',
    });
  });

  it('raises the typed exceptions', async () => {
    const QueueUrl = `${aws.endpoint}/111122223333/absent`;
    await expect(
      client().send(new SendMessageCommand({ QueueUrl, MessageBody: 'x' })),
    ).rejects.toBeInstanceOf(QueueDoesNotExist);
    model.createQueue('jobs', { VisibilityTimeout: '10' });
    const again = { QueueName: 'jobs', Attributes: { VisibilityTimeout: '11' } };
    await expect(client().send(new CreateQueueCommand(again))).rejects.toBeInstanceOf(
      QueueNameExists,
    );
  });
});

describe('messages', () => {
  const client = () => new SQSClient(aws.client);
  const receive = (QueueUrl: string, more = {}) =>
    client()
      .send(new ReceiveMessageCommand({ QueueUrl, ...more }))
      .then(({ Messages = [] }) => Messages.map(({ Body }) => Body));

  it('come back when the visibility timeout has passed in virtual time', async () => {
    const queue = model.createQueue('jobs', { VisibilityTimeout: '60' });
    const url = model.urlOf(queue);
    queue.send('one');
    expect(await receive(url)).toEqual(['one']);
    expect(await receive(url)).toEqual([]);
    await aws.world.clock.sleep(61_000);
    expect(await receive(url)).toEqual(['one']);
  });

  it('received too often move to the dead-letter queue', async () => {
    const dead = model.createQueue('dead', {});
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: 2 });
    const queue = model.createQueue('jobs', { RedrivePolicy, VisibilityTimeout: '0' });
    queue.send('poison');
    const url = model.urlOf(queue);
    expect(await receive(url)).toEqual(['poison']);
    expect(await receive(url)).toEqual(['poison']);
    expect(await receive(url)).toEqual([]);
    expect(dead.counts()).toEqual({ visible: 1, inFlight: 0, delayed: 0 });
    expect(await receive(model.urlOf(dead))).toEqual(['poison']);
  });

  it('end a long poll when they arrive, and the poll lets time jump meanwhile', async () => {
    const queue = model.createQueue('jobs', {});
    const polled = receive(model.urlOf(queue), { WaitTimeSeconds: 20 });
    await aws.world.clock.sleep(5_000);
    queue.send('late');
    expect(await polled).toEqual(['late']);
  });

  it('do not appear before their delay, and a long poll waits for that', async () => {
    const queue = model.createQueue('jobs', { DelaySeconds: '3' });
    queue.send('delayed');
    expect(queue.counts()).toEqual({ visible: 0, inFlight: 0, delayed: 1 });
    const polled = receive(model.urlOf(queue), { WaitTimeSeconds: 10 });
    await aws.world.clock.sleep(4_000);
    expect(await polled).toEqual(['delayed']);
  });

  it('are journaled and purged', async () => {
    const queue = model.createQueue('jobs', {});
    model.send(queue.arn, 'x', { RULE_ARN: 'r' });
    expect(aws.world.journal.of('message.queued')).toMatchObject([
      { queueArn: queue.arn, body: 'x' },
    ]);
    await client().send(new PurgeQueueCommand({ QueueUrl: model.urlOf(queue) }));
    expect(queue.counts().visible).toBe(0);
  });

  it('are refused a handle that is none', async () => {
    const QueueUrl = model.urlOf(model.createQueue('jobs', {}));
    await expect(
      client().send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: 'nonsense' })),
    ).rejects.toBeInstanceOf(ReceiptHandleIsInvalid);
  });

  it('can be sent by old clients that name the queue only by the address they post to', async () => {
    const queue = model.createQueue('jobs', {});
    const answer = await fetch(model.urlOf(queue), {
      method: 'POST',
      body: new URLSearchParams({
        Action: 'SendMessage',
        Version: '2012-11-05',
        MessageBody: 'old',
      }),
    });
    expect(answer.status).toBe(200);
    expect(queue.receive({ maxMessages: 1 })).toMatchObject([{ body: 'old' }]);
  });
});

it('attributes that are not modelled are refused', async () => {
  const client = new SQSClient(aws.client);
  await expect(
    client.send(new CreateQueueCommand({ QueueName: 'a', Attributes: { Colour: 'x' } as never })),
  ).rejects.toThrow('Unknown Attribute Colour');
});
