import { z } from 'zod';
import { cfnBoolean, cfnJson, cfnJsonOrText, cfnTags } from '../cloudformation/property-schemas.ts';
import { type ResourceProviders, resource } from '../cloudformation/resource-provider.ts';
import { serviceApi } from '../cloudformation/service-api.ts';
import { changeTags } from '../cloudformation/tag-changes.ts';
import type { World } from '../core/world.ts';
import type { SnsModel } from './model.ts';
import { snsWire } from './wire.ts';

const topicProperties = z.strictObject({
  TopicName: z.string().optional(),
  DisplayName: z.string().optional(),
  KmsMasterKeyId: z.string().optional(),
  Subscription: z.array(z.strictObject({ Protocol: z.string(), Endpoint: z.string() })).optional(),
  Tags: cfnTags,
});

const topicPolicyProperties = z.strictObject({
  Topics: z.array(z.string()),
  PolicyDocument: cfnJsonOrText(cfnJson),
});

const subscriptionProperties = z.strictObject({
  TopicArn: z.string(),
  Protocol: z.string(),
  Endpoint: z.string(),
  RawMessageDelivery: cfnBoolean.optional(),
  FilterPolicy: z.union([cfnJson, z.string()]).optional(),
  FilterPolicyScope: z.enum(['MessageAttributes', 'MessageBody']).optional(),
  RedrivePolicy: z.union([cfnJson, z.string()]).optional(),
});

/** What a template says of a topic itself; keys encrypt nothing here. */
function topicAttributes({
  DisplayName,
  KmsMasterKeyId,
}: z.output<typeof topicProperties>): Record<string, string> {
  return {
    ...(DisplayName !== undefined && { DisplayName }),
    ...(KmsMasterKeyId !== undefined && { KmsMasterKeyId }),
  };
}

/** All settable attributes, empty where the template gives none. */
function attributesOf(properties: z.output<typeof subscriptionProperties>): Record<string, string> {
  const { FilterPolicy, FilterPolicyScope, RedrivePolicy, RawMessageDelivery } = properties;
  const json = (value: unknown) =>
    value === undefined || typeof value === 'string' ? (value ?? '') : JSON.stringify(value);
  return {
    RawMessageDelivery: RawMessageDelivery ? 'true' : '',
    FilterPolicyScope: FilterPolicyScope ?? '',
    FilterPolicy: json(FilterPolicy),
    RedrivePolicy: json(RedrivePolicy),
  };
}

export function snsResources(model: SnsModel, world: World): ResourceProviders {
  const api = serviceApi(() => snsWire(model, world));
  return {
    'AWS::SNS::Topic': resource(
      topicProperties,
      (properties, context) => {
        const name = properties.TopicName ?? context.generatedName(256);
        const topic = model.createTopic(
          name,
          topicAttributes(properties),
          new Map((properties.Tags ?? []).map(({ Key, Value }) => [Key, Value])),
        );
        for (const { Protocol, Endpoint } of properties.Subscription ?? []) {
          model.subscribe(topic.arn, Protocol, Endpoint);
        }
        return {
          physicalId: topic.arn,
          attributes: { TopicArn: topic.arn, TopicName: topic.name },
        };
      },
      {
        replacedBy: ['TopicName'],
        nameProperty: 'TopicName',
        async update({ physicalId, properties, next }, context) {
          const topic = model.topic(physicalId);
          const { DisplayName: _name, KmsMasterKeyId: _key, ...others } = topic.attributes;
          topic.attributes = { ...others, ...topicAttributes(next) };
          const key = ({ Protocol, Endpoint }: { Protocol: string; Endpoint: string }) =>
            `${Protocol} ${Endpoint}`;
          const before = new Set((properties.Subscription ?? []).map(key));
          const after = new Set((next.Subscription ?? []).map(key));
          for (const subscription of model.subscriptions()) {
            const { arn, protocol, endpoint, topicArn } = subscription;
            const own = `${protocol} ${endpoint}`;
            if (topicArn === physicalId && before.has(own) && !after.has(own))
              model.unsubscribe(arn);
          }
          for (const each of next.Subscription ?? []) {
            if (before.has(key(each))) continue;
            model.subscribe(physicalId, each.Protocol, each.Endpoint);
          }
          const ResourceArn = physicalId;
          await changeTags(properties.Tags, next.Tags, {
            set: (Tags) => api('TagResource', { ResourceArn, Tags }, context),
            remove: (TagKeys) => api('UntagResource', { ResourceArn, TagKeys }, context),
          });
          return undefined;
        },
        delete: ({ physicalId }) => model.deleteTopic(physicalId),
      },
    ),
    'AWS::SNS::TopicPolicy': resource(
      topicPolicyProperties,
      (properties, context) => {
        for (const topicArn of properties.Topics) {
          const topic = model.topic(topicArn);
          const Policy = JSON.stringify(properties.PolicyDocument);
          topic.attributes = { ...topic.attributes, Policy };
        }
        return { physicalId: context.generatedName(256) };
      },
      {
        update({ properties, next }) {
          for (const arn of properties.Topics) withoutPolicy(model, arn);
          for (const arn of next.Topics) {
            const topic = model.topic(arn);
            const Policy = JSON.stringify(next.PolicyDocument);
            topic.attributes = { ...topic.attributes, Policy };
          }
          return undefined;
        },
        delete({ properties }) {
          for (const arn of properties.Topics) withoutPolicy(model, arn);
        },
      },
    ),
    'AWS::SNS::Subscription': resource(
      subscriptionProperties,
      (properties) => {
        const { TopicArn, Protocol, Endpoint } = properties;
        const attributes = attributesOf(properties);
        const subscription = model.subscribe(TopicArn, Protocol, Endpoint, attributes);
        return { physicalId: subscription.arn, attributes: { Arn: subscription.arn } };
      },
      {
        replacedBy: ['TopicArn', 'Protocol', 'Endpoint'],
        update({ physicalId, next }) {
          for (const [name, value] of Object.entries(attributesOf(next))) {
            model.setSubscriptionAttribute(physicalId, name, value);
          }
          return undefined;
        },
        delete: ({ physicalId }) => model.unsubscribe(physicalId),
      },
    ),
  };
}

function withoutPolicy(model: SnsModel, arn: string): void {
  const topic = model.topic(arn);
  const { Policy: _policy, ...attributes } = topic.attributes;
  topic.attributes = attributes;
}
