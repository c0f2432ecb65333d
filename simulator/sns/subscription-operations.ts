import type {
  GetSubscriptionAttributesCommandInput,
  GetSubscriptionAttributesCommandOutput,
  ListSubscriptionsByTopicCommandInput,
  ListSubscriptionsByTopicCommandOutput,
  ListSubscriptionsCommandInput,
  ListSubscriptionsCommandOutput,
  SubscribeCommandInput,
  SubscribeCommandOutput,
  UnsubscribeCommandInput,
  UnsubscribeCommandOutput,
  Subscription as WireSubscription,
} from '@aws-sdk/client-sns';
import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import { operation, type WireOperation } from '../wire/operation.ts';
import type { SnsModel } from './model.ts';
import { pageOf } from './page.ts';
import type { Subscription } from './topic.ts';

/** Operations on subscriptions. */
export function subscriptionOperations(
  model: SnsModel,
  world: World,
): Record<string, WireOperation> {
  const show = (one: Subscription): WireSubscription => ({
    SubscriptionArn: one.confirmed ? one.arn : 'PendingConfirmation',
    TopicArn: one.topicArn,
    Protocol: one.protocol,
    Endpoint: one.endpoint,
    Owner: world.identity.accountId,
  });
  return {
    Subscribe: operation<SubscribeCommandInput, SubscribeCommandOutput>(
      ['TopicArn', 'Protocol', 'Endpoint', 'Attributes', 'ReturnSubscriptionArn'],
      ({ TopicArn = '', Protocol = '', Endpoint = '', Attributes, ReturnSubscriptionArn }) => {
        const subscription = model.subscribe(TopicArn, Protocol, Endpoint, {
          rawMessageDelivery: readRaw(Attributes),
        });
        const shown = subscription.confirmed || ReturnSubscriptionArn;
        return { SubscriptionArn: shown ? subscription.arn : 'pending confirmation' };
      },
    ),
    Unsubscribe: operation<UnsubscribeCommandInput, UnsubscribeCommandOutput>(
      ['SubscriptionArn'],
      ({ SubscriptionArn = '' }) => {
        model.unsubscribe(SubscriptionArn);
        return {};
      },
    ),
    ListSubscriptions: operation<ListSubscriptionsCommandInput, ListSubscriptionsCommandOutput>(
      ['NextToken'],
      ({ NextToken }) => {
        const { items, more } = pageOf(model.subscriptions(), NextToken);
        return { Subscriptions: items.map(show), ...more };
      },
    ),
    ListSubscriptionsByTopic: operation<
      ListSubscriptionsByTopicCommandInput,
      ListSubscriptionsByTopicCommandOutput
    >(['TopicArn', 'NextToken'], ({ TopicArn = '', NextToken }) => {
      const { items, more } = pageOf(model.topic(TopicArn).subscriptions, NextToken);
      return { Subscriptions: items.map(show), ...more };
    }),
    GetSubscriptionAttributes: operation<
      GetSubscriptionAttributesCommandInput,
      GetSubscriptionAttributesCommandOutput
    >(['SubscriptionArn'], ({ SubscriptionArn }) => {
      const found = model.subscriptions().find((one) => one.arn === SubscriptionArn);
      if (!found) throw new AwsError('NotFoundException', 'Subscription does not exist');
      return {
        Attributes: {
          SubscriptionArn: found.arn,
          TopicArn: found.topicArn,
          Protocol: found.protocol,
          Endpoint: found.endpoint,
          Owner: world.identity.accountId,
          RawMessageDelivery: `${found.rawMessageDelivery}`,
          PendingConfirmation: `${!found.confirmed}`,
        },
      };
    }),
  };
}

function readRaw(attributes: Readonly<Record<string, string>> = {}): boolean {
  for (const name of Object.keys(attributes)) {
    if (name !== 'RawMessageDelivery') {
      throw new AwsError(
        'InvalidParameterException',
        `Invalid parameter: Attributes Reason: ${name} is not simulated`,
      );
    }
  }
  return attributes.RawMessageDelivery?.toLowerCase() === 'true';
}
