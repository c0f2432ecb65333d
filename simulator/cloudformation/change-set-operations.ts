import type {
  ChangeSetSummary,
  CreateChangeSetCommandInput,
  CreateChangeSetCommandOutput,
  DeleteChangeSetCommandInput,
  DescribeChangeSetCommandInput,
  DescribeChangeSetCommandOutput,
  ExecuteChangeSetCommandInput,
  ListChangeSetsCommandInput,
  ListChangeSetsCommandOutput,
} from '@aws-sdk/client-cloudformation';
import { AwsError } from '../core/aws-error.ts';
import { type CallContext, operation, type WireOperation } from '../wire/operation.ts';
import type { ChangeSet } from './change-set.ts';
import { newStack } from './create-stack.ts';
import type { CloudFormationModel, Stack } from './model.ts';
import { page } from './page.ts';
import type { PlannedStack } from './plan-stack.ts';
import { readTemplateSource } from './read-template-source.ts';
import type { StackEngine } from './stack-engine.ts';
import { stackStatus } from './stack-events.ts';
import { checkStackName, givenParameters, refuseExpress, stackOptions } from './stack-request.ts';
import { validationError } from './validation-error.ts';
import { shownParameter } from './views.ts';

const nothingToDo =
  "The submitted information didn't contain changes. Submit different information to create a change set.";

/** Change sets are computed at once: they are CREATE_COMPLETE or FAILED when they are first described. */
export function changeSetOperations(engine: StackEngine): Record<string, WireOperation> {
  const { model } = engine;
  return {
    CreateChangeSet: operation<CreateChangeSetCommandInput, CreateChangeSetCommandOutput>(
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
        'ChangeSetName',
        'ClientToken',
        'Description',
        'ChangeSetType',
        'IncludeNestedStacks',
        'OnStackFailure',
        'ImportExistingResources',
        'DeploymentConfig',
      ],
      (input, context) => createChangeSet(engine, input, context),
    ),
    DescribeChangeSet: operation<DescribeChangeSetCommandInput, DescribeChangeSetCommandOutput>(
      ['ChangeSetName', 'StackName', 'NextToken', 'IncludePropertyValues'],
      ({ ChangeSetName, StackName, NextToken }) => {
        const { stack, changeSet } = find(model, ChangeSetName, StackName);
        const { planned, options } = changeSet;
        const { items, nextToken } = page(changeSet.changes, NextToken);
        return {
          ...summary(stack, changeSet),
          Parameters: planned.shownParameters.map(shownParameter),
          Capabilities: [...(options.capabilities ?? [])] as never[],
          NotificationARNs: [...(options.notificationArns ?? stack.notificationArns)],
          RollbackConfiguration: {},
          Tags: [...(options.tags ?? stack.tags)],
          Changes: items,
          NextToken: nextToken,
          ...(changeSet.onStackFailure && { OnStackFailure: changeSet.onStackFailure as 'DELETE' }),
        };
      },
    ),
    ExecuteChangeSet: operation<ExecuteChangeSetCommandInput, object>(
      ['ChangeSetName', 'StackName', 'ClientRequestToken', 'DisableRollback'],
      (input, { caller }) => {
        const { stack, changeSet } = find(model, input.ChangeSetName, input.StackName);
        if (changeSet.executionStatus !== 'AVAILABLE') {
          throw new AwsError(
            'InvalidChangeSetStatus',
            `ChangeSet [${changeSet.id}] cannot be executed in its current status of [${changeSet.status}]`,
            { status: 400 },
          );
        }
        const options = {
          ...changeSet.options,
          caller,
          clientRequestToken: input.ClientRequestToken,
          disableRollback:
            input.DisableRollback ??
            changeSet.disableRollback ??
            changeSet.onStackFailure === 'DO_NOTHING',
        };
        if (stack.status === 'REVIEW_IN_PROGRESS') {
          engine.createReviewed(stack, { ...changeSet, options });
        } else {
          engine.update(stack, changeSet.planned, options);
        }
        // The others were made for a stack that is no longer as it was.
        stack.changeSets.clear();
        changeSet.executionStatus = 'EXECUTE_COMPLETE';
        stack.changeSets.set(changeSet.name, changeSet);
        return {};
      },
    ),
    DeleteChangeSet: operation<DeleteChangeSetCommandInput, object>(
      ['ChangeSetName', 'StackName'],
      ({ ChangeSetName = '', StackName }) => {
        const found = lookUp(model, ChangeSetName, StackName);
        if (found) found.stack.changeSets.delete(found.changeSet.name);
        return {};
      },
    ),
    ListChangeSets: operation<ListChangeSetsCommandInput, ListChangeSetsCommandOutput>(
      ['StackName', 'NextToken'],
      ({ StackName = '', NextToken }) => {
        const stack = requiredStack(model, StackName);
        const all = [...stack.changeSets.values()].reverse();
        const { items, nextToken } = page(all, NextToken);
        return { Summaries: items.map((each) => summary(stack, each)), NextToken: nextToken };
      },
    ),
  };
}

