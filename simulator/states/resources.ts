import type { UpdateStateMachineCommandOutput } from '@aws-sdk/client-sfn';
import { z } from 'zod';
import { cfnBoolean, cfnTags } from '../cloudformation/property-schemas.ts';
import { type ResourceProviders, resource } from '../cloudformation/resource-provider.ts';
import { serviceApi } from '../cloudformation/service-api.ts';
import { tagChanges } from '../cloudformation/tag-changes.ts';
import type { World } from '../core/world.ts';
import { substitute } from './definition/substitute.ts';
import { definitionProperties, definitionText, isOneSource } from './definition-source.ts';
import { initialRevision } from './machines/versions.ts';
import type { StatesModel } from './model.ts';
import { versionResources } from './version-resources.ts';
import { statesWire } from './wire.ts';

const substitution = z.union([z.string(), z.number(), z.boolean()]);

const stateMachineProperties = z
  .strictObject({
    StateMachineName: z.string().optional(),
    StateMachineType: z.enum(['STANDARD', 'EXPRESS']).optional(),
    RoleArn: z.string(),
    ...definitionProperties,
    DefinitionSubstitutions: z.record(z.string(), substitution).optional(),
    LoggingConfiguration: z
      .strictObject({
        Level: z.enum(['ALL', 'ERROR', 'FATAL', 'OFF']).optional(),
        IncludeExecutionData: cfnBoolean.optional(),
        Destinations: z
          .array(
            z.strictObject({
              CloudWatchLogsLogGroup: z.strictObject({ LogGroupArn: z.string() }).optional(),
            }),
          )
          .optional(),
      })
      .optional(),
    TracingConfiguration: z.strictObject({ Enabled: cfnBoolean.optional() }).optional(),
    Tags: cfnTags,
  })
  .refine(isOneSource, {
    error: 'need exactly one of DefinitionString, Definition and DefinitionS3Location',
  });

type StateMachineProperties = z.output<typeof stateMachineProperties>;

/** CloudFormation types of Step Functions. `Ref` of a state machine is its ARN. */
export function statesResources(model: StatesModel, world: World): ResourceProviders {
  const api = serviceApi(() => statesWire(model, world));
  return {
    ...versionResources(api),
    'AWS::StepFunctions::StateMachine': resource(
      stateMachineProperties,
      (properties, context) => {
        const text = definitionText(properties, context);
        const machine = model.machines.create({
          name: properties.StateMachineName ?? context.generatedName(80),
          definition: substitute(text, properties.DefinitionSubstitutions ?? {}),
          roleArn: properties.RoleArn,
          type: properties.StateMachineType,
          logging: logging(properties),
          tracing: { enabled: properties.TracingConfiguration?.Enabled ?? false },
          tags: properties.Tags?.map(({ Key, Value }) => ({ key: Key, value: Value })),
        });
        return {
          physicalId: machine.arn,
          attributes: {
            Arn: machine.arn,
            Name: machine.name,
            StateMachineRevisionId: initialRevision,
          },
        };
      },
      {
        replacedBy: ['StateMachineName', 'StateMachineType'],
        nameProperty: 'StateMachineName',
        async update({ physicalId: stateMachineArn, attributes, properties, next }, context) {
          const text = definitionText(next, context);
          const { revisionId } = await api<object, UpdateStateMachineCommandOutput>(
            'UpdateStateMachine',
            {
              stateMachineArn,
              definition: substitute(text, next.DefinitionSubstitutions ?? {}),
              roleArn: next.RoleArn,
              loggingConfiguration: logging(next),
              tracingConfiguration: { enabled: next.TracingConfiguration?.Enabled ?? false },
            },
            context,
          );
          const { set, removed } = tagChanges(properties.Tags, next.Tags);
          const resourceArn = stateMachineArn;
          if (removed.length > 0) {
            await api('UntagResource', { resourceArn, tagKeys: removed }, context);
          }
          if (set.length > 0) {
            const tags = set.map(({ Key, Value }) => ({ key: Key, value: Value }));
            await api('TagResource', { resourceArn, tags }, context);
          }
          return {
            physicalId: stateMachineArn,
            attributes: { ...attributes, StateMachineRevisionId: revisionId },
          };
        },
        async delete({ physicalId: stateMachineArn }, context) {
          await api('DeleteStateMachine', { stateMachineArn }, context);
        },
      },
    ),
  };
}

function logging({ LoggingConfiguration: given }: StateMachineProperties) {
  return {
    level: given?.Level ?? 'OFF',
    includeExecutionData: given?.IncludeExecutionData ?? false,
    ...(given?.Destinations && {
      destinations: given.Destinations.map(({ CloudWatchLogsLogGroup: group }) =>
        group ? { cloudWatchLogsLogGroup: { logGroupArn: group.LogGroupArn } } : {},
      ),
    }),
  };
}
