import {
  AddPermissionCommand,
  CreateTopicCommand,
  GetTopicAttributesCommand,
  ListTagsForResourceCommand,
  RemovePermissionCommand,
  SetTopicAttributesCommand,
  SNSClient,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-sns';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { SnsModel } from '../../../simulator/sns/model.ts';
import { snsWire } from '../../../simulator/sns/wire.ts';
import { type SimulatedAws, simulatedAws } from '../wire/simulated-aws.ts';

let aws: SimulatedAws;
let sns: SNSClient;

beforeEach(async () => {
  aws = await simulatedAws((world) => [snsWire(new SnsModel(world), world)]);
  sns = new SNSClient(aws.client);
});
afterEach(() => aws.stop());

const create = async (input: object = {}) =>
  (await sns.send(new CreateTopicCommand({ Name: 'releases', ...input }))).TopicArn ?? '';
const attributesOf = async (TopicArn: string) =>
  (await sns.send(new GetTopicAttributesCommand({ TopicArn }))).Attributes ?? {};
const set = (TopicArn: string, AttributeName: string, AttributeValue: string) =>
  sns.send(new SetTopicAttributesCommand({ TopicArn, AttributeName, AttributeValue }));

it("a topic has AWS's default policies until others are set, and again when they are emptied", async () => {
  const TopicArn = await create();
  const before = await attributesOf(TopicArn);
  expect(JSON.parse(before.Policy ?? '')).toMatchObject({
    Id: '__default_policy_ID',
    Statement: [{ Condition: { StringEquals: { 'AWS:SourceOwner': '111122223333' } } }],
  });
  expect(JSON.parse(before.EffectiveDeliveryPolicy ?? '')).toMatchObject({
    http: { defaultHealthyRetryPolicy: { numRetries: 3, minDelayTarget: 20 } },
  });
  await set(TopicArn, 'Policy', '{"Statement":[]}');
  await set(TopicArn, 'DisplayName', 'Releases');
  expect(await attributesOf(TopicArn)).toMatchObject({
    Policy: '{"Statement":[]}',
    DisplayName: 'Releases',
  });
  await set(TopicArn, 'Policy', '');
  expect((await attributesOf(TopicArn)).Policy).toBe(before.Policy);
});

it.each([
  ['FifoTopic', 'true', 'FIFO topics are not simulated'],
  ['Colour', 'red', 'Colour is not simulated'],
  ['Policy', '{', 'failed to parse policy'],
  ['DisplayName', 'x'.repeat(101), 'DisplayName'],
])('attribute %s=%s is refused', async (name, value, text) => {
  const TopicArn = await create();
  await expect(set(TopicArn, name, value)).rejects.toThrow(text);
});

it('tags are set with the topic, listed, added and removed', async () => {
  const ResourceArn = await create({ Tags: [{ Key: 'team', Value: 'a' }] });
  const Tags = [{ Key: 'stage', Value: 'test' }];
  await sns.send(new TagResourceCommand({ ResourceArn, Tags }));
  await sns.send(new UntagResourceCommand({ ResourceArn, TagKeys: ['team'] }));
  const listed = await sns.send(new ListTagsForResourceCommand({ ResourceArn }));
  expect(listed.Tags).toEqual(Tags);
});

it('creating again gives the topic, unless attributes or tags differ', async () => {
  const Tags = [{ Key: 'team', Value: 'a' }];
  const first = await create({ Tags, Attributes: { DisplayName: 'x' } });
  expect(await create({ Tags })).toBe(first);
  await expect(create({ Tags: [{ Key: 'team', Value: 'b' }] })).rejects.toThrow('different tags');
  await expect(create({ Attributes: { DisplayName: 'y' } })).rejects.toThrow(
    'different attributes',
  );
});

it('permissions become statements beside the default one, and go by their label', async () => {
  const TopicArn = await create();
  const add = (ActionName: string[]) =>
    sns.send(
      new AddPermissionCommand({
        TopicArn,
        Label: 'send',
        AWSAccountId: ['222233334444'],
        ActionName,
      }),
    );
  const statements = async () => JSON.parse((await attributesOf(TopicArn)).Policy ?? '').Statement;
  await expect(add(['Fly'])).rejects.toThrow('Policy statement action out of service scope!');
  await add(['Publish']);
  expect(await statements()).toMatchObject([
    { Sid: '__default_statement_ID' },
    {
      Sid: 'send',
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::222233334444:root' },
      Action: 'SNS:Publish',
      Resource: TopicArn,
    },
  ]);
  await expect(add(['Publish'])).rejects.toThrow('Statement already exists');
  await sns.send(new RemovePermissionCommand({ TopicArn, Label: 'send' }));
  expect(await statements()).toMatchObject([{ Sid: '__default_statement_ID' }]);
});
