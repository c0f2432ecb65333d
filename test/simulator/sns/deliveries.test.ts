import {
  CreateTopicCommand,
  GetSubscriptionAttributesCommand,
  PublishBatchCommand,
  PublishCommand,
  SetSubscriptionAttributesCommand,
  SNSClient,
  SubscribeCommand,
} from '@aws-sdk/client-sns';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Invocation } from '../../../simulator/core/services.ts';
import { SnsModel } from '../../../simulator/sns/model.ts';
import { snsWire } from '../../../simulator/sns/wire.ts';
import { SqsModel } from '../../../simulator/sqs/model.ts';
import { type SimulatedAws, simulatedAws } from '../wire/simulated-aws.ts';

let aws: SimulatedAws;
let sns: SNSClient;
let sqs: SqsModel;
let model: SnsModel;
let TopicArn = '';
let invocations: Invocation[];

beforeEach(async () => {
  invocations = [];
  aws = await simulatedAws((world) => {
    model = new SnsModel(world);
    sqs = new SqsModel(world);
    world.provide('sqs', sqs);
    world.provide('lambda', {
      crash: async () => {},
      pause: async () => {},
      exists: () => true,
      invoke: async (invocation) => {
        invocations.push(invocation);
        return { statusCode: 202, requestId: 'r' };
      },
    });
    return [snsWire(model, world)];
  });
  sns = new SNSClient(aws.client);
  TopicArn = (await sns.send(new CreateTopicCommand({ Name: 'releases' }))).TopicArn ?? '';
});
afterEach(async () => {
  await model.stop();
  await aws.stop();
});

const policyFor = (sourceArn: string, Effect = 'Allow') =>
  JSON.stringify({
    Statement: {
      Effect,
      Principal: { Service: 'sns.amazonaws.com' },
      Action: 'sqs:SendMessage',
      Resource: '*',
      Condition: { ArnEquals: { 'aws:SourceArn': sourceArn } },
    },
  });
const subscribe = (Endpoint: string, Attributes: Record<string, string> = {}, Protocol = 'sqs') =>
  sns.send(
    new SubscribeCommand({ TopicArn, Protocol, Endpoint, Attributes, ReturnSubscriptionArn: true }),
  );
const attributesOf = async (SubscriptionArn: string | undefined) =>
  (await sns.send(new GetSubscriptionAttributesCommand({ SubscriptionArn }))).Attributes;
const bodies = (name: string) =>
  sqs
    .byName(name)
    .receive({ maxMessages: 10 })
    .map(({ body }) => body);

describe('delivery to a queue', () => {
  it.each([
    ['no policy', {}],
    ['a policy for another topic', { Policy: policyFor('arn:aws:sns:eu-west-1:111122223333:x') }],
  ])('is not made to one with %s, and goes to the redrive queue', async (_, attributes) => {
    const queue = sqs.createQueue('inbox', attributes);
    const dead = sqs.createQueue('dead', { Policy: policyFor(TopicArn) });
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: dead.arn });
    await subscribe(queue.arn, { RedrivePolicy, RawMessageDelivery: 'true' });
    await sns.send(new PublishCommand({ TopicArn, Message: 'm' }));
    expect([bodies('inbox'), bodies('dead')]).toEqual([[], ['m']]);
    expect(aws.world.journal.of('notification.failed')).toMatchObject([
      {
        endpoint: queue.arn,
        reason: `User: sns.amazonaws.com is not authorized to perform: sqs:SendMessage on resource: ${queue.arn} because no resource-based policy allows the sqs:SendMessage action`,
      },
    ]);
  });
});

describe('a service that publishes', () => {
  const sender = {
    principal: 'events.amazonaws.com',
    sourceArn: 'arn:aws:events:eu-west-1:111122223333:rule/r',
  };
  it('needs the policy of the topic', () => {
    const publish = () => model.publish(TopicArn, { message: 'm' }, sender);
    expect(publish).toThrow(
      `User: events.amazonaws.com is not authorized to perform: sns:Publish on resource: ${TopicArn}`,
    );
    const Statement = {
      Effect: 'Allow',
      Principal: { Service: 'events.amazonaws.com' },
      Action: 'sns:Publish',
      Resource: TopicArn,
    };
    model.setTopicAttribute(TopicArn, 'Policy', JSON.stringify({ Statement: [Statement] }));
    expect(publish()).toMatch(/^[0-9a-f-]{36}$/);
    const denied = JSON.stringify({ Statement: [Statement, { ...Statement, Effect: 'Deny' }] });
    model.setTopicAttribute(TopicArn, 'Policy', denied);
    expect(publish).toThrow('with an explicit deny in a resource-based policy');
  });
});

