import {
  GetTopicAttributesCommand,
  PublishCommand,
  SetSubscriptionAttributesCommand,
  SNSClient,
  SubscribeCommand,
  UnsubscribeCommand,
} from '@aws-sdk/client-sns';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { SnsModel } from '../../../simulator/sns/model.ts';
import { snsWire } from '../../../simulator/sns/wire.ts';
import { type SimulatedAws, simulatedAws } from '../wire/simulated-aws.ts';

let aws: SimulatedAws;
let sns: SNSClient;
let TopicArn: string;

beforeEach(async () => {
  aws = await simulatedAws((world) => {
    const model = new SnsModel(world);
    TopicArn = model.createTopic('news').arn;
    return [snsWire(model, world)];
  });
  sns = new SNSClient(aws.client);
});
afterEach(() => aws.stop());

it.each([
  ['', 1],
  ['news', 1],
  ['arn:aws:sns', 3],
])(
  'a topic named %j, which is no ARN, is refused with the count of its elements',
  async (text, count) => {
    const refused = {
      name: 'InvalidParameterException',
      message: `Invalid parameter: TopicArn Reason: An ARN must have at least 6 elements, not ${count}`,
    };
    const publish = new PublishCommand({ TopicArn: text, Message: 'm' });
    await expect(sns.send(publish)).rejects.toMatchObject(refused);
    const read = new GetTopicAttributesCommand({ TopicArn: text });
    await expect(sns.send(read)).rejects.toMatchObject(refused);
  },
);

it('nobody is unsubscribed by what a list shows of a pending subscription; one that is gone may go again', async () => {
  const leave = (SubscriptionArn: string) => sns.send(new UnsubscribeCommand({ SubscriptionArn }));
  await expect(leave('PendingConfirmation')).rejects.toMatchObject({
    name: 'InvalidParameterException',
    message:
      'Invalid parameter: SubscriptionArn Reason: An ARN must have at least 6 elements, not 1',
  });
  const gone = await leave(`${TopicArn}:00000000-0000-4000-8000-000000000000`);
  expect(gone.$metadata.httpStatusCode).toBe(200);
});

it.each([
  ['json', '{"default": "x"} }', 'JSON message body failed to parse'],
  ['json', '{"sqs":"x"}', 'No default entry in JSON message body'],
  ['json', 'null', 'No default entry in JSON message body'],
  ['yaml', 'default: x', 'Unknown structure'],
])('a message of structure %s is refused: %s', async (MessageStructure, Message, reason) => {
  const publish = new PublishCommand({ TopicArn, MessageStructure, Message });
  await expect(sns.send(publish)).rejects.toMatchObject({
    name: 'InvalidParameterException',
    message: `Invalid parameter: Message Structure - ${reason}`,
  });
});

it('an attribute is faulty as one of Attributes to Subscribe, by itself when it is set', async () => {
  const Endpoint = 'arn:aws:sqs:eu-west-1:111122223333:inbox';
  const to = { TopicArn, Protocol: 'sqs', Endpoint };
  const Attributes = { FilterPolicy: '{"a":{"b":["c"]}}' };
  const reason = 'Filter policy scope MessageAttributes does not support nested filter policy';
  await expect(sns.send(new SubscribeCommand({ ...to, Attributes }))).rejects.toMatchObject({
    message: `Invalid parameter: Attributes Reason: ${reason}`,
  });
  const { SubscriptionArn } = await sns.send(new SubscribeCommand(to));
  const set = (AttributeName: string, AttributeValue: string) =>
    sns.send(
      new SetSubscriptionAttributesCommand({ SubscriptionArn, AttributeName, AttributeValue }),
    );
  await expect(set('FilterPolicy', Attributes.FilterPolicy)).rejects.toMatchObject({
    message: `Invalid parameter: ${reason}`,
  });
});
