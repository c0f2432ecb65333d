import type {
  CreateActivityCommandOutput,
  CreateStateMachineAliasCommandOutput,
  PublishStateMachineVersionCommandOutput,
} from '@aws-sdk/client-sfn';
import { z } from 'zod';
import { cfnNumber, cfnTags } from '../cloudformation/property-schemas.ts';
import { type ResourceProviders, resource } from '../cloudformation/resource-provider.ts';
import type { ServiceApi } from '../cloudformation/service-api.ts';
import { changeTags } from '../cloudformation/tag-changes.ts';

const aliasProperties = z.strictObject({
  Name: z.string().optional(),
  Description: z.string().optional(),
  /** DeploymentPreference, a gradual shift by CloudFormation, is not modelled. */
  RoutingConfiguration: z
    .array(z.strictObject({ StateMachineVersionArn: z.string(), Weight: cfnNumber }))
    .min(1),
});

/** Activities, versions and aliases of state machines; `Ref` of each is its ARN. */
export function versionResources(api: ServiceApi): ResourceProviders {
  return {
    'AWS::StepFunctions::Activity': resource(
      z.strictObject({ Name: z.string(), Tags: cfnTags }),
      async ({ Name: name, Tags = [] }, context) => {
        const tags = Tags.map(({ Key, Value }) => ({ key: Key, value: Value }));
        const { activityArn = '' } = await api<object, CreateActivityCommandOutput>(
          'CreateActivity',
          { name, tags },
          context,
        );
        return { physicalId: activityArn, attributes: { Arn: activityArn, Name: name } };
      },
      {
        replacedBy: ['Name'],
        async update({ physicalId: resourceArn, properties, next }, context) {
          await changeTags(properties.Tags, next.Tags, {
            set: (set) => {
              const tags = set.map(({ Key, Value }) => ({ key: Key, value: Value }));
              return api('TagResource', { resourceArn, tags }, context);
            },
            remove: (tagKeys) => api('UntagResource', { resourceArn, tagKeys }, context),
          });
          return undefined;
        },
        async delete({ physicalId: activityArn }, context) {
          await api('DeleteActivity', { activityArn }, context);
        },
      },
    ),
    'AWS::StepFunctions::StateMachineVersion': resource(
      z.strictObject({
        StateMachineArn: z.string(),
        StateMachineRevisionId: z.string().optional(),
        Description: z.string().optional(),
      }),
      async (properties, context) => {
        const { StateMachineArn: stateMachineArn, StateMachineRevisionId: revisionId } = properties;
        const { Description: description } = properties;
        const { stateMachineVersionArn: arn = '' } = await api<
          object,
          PublishStateMachineVersionCommandOutput
        >('PublishStateMachineVersion', { stateMachineArn, revisionId, description }, context);
        return { physicalId: arn, attributes: { Arn: arn } };
      },
      {
        replacedBy: 'all',
        async delete({ physicalId: stateMachineVersionArn }, context) {
          await api('DeleteStateMachineVersion', { stateMachineVersionArn }, context);
        },
      },
    ),
    'AWS::StepFunctions::StateMachineAlias': resource(
      aliasProperties,
      async (properties, context) => {
        const name = properties.Name ?? context.generatedName(80);
        const { stateMachineAliasArn: arn = '' } = await api<
          object,
          CreateStateMachineAliasCommandOutput
        >('CreateStateMachineAlias', { name, ...aliasOf(properties) }, context);
        return { physicalId: arn, attributes: { Arn: arn } };
      },
      {
        replacedBy: ['Name'],
        nameProperty: 'Name',
        async update({ physicalId: stateMachineAliasArn, next }, context) {
          const input = { stateMachineAliasArn, ...aliasOf(next) };
          await api('UpdateStateMachineAlias', input, context);
          return undefined;
        },
        async delete({ physicalId: stateMachineAliasArn }, context) {
          await api('DeleteStateMachineAlias', { stateMachineAliasArn }, context);
        },
      },
    ),
  };
}

function aliasOf({ Description, RoutingConfiguration }: z.output<typeof aliasProperties>) {
  return {
    description: Description,
    routingConfiguration: RoutingConfiguration.map((each) => ({
      stateMachineVersionArn: each.StateMachineVersionArn,
      weight: each.Weight,
    })),
  };
}
