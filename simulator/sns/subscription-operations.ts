import type {
  ConfirmSubscriptionCommandInput,
  ConfirmSubscriptionCommandOutput,
  GetSubscriptionAttributesCommandInput,
  GetSubscriptionAttributesCommandOutput,
  ListSubscriptionsByTopicCommandInput,
  ListSubscriptionsByTopicCommandOutput,
  ListSubscriptionsCommandInput,
  ListSubscriptionsCommandOutput,
  SetSubscriptionAttributesCommandInput,
  SetSubscriptionAttributesCommandOutput,
  SubscribeCommandInput,
  SubscribeCommandOutput,
  UnsubscribeCommandInput,
  UnsubscribeCommandOutput,
  Subscription as WireSubscription,
} from '@aws-sdk/client-sns';
import type { World } from '../core/world.ts';
import { operation, type WireOperation } from '../wire/operation.ts';
import { checkArn } from './check-arn.ts';
import type { SnsModel } from './model.ts';
import { pageOf } from './page.ts';
import { describeSubscription } from './subscription-attributes.ts';
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
        const subscription = model.subscribe(TopicArn, Protocol, Endpoint, Attributes);
        const shown = subscription.confirmed || ReturnSubscriptionArn;
        return { SubscriptionArn: shown ? subscription.arn : 'pending confirmation' };
      },
    ),
    Unsubscribe: operation<UnsubscribeCommandInput, UnsubscribeCommandOutput>(
      ['SubscriptionArn'],
      ({ SubscriptionArn = '' }) => {
        checkArn('SubscriptionArn', SubscriptionArn);
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
    >(['SubscriptionArn'], ({ SubscriptionArn = '' }) => {
      const found = model.subscription(SubscriptionArn);
      const topic = model.topic(found.topicArn);
      return { Attributes: describeSubscription(found, topic, world.identity.accountId) };
    }),
    SetSubscriptionAttributes: operation<
      SetSubscriptionAttributesCommandInput,
      SetSubscriptionAttributesCommandOutput
    >(
      ['SubscriptionArn', 'AttributeName', 'AttributeValue'],
      ({ SubscriptionArn = '', AttributeName = '', AttributeValue = '' }) => {
        model.setSubscriptionAttribute(SubscriptionArn, AttributeName, AttributeValue);
        return {};
      },
    ),
    // Who may unsubscribe is not told apart afterwards.
    ConfirmSubscription: operation<
      ConfirmSubscriptionCommandInput,
      ConfirmSubscriptionCommandOutput
    >(['TopicArn', 'Token', 'AuthenticateOnUnsubscribe'], ({ TopicArn = '', Token = '' }) => ({
      SubscriptionArn: model.confirm(TopicArn, Token).arn,
    })),
  };
}
