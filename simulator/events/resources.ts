import type {
  DeleteRuleCommandInput,
  PutRuleCommandInput,
  PutRuleCommandOutput,
  PutTargetsCommandInput,
  RemoveTargetsCommandInput,
  TagResourceCommandInput,
  Target,
  UntagResourceCommandInput,
} from '@aws-sdk/client-eventbridge';
import { z } from 'zod';
import { cfnJson, cfnNumber, cfnTags } from '../cloudformation/property-schemas.ts';
import {
  type ResourceContext,
  type ResourceProviders,
  resource,
} from '../cloudformation/resource-provider.ts';
import { serviceApi } from '../cloudformation/service-api.ts';
import { tagChanges } from '../cloudformation/tag-changes.ts';
import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import { busResources } from './bus-resources.ts';
import type { EventsModel } from './model.ts';
import { eventsWire } from './wire.ts';

const targetProperties = z.strictObject({
  Id: z.string(),
  Arn: z.string(),
  RoleArn: z.string().optional(),
  Input: z.string().optional(),
  InputPath: z.string().optional(),
  InputTransformer: z
    .strictObject({
      InputPathsMap: z.record(z.string(), z.string()).optional(),
      InputTemplate: z.string(),
    })
    .optional(),
  DeadLetterConfig: z.strictObject({ Arn: z.string().optional() }).optional(),
  RetryPolicy: z
    .strictObject({
      MaximumRetryAttempts: cfnNumber.optional(),
      MaximumEventAgeInSeconds: cfnNumber.optional(),
    })
    .optional(),
});

const ruleProperties = z.strictObject({
  Name: z.string().optional(),
  Description: z.string().max(512).optional(),
  EventBusName: z.string().optional(),
  EventPattern: z.union([cfnJson, z.string()]).optional(),
  ScheduleExpression: z.string().optional(),
  State: z.string().optional(),
  RoleArn: z.string().optional(),
  Targets: z.array(targetProperties).optional(),
  Tags: cfnTags,
});

type RuleProperties = z.output<typeof ruleProperties>;

/** AWS::Events::Rule. `Ref` is the rule's name, with its bus before it when that is not the default one. */
export function eventsResources(model: EventsModel, world: World): ResourceProviders {
  const api = serviceApi(() => eventsWire(model, world));

  const put = async (Name: string, properties: RuleProperties, context: ResourceContext) => {
    const { EventPattern, Targets = [], Tags: _tags, ...rule } = properties;
    const text = typeof EventPattern === 'object' ? JSON.stringify(EventPattern) : EventPattern;
    const { RuleArn } = await api<PutRuleCommandInput, PutRuleCommandOutput>(
      'PutRule',
      {
        ...(rule as Omit<PutRuleCommandInput, 'Name'>),
        Name,
        ...(text !== undefined && { EventPattern: text }),
      },
      context,
    );
    const { EventBusName } = properties;
    if (Targets.length > 0) {
      const input = { Rule: Name, EventBusName, Targets: Targets as Target[] };
      const answer = await api<PutTargetsCommandInput>('PutTargets', input, context);
      refuseFailures(answer);
    }
    return RuleArn ?? '';
  };

  const removeTargets = async (
    Rule: string,
    EventBusName: string | undefined,
    Ids: string[],
    context: ResourceContext,
  ) => {
    if (Ids.length === 0) return;
    await api<RemoveTargetsCommandInput>('RemoveTargets', { Rule, EventBusName, Ids }, context);
  };

  return {
    ...busResources(api),
    'AWS::Events::Rule': resource(
      ruleProperties,
      async (properties, context) => {
        const name = properties.Name ?? context.generatedName(64);
        const arn = await put(name, properties, context);
        const tags = properties.Tags ?? [];
        if (tags.length > 0) {
          const input = { ResourceARN: arn, Tags: tags };
          await api<TagResourceCommandInput>('TagResource', input, context);
        }
        const bus = properties.EventBusName ?? 'default';
        const physicalId = bus === 'default' ? name : `${bus}|${name}`;
        return { physicalId, attributes: { Arn: arn } };
      },
      {
        replacedBy: ['Name', 'EventBusName'],
        nameProperty: 'Name',
        async update({ physicalId, attributes, properties, next }, context) {
          const name = ruleName(physicalId);
          const kept = new Set((next.Targets ?? []).map(({ Id }) => Id));
          const gone = (properties.Targets ?? []).filter(({ Id }) => !kept.has(Id));
          const ids = gone.map(({ Id }) => Id);
          await removeTargets(name, next.EventBusName, ids, context);
          await put(name, next, context);
          const ResourceARN = String(attributes.Arn);
          const { set, removed } = tagChanges(properties.Tags, next.Tags);
          if (removed.length > 0) {
            const input = { ResourceARN, TagKeys: removed };
            await api<UntagResourceCommandInput>('UntagResource', input, context);
          }
          if (set.length > 0) {
            const input = { ResourceARN, Tags: set };
            await api<TagResourceCommandInput>('TagResource', input, context);
          }
          return undefined;
        },
        async delete({ physicalId, properties }, context) {
          const Name = ruleName(physicalId);
          const { EventBusName, Targets = [] } = properties;
          const ids = Targets.map(({ Id }) => Id);
          await removeTargets(Name, EventBusName, ids, context);
          await api<DeleteRuleCommandInput>('DeleteRule', { Name, EventBusName }, context);
        },
      },
    ),
  };
}

function ruleName(physicalId: string): string {
  return physicalId.slice(physicalId.indexOf('|') + 1);
}

function refuseFailures(answer: unknown): void {
  const { FailedEntries = [] } = answer as {
    FailedEntries?: { ErrorCode?: string; ErrorMessage?: string; TargetId?: string }[];
  };
  const [first] = FailedEntries;
  if (!first) return;
  const { ErrorCode = 'InternalException', ErrorMessage, TargetId } = first;
  throw new AwsError(ErrorCode, `Target ${TargetId}: ${ErrorMessage}`);
}
