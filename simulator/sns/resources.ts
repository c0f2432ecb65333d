import { z } from 'zod';
import { cfnBoolean, cfnJson, cfnTags } from '../cloudformation/property-schemas.ts';
import { type ResourceProviders, resource } from '../cloudformation/resource-provider.ts';
import type { World } from '../core/world.ts';
import type { SnsModel } from './model.ts';

const topicProperties = z.strictObject({
  TopicName: z.string().optional(),
  DisplayName: z.string().optional(),
  Subscription: z.array(z.strictObject({ Protocol: z.string(), Endpoint: z.string() })).optional(),
  Tags: cfnTags,
});

const topicPolicyProperties = z.strictObject({
  Topics: z.array(z.string()),
  PolicyDocument: cfnJson,
});

const subscriptionProperties = z.strictObject({
  TopicArn: z.string(),
  Protocol: z.string(),
  Endpoint: z.string(),
  RawMessageDelivery: cfnBoolean.optional(),
});

export function snsResources(model: SnsModel, _world: World): ResourceProviders {
  return {
    'AWS::SNS::Topic': resource(topicProperties, (properties, context) => {
      const { DisplayName } = properties;
      const name = properties.TopicName ?? context.generatedName(256);
      const topic = model.createTopic(name, DisplayName === undefined ? {} : { DisplayName });
      for (const { Protocol, Endpoint } of properties.Subscription ?? []) {
        model.subscribe(topic.arn, Protocol, Endpoint, { rawMessageDelivery: false });
      }
      return {
        physicalId: topic.arn,
        attributes: { TopicArn: topic.arn, TopicName: topic.name },
      };
    }),
    'AWS::SNS::TopicPolicy': resource(topicPolicyProperties, (properties, context) => {
      for (const topicArn of properties.Topics) {
        const topic = model.topic(topicArn);
        const Policy = JSON.stringify(properties.PolicyDocument);
        topic.attributes = { ...topic.attributes, Policy };
      }
      return { physicalId: context.generatedName(256) };
    }),
    'AWS::SNS::Subscription': resource(subscriptionProperties, (properties) => {
      const { TopicArn, Protocol, Endpoint, RawMessageDelivery } = properties;
      const subscription = model.subscribe(TopicArn, Protocol, Endpoint, {
        rawMessageDelivery: RawMessageDelivery ?? false,
      });
      return { physicalId: subscription.arn, attributes: { Arn: subscription.arn } };
    }),
  };
}
