import { createResource } from './create-resource.ts';
import { deleteAll } from './delete-stack.ts';
import type { CloudFormationModel, Stack, StackOptions } from './model.ts';
import type { PlannedStack } from './plan-stack.ts';
import type { ResourceProviders } from './resource-provider.ts';
import { stackStatus } from './stack-events.ts';
import { stackOutputs } from './stack-outputs.ts';
import { ResourceFailure, type StackWork, stackScope } from './stack-work.ts';
import { StackCreationError } from './template-refused-error.ts';

export type OnFailure = 'ROLLBACK' | 'DELETE' | 'DO_NOTHING';

/** Creates the resources of a planned stack one after the other. Throws StackCreationError at the first failure. */
export async function createStack(
  model: CloudFormationModel,
  providers: ResourceProviders,
  planned: PlannedStack,
): Promise<Stack> {
  const stack = newStack(model, planned);
  model.add(stack);
  const { world } = model;
  const work: StackWork = { model, world, providers, stack, pace: { resourceMs: 0 } };
  try {
    await createResources(work, planned);
    return stack;
  } catch (error) {
    throw operationError('CREATE_FAILED', stack, error);
  }
}

/** The same for a stack that is in the model already, with what follows a failure. Never rejects. */
export async function runCreation(
  work: StackWork,
  planned: PlannedStack,
  onFailure: OnFailure,
): Promise<void> {
  const { stack } = work;
  try {
    await createResources(work, planned);
  } catch {
    // Cancelled by a deletion, which takes over.
    if (onFailure === 'DO_NOTHING' || stack.cancellation.signal.aborted) return;
    const reason = `${stack.statusReason ?? ''} ${onFailure === 'DELETE' ? 'Delete' : 'Rollback'} requested by user.`;
    const status = onFailure === 'DELETE' ? 'DELETE' : 'ROLLBACK';
    await undoCreation(work, status, reason.trim());
  }
}

/** Deletes what a creation made that failed. Never rejects. */
export async function undoCreation(
  work: StackWork,
  status: 'DELETE' | 'ROLLBACK',
  reason: string,
  retainExceptOnCreate = false,
): Promise<void> {
  const { world, stack } = work;
  stackStatus(world, stack, `${status}_IN_PROGRESS`, reason);
  const failed = await deleteAll(work, { rollback: true, retainExceptOnCreate });
  if (failed.length > 0) {
    const names = failed.map(({ resource }) => resource.logicalId).join(', ');
    const why = `The following resource(s) failed to delete: [${names}]. `;
    stackStatus(world, stack, `${status}_FAILED`, why);
    return;
  }
  stackStatus(world, stack, `${status}_COMPLETE`);
}

export function newStack(
  model: CloudFormationModel,
  planned: PlannedStack,
  options: Partial<StackOptions> = {},
  parentId?: string,
): Stack {
  const { stackName, stackId, template, templateBody } = planned;
  return {
    stackId,
    stackName,
    description: template.Description,
    parameters: planned.shownParameters,
    template,
    templateBody,
    createdAtMs: model.world.clock.now(),
    updatedAtMs: undefined,
    deletedAtMs: undefined,
    resources: new Map(),
    outputs: [],
    imports: new Set(),
    status: 'CREATE_IN_PROGRESS',
    statusReason: undefined,
    events: [],
    changeSets: new Map(),
    cancellation: new AbortController(),
    running: undefined,
    interruptedUpdate: undefined,
    tags: [],
    capabilities: ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM'],
    notificationArns: [],
    roleArn: undefined,
    caller: undefined,
    disableRollback: true,
    terminationProtection: false,
    timeoutMinutes: undefined,
    clientRequestToken: undefined,
    parentId,
    rootId: (parentId === undefined ? undefined : model.find(parentId)?.rootId) ?? parentId,
    ...options,
  };
}

async function createResources(work: StackWork, planned: PlannedStack): Promise<void> {
  const { world, stack } = work;
  const imports = new Set<string>();
  const scope = stackScope(work, planned.template, planned.parameters, imports);
  stackStatus(world, stack, 'CREATE_IN_PROGRESS', 'User Initiated');
  try {
    for (const logicalId of planned.order) {
      stack.cancellation.signal.throwIfAborted();
      await createResource(work, planned.template, scope, logicalId);
    }
    stack.outputs = stackOutputs(work, planned.template, scope);
    stack.imports = imports;
    stackStatus(world, stack, 'CREATE_COMPLETE');
  } catch (error) {
    stackStatus(world, stack, 'CREATE_FAILED', failedToCreate(error));
    throw error;
  }
}

function failedToCreate(error: unknown): string {
  if (error instanceof ResourceFailure) {
    return `The following resource(s) failed to create: [${error.resource.logicalId}].`;
  }
  return error instanceof Error ? error.message : String(error);
}

export function operationError(
  status: 'CREATE_FAILED' | 'UPDATE_FAILED',
  { stackName }: Stack,
  error: unknown,
): unknown {
  if (!(error instanceof ResourceFailure)) return error;
  const { logicalId, type } = error.resource;
  const { cause } = error;
  const reason = cause instanceof Error ? cause.message : error.reason;
  return new StackCreationError({ status, stackName, logicalId, type, reason }, { cause });
}
