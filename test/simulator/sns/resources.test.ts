import { expect, it } from 'vitest';
import { SnsModel } from '../../../simulator/sns/model.ts';
import { snsResources } from '../../../simulator/sns/resources.ts';
import { createTestWorld } from '../../support/simulator/fake-world.ts';
import { createResource } from '../wire/create-resource.ts';

it('a topic with policy and subscription is created from a template', async () => {
  const world = createTestWorld();
  const model = new SnsModel(world);
  const create = (type: string, properties: unknown) =>
    createResource(snsResources(model, world), world, type, properties);
  const topicArn = 'arn:aws:sns:eu-west-1:111122223333:releases';
  const topic = await create('AWS::SNS::Topic', { TopicName: 'releases', DisplayName: 'Releases' });
  expect(topic).toEqual({
    physicalId: topicArn,
    attributes: { TopicArn: topicArn, TopicName: 'releases' },
  });
  await create('AWS::SNS::TopicPolicy', { Topics: [topicArn], PolicyDocument: { Statement: [] } });
  const Endpoint = 'arn:aws:sqs:eu-west-1:111122223333:inbox';
  const subscription = {
    TopicArn: topicArn,
    Protocol: 'sqs',
    Endpoint,
    RawMessageDelivery: 'true',
  };
  await create('AWS::SNS::Subscription', subscription);
  expect(model.topic(topicArn)).toMatchObject({
    attributes: { DisplayName: 'Releases', Policy: '{"Statement":[]}' },
    subscriptions: [{ endpoint: Endpoint, rawMessageDelivery: true, confirmed: true }],
  });
});
