import type {
  CreateStackCommandInput,
  CreateStackCommandOutput,
  DeleteStackCommandInput,
  UpdateStackCommandInput,
  UpdateStackCommandOutput,
  UpdateTerminationProtectionCommandInput,
  UpdateTerminationProtectionCommandOutput,
} from '@aws-sdk/client-cloudformation';
import { operation, type WireOperation } from '../wire/operation.ts';
import type { OnFailure } from './create-stack.ts';
import { readTemplateSource } from './read-template-source.ts';
import { livingStack } from './rollback-operations.ts';
import type { StackEngine } from './stack-engine.ts';
import {
  checkStackName,
  givenParameters,
  refuseExpress,
  rollbackDisabled,
  stackOptions,
} from './stack-request.ts';
import { validationError } from './validation-error.ts';

/** CreateStack, UpdateStack, DeleteStack. */
export function stackOperations(engine: StackEngine): Record<string, WireOperation> {
  const { model } = engine;
  const required = (name: string | undefined) => livingStack(model, name);
  return {
    CreateStack: operation<CreateStackCommandInput, CreateStackCommandOutput>(
      [
        'StackName',
        'TemplateBody',
        'TemplateURL',
        'Parameters',
        'DisableRollback',
        'TimeoutInMinutes',
        'Capabilities',
        'RoleARN',
        'NotificationARNs',
        'OnFailure',
        'Tags',
        'ClientRequestToken',
        'EnableTerminationProtection',
        'DeploymentConfig',
      ],
      (input, context) => {
        const { StackName = '', OnFailure, Capabilities = [] } = input;
        const disableRollback = rollbackDisabled(input);
        checkStackName(StackName);
        model.access?.checkRole(input.RoleARN);
        const { ClientRequestToken: token } = input;
        const repeated = model.living(StackName);
        if (token !== undefined && repeated?.clientRequestToken === token) {
          return { StackId: repeated.stackId };
        }
        if (disableRollback !== undefined && OnFailure !== undefined) {
          throw validationError(
            'You can specify either DisableRollback or OnFailure, but not both.',
          );
        }
        const templateBody = readTemplateSource(model.world, input);
        const planned = engine.plan(
          { stackName: StackName, templateBody },
          givenParameters(input.Parameters),
          Capabilities,
        );
        const onFailure = OnFailure ?? (disableRollback ? 'DO_NOTHING' : 'ROLLBACK');
        const stack = engine.create(
          planned,
          {
            ...stackOptions(input, context),
            terminationProtection: input.EnableTerminationProtection ?? false,
            timeoutMinutes: input.TimeoutInMinutes,
          },
          onFailure as OnFailure,
        );
        return { StackId: stack.stackId };
      },
    ),
    UpdateStack: operation<UpdateStackCommandInput, UpdateStackCommandOutput>(
      [
        'StackName',
        'TemplateBody',
        'TemplateURL',
        'UsePreviousTemplate',
        'Parameters',
        'Capabilities',
        'RoleARN',
        'NotificationARNs',
        'Tags',
        'DisableRollback',
        'ClientRequestToken',
        'DeploymentConfig',
      ],
      (input, context) => {
        const existing = required(input.StackName);
        engine.requireUpdatable(existing);
        model.access?.checkRole(input.RoleARN);
        const templateBody = readTemplateSource(model.world, input, existing.templateBody);
        const planned = engine.plan(
          { stackName: existing.stackName, templateBody, existing },
          givenParameters(input.Parameters, existing),
          input.Capabilities ?? [],
        );
        const options = {
          ...stackOptions(input, context),
          disableRollback: rollbackDisabled(input) ?? false,
        };
        if (!engine.hasChanges(existing, planned, options)) {
          throw validationError('No updates are to be performed.');
        }
        engine.update(existing, planned, options);
        return { StackId: existing.stackId };
      },
    ),
    DeleteStack: operation<DeleteStackCommandInput, object>(
      ['StackName', 'RetainResources', 'RoleARN', 'ClientRequestToken', 'DeploymentConfig'],
      (input, { caller }) => {
        refuseExpress(input.DeploymentConfig);
        // Deleting what is not there succeeds.
        const stack = model.find(input.StackName ?? '');
        if (!stack) return {};
        model.access?.checkRole(input.RoleARN);
        engine.delete(stack, input.RetainResources ?? [], {
          caller,
          clientRequestToken: input.ClientRequestToken,
          ...(input.RoleARN !== undefined && { roleArn: input.RoleARN }),
        });
        return {};
      },
    ),
    UpdateTerminationProtection: operation<
      UpdateTerminationProtectionCommandInput,
      UpdateTerminationProtectionCommandOutput
    >(['StackName', 'EnableTerminationProtection'], (input) => {
      const stack = required(input.StackName);
      stack.terminationProtection = input.EnableTerminationProtection ?? false;
      return { StackId: stack.stackId };
    }),
  };
}
