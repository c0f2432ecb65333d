import { z } from 'zod';
import type { CloudFormationModel, Stack, StackOptions } from './model.ts';
import { PartlyCreatedError } from './partly-created-error.ts';
import { cfnNumber, cfnTags } from './property-schemas.ts';
import { readTemplateSource } from './read-template-source.ts';
import { type ResourceContext, type ResourceProviders, resource } from './resource-provider.ts';
import type { StackEngine } from './stack-engine.ts';

const value = z.union([z.string(), z.number(), z.boolean()]).transform(String);

const stackProperties = z.strictObject({
  TemplateURL: z.string(),
  /** A list becomes one text with commas, as list parameters want it. */
  Parameters: z
    .record(z.string(), z.union([value, z.array(value).transform((list) => list.join(','))]))
    .optional(),
  TimeoutInMinutes: cfnNumber.optional(),
  /** Kept and shown; nobody is notified. */
  NotificationARNs: z.array(z.string()).optional(),
  Tags: cfnTags,
});

type Properties = z.output<typeof stackProperties>;

/** A stack as a resource of another; its outputs are attributes named `Outputs.NAME`. */
export function nestedStacks(
  model: CloudFormationModel,
  engineWith: (resourceMs: number) => StackEngine,
): ResourceProviders {
  const plan = (
    engine: StackEngine,
    properties: Properties,
    parent: Stack,
    stackName: string,
    existing?: Stack,
  ) => {
    const { TemplateURL, Parameters = {} } = properties;
    const templateBody = readTemplateSource(model.world, { TemplateURL });
    return engine.plan({ stackName, templateBody, existing }, Parameters, parent.capabilities);
  };
  return {
    'AWS::CloudFormation::Stack': resource(
      stackProperties,
      async (properties, context) => {
        const { engine, parent } = surroundings(model, engineWith, context);
        const planned = plan(engine, properties, parent, context.generatedName(128));
        // What is left of a failed one goes with the parent's rollback.
        const options = optionsOf(properties, parent);
        const stack = engine.create(planned, options, 'DO_NOTHING', parent.stackId);
        context.step?.initiated(stack.stackId);
        await stack.running;
        if (stack.status === 'CREATE_COMPLETE') return described(stack);
        throw new PartlyCreatedError(
          `Embedded stack ${stack.stackId} was not successfully created: ${stack.statusReason}`,
          stack.stackId,
        );
      },
      {
        // Its template may have changed behind the same address.
        alwaysUpdated: true,
        async update({ physicalId, next }, context) {
          const { engine, parent } = surroundings(model, engineWith, context);
          const stack = found(model, physicalId);
          if (stack.status === 'UPDATE_IN_PROGRESS') engine.cancelUpdate(stack);
          await stack.running;
          const planned = plan(engine, next, parent, stack.stackName, stack);
          const options = optionsOf(next, parent);
          if (!engine.hasChanges(stack, planned, options)) return described(stack);
          engine.update(stack, planned, options);
          await stack.running;
          if (stack.status === 'UPDATE_COMPLETE') return described(stack);
          throw new Error(
            `Embedded stack ${stack.stackId} was not successfully updated. Currently in ${stack.status} with reason: ${rollbackReason(stack)}`,
          );
        },
        async delete({ physicalId }, context) {
          const { engine, parent } = surroundings(model, engineWith, context);
          const stack = model.find(physicalId);
          if (!stack) return;
          const { caller, roleArn } = parent;
          engine.delete(stack, [], { caller, roleArn });
          await stack.running;
          if (stack.status === 'DELETE_COMPLETE') return;
          throw new Error(
            `Embedded stack ${stack.stackId} was not successfully deleted: ${stack.statusReason}`,
          );
        },
      },
    ),
  };
}

function surroundings(
  model: CloudFormationModel,
  engineWith: (resourceMs: number) => StackEngine,
  { step }: ResourceContext,
): { engine: StackEngine; parent: Stack } {
  if (!step) throw new Error('a nested stack belongs to a stack');
  return { engine: engineWith(step.resourceMs), parent: found(model, step.stackId) };
}

function found(model: CloudFormationModel, stackId: string): Stack {
  const stack = model.find(stackId);
  if (!stack) throw new Error(`Stack ${stackId} does not exist`);
  return stack;
}

function optionsOf(
  { Tags = [], NotificationARNs = [], TimeoutInMinutes }: Properties,
  parent: Stack,
): Partial<StackOptions> {
  const { capabilities, caller, roleArn, disableRollback, clientRequestToken } = parent;
  return {
    tags: Tags,
    notificationArns: NotificationARNs,
    timeoutMinutes: TimeoutInMinutes,
    capabilities,
    caller,
    roleArn,
    disableRollback,
    clientRequestToken,
  };
}

function described({ stackId, outputs }: Stack) {
  const attributes = Object.fromEntries(
    outputs.map(({ key, value: output }) => [`Outputs.${key}`, output]),
  );
  return { physicalId: stackId, attributes };
}

function rollbackReason({ events, statusReason }: Stack): string {
  const begun = events.findLast(({ status }) => status.endsWith('UPDATE_ROLLBACK_IN_PROGRESS'));
  return statusReason ?? begun?.reason ?? '';
}
