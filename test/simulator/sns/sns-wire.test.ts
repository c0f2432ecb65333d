import {
  CreateTopicCommand,
  GetTopicAttributesCommand,
  ListSubscriptionsByTopicCommand,
  ListTopicsCommand,
  NotFoundException,
  PublishCommand,
  SNSClient,
  SubscribeCommand,
} from '@aws-sdk/client-sns';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SnsModel } from '../../../simulator/sns/model.ts';
import { snsWire } from '../../../simulator/sns/wire.ts';
import { SqsModel } from '../../../simulator/sqs/model.ts';
import { type SimulatedAws, simulatedAws } from '../wire/simulated-aws.ts';

let aws: SimulatedAws;
let sns: SNSClient;
let sqs: SqsModel;
let model: SnsModel;
let TopicArn = '';

beforeEach(async () => {
  aws = await simulatedAws((world) => {
    model = new SnsModel(world);
    sqs = new SqsModel(world);
    world.provide('sqs', sqs);
    return [snsWire(model, world)];
  });
  sns = new SNSClient(aws.client);
  TopicArn = (await sns.send(new CreateTopicCommand({ Name: 'releases' }))).TopicArn ?? '';
});
afterEach(() => aws.stop());

/** A queue that topics may send to. */
const openQueue = (name: string) =>
  sqs.createQueue(name, {
    Policy: JSON.stringify({
      Statement: {
        Effect: 'Allow',
        Principal: { Service: 'sns.amazonaws.com' },
        Action: 'sqs:SendMessage',
        Resource: '*',
        Condition: { ArnEquals: { 'aws:SourceArn': TopicArn } },
      },
    }),
  });
const received = (name: string) =>
  sqs
    .byName(name)
    .receive({ maxMessages: 10 })
    .map(({ body }) => body);

describe('Publish', () => {
  it('journals the notification and delivers it in an envelope to a queue', async () => {
    const queue = openQueue('inbox');
    await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: queue.arn }));
    const { MessageId } = await sns.send(
      new PublishCommand({ TopicArn, Subject: 'shop deployed', Message: 'v2 & <more>' }),
    );
    expect(aws.world.journal.of('notification.published')).toMatchObject([
      { topicArn: TopicArn, subject: 'shop deployed', message: 'v2 & <more>' },
    ]);
    expect(received('inbox').map((body) => JSON.parse(body))).toMatchObject([
      {
        Type: 'Notification',
        MessageId,
        TopicArn,
        Subject: 'shop deployed',
        Message: 'v2 & <more>',
      },
    ]);
  });

  it('delivers the bare message, with its attributes, where delivery is raw', async () => {
    const queue = openQueue('raw');
    await sns.send(
      new SubscribeCommand({
        TopicArn,
        Protocol: 'sqs',
        Endpoint: queue.arn,
        Attributes: { RawMessageDelivery: 'true' },
      }),
    );
    await sns.send(
      new PublishCommand({
        TopicArn,
        Message: 'plain',
        MessageAttributes: { outcome: { DataType: 'String', StringValue: 'deployed' } },
      }),
    );
    expect(queue.receive({ maxMessages: 1 })).toMatchObject([
      { body: 'plain', attributes: { outcome: { StringValue: 'deployed' } } },
    ]);
  });

  it('picks the text for the protocol from a JSON message', async () => {
    const queue = openQueue('inbox');
    model.subscribe(TopicArn, 'sqs', queue.arn, { RawMessageDelivery: 'true' });
    const Message = JSON.stringify({ default: 'short', sqs: 'for queues' });
    await sns.send(new PublishCommand({ TopicArn, Message, MessageStructure: 'json' }));
    expect(received('inbox')).toEqual(['for queues']);
  });

  it.each([
    [{ Message: 'x', Subject: 'a\nb' }, 'Invalid parameter: Subject'],
    [{ Message: 'x', Subject: 'a'.repeat(101) }, 'at most 100 characters'],
    [{ Message: '' }, 'Empty message'],
    [{ Message: 'x', PhoneNumber: '+1' }, 'Member PhoneNumber of sns:Publish is not simulated'],
  ])('refuses %j', async (input, text) => {
    await expect(sns.send(new PublishCommand({ TopicArn, ...input }))).rejects.toThrow(text);
  });

  it('to an absent topic is NotFound', async () => {
    await expect(
      sns.send(new PublishCommand({ TopicArn: `${TopicArn}x`, Message: 'm' })),
    ).rejects.toBeInstanceOf(NotFoundException);
  });

  it('succeeds although a subscribed queue is gone', async () => {
    const Endpoint = 'arn:aws:sqs:eu-west-1:111122223333:gone';
    await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint }));
    const { MessageId } = await sns.send(new PublishCommand({ TopicArn, Message: 'm' }));
    expect(MessageId).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe('subscriptions', () => {
  it('by email stay pending', async () => {
    const answer = await sns.send(
      new SubscribeCommand({ TopicArn, Protocol: 'email', Endpoint: 'ops@example.com' }),
    );
    expect(answer.SubscriptionArn).toBe('pending confirmation');
    const { Attributes } = await sns.send(new GetTopicAttributesCommand({ TopicArn }));
    expect(Attributes).toMatchObject({ SubscriptionsPending: '1', SubscriptionsConfirmed: '0' });
  });

  it.each([
    ['firehose', 'arn:x', 'firehose is not simulated'],
    ['lambda', 'arn:x', 'Lambda endpoint ARN'],
    ['http', 'https://127.0.0.1/', 'Endpoint must match the specified protocol'],
  ])('to %s %s are refused', async (Protocol, Endpoint, text) => {
    await expect(sns.send(new SubscribeCommand({ TopicArn, Protocol, Endpoint }))).rejects.toThrow(
      text,
    );
  });

  it('are listed in pages of 100', async () => {
    for (let index = 0; index < 101; index++) {
      model.subscribe(TopicArn, 'email', `${index}@example.com`);
    }
    const first = await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn }));
    const NextToken = first.NextToken ?? '';
    const second = await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn, NextToken }));
    expect(first.Subscriptions).toHaveLength(100);
    expect(second.Subscriptions?.map(({ Endpoint }) => Endpoint)).toEqual(['100@example.com']);
    expect(second.NextToken).toBeUndefined();
  });
});

it('topics are listed by ARN', async () => {
  await sns.send(new CreateTopicCommand({ Name: 'alarms' }));
  const { Topics } = await sns.send(new ListTopicsCommand({}));
  expect(Topics?.map((topic) => topic.TopicArn?.split(':').at(-1))).toEqual(['alarms', 'releases']);
});