function createChangeSet(
  engine: StackEngine,
  input: CreateChangeSetCommandInput,
  context: CallContext,
) {
  const { model } = engine;
  const { world } = model;
  const { StackName = '', ChangeSetName: name = '', ChangeSetType: type = 'UPDATE' } = input;
  refuseExpress(input.DeploymentConfig);
  if (type === 'IMPORT') {
    throw new AwsError('NotImplemented', 'ChangeSetType IMPORT is not simulated', { status: 400 });
  }
  const found = model.find(StackName);
  const existing = found?.status === 'DELETE_COMPLETE' ? undefined : found;
  if (!existing) checkStackName(StackName);
  const reviewed = existing?.status === 'REVIEW_IN_PROGRESS';
  if (type === 'UPDATE' && (!existing || reviewed)) {
    throw validationError(`Stack [${StackName}] does not exist`);
  }
  if (type === 'CREATE' && existing && !reviewed) {
    throw validationError(
      `Stack [${existing.stackName}] already exists and cannot be created again with the changeSet [${name}].`,
    );
  }
  // An executed change set is no longer valid, its name is free (CloudFormation API reference, ExecuteChangeSet): the
  // AWS CLI names them by the second, within which two deployments may fit here.
  const named = existing?.changeSets.get(name);
  if (named !== undefined && named.executionStatus !== 'EXECUTE_COMPLETE') {
    throw new AwsError(
      'AlreadyExistsException',
      `ChangeSet ${name} cannot be created due to a mismatch with existing attribute Name`,
      { status: 400 },
    );
  }
  if (existing && !reviewed) engine.requireUpdatable(existing);
  const templateBody = readTemplateSource(world, input, existing?.templateBody);
  const planned = engine.plan(
    { stackName: existing?.stackName ?? StackName, templateBody, existing },
    givenParameters(input.Parameters, existing),
    input.Capabilities ?? [],
  );
  model.access?.checkRole(input.RoleARN);
  const { clientRequestToken: _none, ...options } = stackOptions(input, context);
  const stack = existing ?? review(model, planned);
  const idle = !reviewed && existing && !engine.hasChanges(existing, planned, options);
  const { accountId, region } = world.identity;
  const changeSet: ChangeSet = {
    id: `arn:aws:cloudformation:${region}:${accountId}:changeSet/${name}/${world.ids.uuid()}`,
    name,
    type,
    description: input.Description,
    createdAtMs: world.clock.now(),
    planned,
    options,
    onStackFailure: input.OnStackFailure,
    disableRollback: input.DeploymentConfig?.DisableRollback,
    changes: engine.changes(
      reviewed ? undefined : existing,
      planned,
      options.tags ?? existing?.tags,
    ),
    status: idle ? 'FAILED' : 'CREATE_COMPLETE',
    statusReason: idle ? nothingToDo : undefined,
    executionStatus: idle ? 'UNAVAILABLE' : 'AVAILABLE',
  };
  stack.changeSets.set(name, changeSet);
  return { Id: changeSet.id, StackId: stack.stackId };
}

/** A stack of which only a change set exists. */
function review(model: CloudFormationModel, planned: PlannedStack): Stack {
  const stack = newStack(model, planned, { capabilities: [], disableRollback: false });
  stack.template = undefined;
  stack.parameters = [];
  model.add(stack);
  stackStatus(model.world, stack, 'REVIEW_IN_PROGRESS', 'User Initiated');
  return stack;
}

function summary(stack: Stack, changeSet: ChangeSet): ChangeSetSummary {
  return {
    ChangeSetName: changeSet.name,
    ChangeSetId: changeSet.id,
    StackId: stack.stackId,
    StackName: stack.stackName,
    Description: changeSet.description,
    CreationTime: new Date(changeSet.createdAtMs),
    ExecutionStatus: changeSet.executionStatus,
    Status: changeSet.status,
    StatusReason: changeSet.statusReason,
    IncludeNestedStacks: false,
    ImportExistingResources: false,
  };
}

function lookUp(model: CloudFormationModel, nameOrId: string, stackName: string | undefined) {
  if (nameOrId.startsWith('arn:')) {
    return model
      .history()
      .flatMap((stack) => [...stack.changeSets.values()].map((changeSet) => ({ stack, changeSet })))
      .find(({ changeSet }) => changeSet.id === nameOrId);
  }
  if (!stackName) {
    throw validationError(
      'StackName must be specified if ChangeSetName is not specified as an ARN.',
    );
  }
  const stack = requiredStack(model, stackName);
  const changeSet = stack.changeSets.get(nameOrId);
  return changeSet && { stack, changeSet };
}

function find(model: CloudFormationModel, nameOrId = '', stackName: string | undefined) {
  const found = lookUp(model, nameOrId, stackName);
  if (found) return found;
  throw new AwsError('ChangeSetNotFound', `ChangeSet [${nameOrId}] does not exist`, {
    status: 404,
  });
}

function requiredStack(model: CloudFormationModel, name: string): Stack {
  const stack = model.find(name);
  if (!stack) throw validationError(`Stack [${name}] does not exist`);
  return stack;
}
