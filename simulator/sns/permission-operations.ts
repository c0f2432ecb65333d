import type {
  AddPermissionCommandInput,
  AddPermissionCommandOutput,
  RemovePermissionCommandInput,
  RemovePermissionCommandOutput,
} from '@aws-sdk/client-sns';
import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import { accountPrincipals, withoutStatement, withStatement } from '../iam/labelled-statements.ts';
import { operation, type WireOperation } from '../wire/operation.ts';
import type { SnsModel } from './model.ts';
import { defaultPolicy } from './topic-attributes.ts';

/** What a topic's policy can speak of (SNS guide, "Valid Amazon SNS policy actions"). */
const topicActions = [
  'AddPermission',
  'DeleteTopic',
  'GetDataProtectionPolicy',
  'GetTopicAttributes',
  'ListSubscriptionsByTopic',
  'ListTagsForResource',
  'Publish',
  'PutDataProtectionPolicy',
  'Receive',
  'RemovePermission',
  'SetTopicAttributes',
  'Subscribe',
];

/** Statements of a topic's policy, by their label. */
export function permissionOperations(
  model: SnsModel,
  { identity }: World,
): Record<string, WireOperation> {
  return {
    AddPermission: operation<AddPermissionCommandInput, AddPermissionCommandOutput>(
      ['TopicArn', 'Label', 'AWSAccountId', 'ActionName'],
      ({ TopicArn = '', Label = '', AWSAccountId = [], ActionName = [] }) => {
        const topic = model.topic(TopicArn);
        if (!ActionName.every((action) => topicActions.includes(action))) {
          throw invalid('Policy statement action out of service scope!');
        }
        const before = topic.attributes.Policy ?? defaultPolicy(topic.arn, identity.accountId);
        const names = ActionName.map((action) => `SNS:${action}`);
        const Policy = withStatement(before, '', Label, {
          Principal: accountPrincipals(AWSAccountId),
          Action: names.length === 1 ? names[0] : names,
          Resource: topic.arn,
        });
        if (Policy === undefined) throw invalid('Statement already exists');
        topic.attributes = { ...topic.attributes, Policy };
        return {};
      },
    ),
    /** A label that is not there is no mistake. */
    RemovePermission: operation<RemovePermissionCommandInput, RemovePermissionCommandOutput>(
      ['TopicArn', 'Label'],
      ({ TopicArn = '', Label = '' }) => {
        const topic = model.topic(TopicArn);
        const before = topic.attributes.Policy ?? defaultPolicy(topic.arn, identity.accountId);
        const Policy = withoutStatement(before, Label);
        if (Policy !== undefined) topic.attributes = { ...topic.attributes, Policy };
        return {};
      },
    ),
  };
}

function invalid(reason: string): AwsError {
  return new AwsError('InvalidParameter', `Invalid parameter: ${reason}`);
}