describe('filter policies', () => {
  const publish = (Message: string, attributes: Record<string, [string, string]> = {}) =>
    sns.send(
      new PublishCommand({
        TopicArn,
        Message,
        MessageAttributes: Object.fromEntries(
          Object.entries(attributes).map(([name, [DataType, StringValue]]) => [
            name,
            { DataType, StringValue },
          ]),
        ),
      }),
    );
  const inbox = async (FilterPolicy: object, more = {}) => {
    const queue = sqs.createQueue('inbox', { Policy: policyFor(TopicArn) });
    const filter = { FilterPolicy: JSON.stringify(FilterPolicy), ...more };
    return subscribe(queue.arn, { RawMessageDelivery: 'true', ...filter });
  };

  it('choose by attributes: all keys, any value; numbers, lists and prefixes', async () => {
    const policy = {
      event: [{ prefix: 'order_' }, 'refund'],
      price: [{ numeric: ['>=', 100] }],
      interests: ['rugby'],
    };
    await inbox(policy);
    const fits = {
      event: ['String', 'order_placed'],
      price: ['Number', '100'],
      interests: ['String.Array', '["soccer","rugby"]'],
    } as const;
    await publish('fits', { ...fits, more: ['String', 'x'] } as never);
    await publish('too cheap', { ...fits, price: ['Number', '99.5'] } as never);
    await publish('no list', { event: fits.event, price: fits.price } as never);
    await publish('none');
    expect(bodies('inbox')).toEqual(['fits']);
  });

  it('choose by the body, nested keys included', async () => {
    await inbox(
      { order: { state: [{ 'anything-but': ['draft'] }] } },
      { FilterPolicyScope: 'MessageBody' },
    );
    for (const state of ['draft', 'paid']) await publish(JSON.stringify({ order: { state } }));
    await publish('not JSON');
    expect(bodies('inbox')).toEqual(['{"order":{"state":"paid"}}']);
  });

  it('are set, shown and taken away', async () => {
    const { SubscriptionArn } = await inbox({ event: ['a'] });
    expect(await attributesOf(SubscriptionArn)).toMatchObject({
      FilterPolicy: '{"event":["a"]}',
      FilterPolicyScope: 'MessageAttributes',
      RawMessageDelivery: 'true',
      PendingConfirmation: 'false',
      ConfirmationWasAuthenticated: 'true',
    });
    const unset = { AttributeName: 'FilterPolicy', AttributeValue: '{}' };
    await sns.send(new SetSubscriptionAttributesCommand({ SubscriptionArn, ...unset }));
    expect(await attributesOf(SubscriptionArn)).not.toHaveProperty('FilterPolicy');
    await publish('now everything');
    expect(bodies('inbox')).toEqual(['now everything']);
  });

  it.each([
    [{ FilterPolicy: '{"a":{"b":["c"]}}' }, 'does not support nested filter policy'],
    [{ FilterPolicy: '{"a":"b"}' }, 'FilterPolicy: "a" must be an object or an array'],
    [{ FilterPolicyScope: 'Other', FilterPolicy: '{"a":["b"]}' }, 'FilterPolicyScope'],
    [
      {
        FilterPolicy: JSON.stringify(Object.fromEntries([...'abcdef'].map((key) => [key, ['x']]))),
      },
      'Invalid parameter: Attributes Reason: FilterPolicy: Filter policy can not have more than 5 keys',
    ],
    [
      { FilterPolicy: JSON.stringify({ a: Array(13).fill('x'), b: Array(12).fill('y') }) },
      'Filter policy is too complex',
    ],
    [{ RawMessageDelivery: 'maybe' }, 'Must be true or false'],
    [{ RedrivePolicy: '{}' }, 'deadLetterTargetArn'],
    [{ ReplayPolicy: '{}' }, 'ReplayPolicy is not simulated'],
  ])('and other attributes are refused: %j', async (attributes, text) => {
    await expect(
      subscribe('arn:aws:sqs:eu-west-1:111122223333:q', attributes as never),
    ).rejects.toThrow(text);
  });
});

it('a function is invoked with the record of SNS, as SNS', async () => {
  const Endpoint = 'arn:aws:lambda:eu-west-1:111122223333:function:tell';
  await subscribe(Endpoint, {}, 'lambda');
  const { MessageId } = await sns.send(new PublishCommand({ TopicArn, Message: 'm' }));
  expect(invocations).toMatchObject([
    {
      functionName: Endpoint,
      type: 'Event',
      invoker: { principal: 'sns.amazonaws.com', sourceArn: TopicArn },
      payload: {
        Records: [
          {
            EventSource: 'aws:sns',
            EventVersion: '1.0',
            Sns: { Type: 'Notification', MessageId, TopicArn, Message: 'm', Subject: null },
          },
        ],
      },
    },
  ]);
});

it('PublishBatch tells of each entry', async () => {
  const PublishBatchRequestEntries = [
    { Id: 'a', Message: 'one' },
    { Id: 'b', Message: 'two', Subject: 'bad\nsubject' },
  ];
  expect(
    await sns.send(new PublishBatchCommand({ TopicArn, PublishBatchRequestEntries })),
  ).toMatchObject({
    Successful: [{ Id: 'a', MessageId: expect.stringMatching(/^[0-9a-f-]{36}$/) }],
    Failed: [{ Id: 'b', Code: 'InvalidParameter', SenderFault: true }],
  });
  await expect(
    sns.send(
      new PublishBatchCommand({
        TopicArn,
        PublishBatchRequestEntries: [
          { Id: 'a', Message: '1' },
          { Id: 'a', Message: '2' },
        ],
      }),
    ),
  ).rejects.toMatchObject({ name: 'BatchEntryIdsNotDistinctException' });
});
