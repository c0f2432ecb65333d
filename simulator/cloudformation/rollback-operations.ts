import type {
  CancelUpdateStackCommandInput,
  ContinueUpdateRollbackCommandInput,
  RollbackStackCommandInput,
  RollbackStackCommandOutput,
} from '@aws-sdk/client-cloudformation';
import { operation, type WireOperation } from '../wire/operation.ts';
import type { CloudFormationModel, Stack } from './model.ts';
import type { StackEngine } from './stack-engine.ts';
import { validationError } from './validation-error.ts';

/** What interrupts stack operations, resumes their rollback or begins it late. */
export function rollbackOperations(engine: StackEngine): Record<string, WireOperation> {
  const { model } = engine;
  return {
    CancelUpdateStack: operation<CancelUpdateStackCommandInput, object>(
      ['StackName', 'ClientRequestToken'],
      ({ StackName }) => {
        engine.cancelUpdate(livingStack(model, StackName));
        return {};
      },
    ),
    ContinueUpdateRollback: operation<ContinueUpdateRollbackCommandInput, object>(
      ['StackName', 'RoleARN', 'ResourcesToSkip', 'ClientRequestToken'],
      ({ StackName, ResourcesToSkip = [] }) => {
        engine.continueRollback(livingStack(model, StackName), ResourcesToSkip);
        return {};
      },
    ),
    RollbackStack: operation<RollbackStackCommandInput, RollbackStackCommandOutput>(
      ['StackName', 'RoleARN', 'ClientRequestToken', 'RetainExceptOnCreate'],
      (input, { caller }) => {
        const stack = livingStack(model, input.StackName);
        model.access?.checkRole(input.RoleARN);
        engine.rollBack(stack, input.RetainExceptOnCreate ?? false, {
          caller,
          clientRequestToken: input.ClientRequestToken,
          ...(input.RoleARN !== undefined && { roleArn: input.RoleARN }),
        });
        return { StackId: stack.stackId };
      },
    ),
  };
}

/** Throws AwsError ValidationError for a stack that is not there or was deleted. */
export function livingStack(model: CloudFormationModel, name: string | undefined): Stack {
  const stack = model.find(name ?? '');
  if (stack && stack.status !== 'DELETE_COMPLETE') return stack;
  throw validationError(`Stack [${name}] does not exist`);
}
