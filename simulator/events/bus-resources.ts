import type {
  CreateEventBusCommandOutput,
  DescribeEventBusCommandOutput,
} from '@aws-sdk/client-eventbridge';
import { z } from 'zod';
import { cfnJson, cfnJsonOrText, cfnTags } from '../cloudformation/property-schemas.ts';
import {
  type ResourceContext,
  type ResourceProviders,
  resource,
} from '../cloudformation/resource-provider.ts';
import type { ServiceApi } from '../cloudformation/service-api.ts';
import { changeTags } from '../cloudformation/tag-changes.ts';

const busProperties = z.strictObject({
  Name: z.string(),
  Description: z.string().optional(),
  DeadLetterConfig: z.strictObject({ Arn: z.string().optional() }).optional(),
  Policy: cfnJsonOrText(cfnJson).optional(),
  Tags: cfnTags,
});

const policyProperties = z.strictObject({
  EventBusName: z.string().optional(),
  StatementId: z.string(),
  Statement: cfnJson.optional(),
  Action: z.string().optional(),
  Principal: z.string().optional(),
  Condition: z.strictObject({ Key: z.string(), Type: z.string(), Value: z.string() }).optional(),
});

type PolicyProperties = z.output<typeof policyProperties>;

/** AWS::Events::EventBus, whose Ref is its name, and AWS::Events::EventBusPolicy. */
export function busResources(api: ServiceApi): ResourceProviders {
  const setPolicy = async (EventBusName: string, policy: unknown, context: ResourceContext) => {
    const input = policy
      ? { EventBusName, Policy: JSON.stringify(policy) }
      : { EventBusName, RemoveAllPermissions: true };
    await api(policy ? 'PutPermission' : 'RemovePermission', input, context);
  };
  const permit = async (properties: PolicyProperties, context: ResourceContext) => {
    const { EventBusName, StatementId, Statement, ...permission } = properties;
    if (!Statement) {
      await api('PutPermission', { EventBusName, StatementId, ...permission }, context);
      return;
    }
    const { Policy } = await api<object, DescribeEventBusCommandOutput>(
      'DescribeEventBus',
      { Name: EventBusName },
      context,
    );
    const policy = JSON.parse(Policy ?? '{"Statement":[]}') as { Statement: { Sid?: string }[] };
    const others = policy.Statement.filter(({ Sid }) => Sid !== StatementId);
    const renewed = {
      Version: '2012-10-17',
      Statement: [...others, { Sid: StatementId, ...Statement }],
    };
    await setPolicy(EventBusName ?? 'default', renewed, context);
  };
  return {
    'AWS::Events::EventBus': resource(
      busProperties,
      async ({ Policy, ...properties }, context) => {
        const { EventBusArn } = await api<object, CreateEventBusCommandOutput>(
          'CreateEventBus',
          properties,
          context,
        );
        if (Policy) await setPolicy(properties.Name, Policy, context);
        const attributes = { Arn: EventBusArn, Name: properties.Name };
        return { physicalId: properties.Name, attributes };
      },
      {
        replacedBy: ['Name'],
        async update({ physicalId: Name, attributes, properties, next }, context) {
          const { Description, DeadLetterConfig, Policy, Tags } = next;
          await api('UpdateEventBus', { Name, Description, DeadLetterConfig }, context);
          if (Policy || properties.Policy) await setPolicy(Name, Policy, context);
          const ResourceARN = String(attributes.Arn);
          await changeTags(properties.Tags, Tags, {
            set: (tags) => api('TagResource', { ResourceARN, Tags: tags }, context),
            remove: (TagKeys) => api('UntagResource', { ResourceARN, TagKeys }, context),
          });
          return undefined;
        },
        async delete({ physicalId: Name }, context) {
          await api('DeleteEventBus', { Name }, context);
        },
      },
    ),
    'AWS::Events::EventBusPolicy': resource(
      policyProperties,
      async (properties, context) => {
        await permit(properties, context);
        return { physicalId: `${properties.EventBusName ?? 'default'}|${properties.StatementId}` };
      },
      {
        replacedBy: ['EventBusName', 'StatementId'],
        async update({ next }, context) {
          await permit(next, context);
          return undefined;
        },
        async delete({ properties: { EventBusName, StatementId } }, context) {
          await api('RemovePermission', { EventBusName, StatementId }, context);
        },
      },
    ),
  };
}
