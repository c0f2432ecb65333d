import { operationError } from './create-stack.ts';
import { deleteResource } from './delete-resource.ts';
import { inDeletionOrder } from './delete-stack.ts';
import type { CloudFormationModel, Stack, StackResource } from './model.ts';
import { planChanges } from './plan-changes.ts';
import type { PlannedStack } from './plan-stack.ts';
import type { ResourceProviders } from './resource-provider.ts';
import { rollBackUpdate, type UpdateTrace } from './roll-back-update.ts';
import { sameValue } from './same-value.ts';
import { stackStatus } from './stack-events.ts';
import { stackOutputs } from './stack-outputs.ts';
import { ResourceFailure, type StackWork, stackScope } from './stack-work.ts';
import { updateResource } from './update-resource.ts';

/** Updates a stack at once. Throws StackCreationError when a resource failed and the update was rolled back. */
export async function updateStack(
  model: CloudFormationModel,
  providers: ResourceProviders,
  stack: Stack,
  planned: PlannedStack,
): Promise<Stack> {
  const { world } = model;
  const work: StackWork = { model, world, providers, stack, pace: { resourceMs: 0 } };
  const nothing =
    planChanges(model, providers, stack, planned).length === 0 &&
    sameValue(stack.template?.Outputs, planned.template.Outputs);
  if (nothing) return stack;
  stack.disableRollback = false;
  const failure = await runUpdate(work, planned);
  if (failure !== undefined) throw operationError('UPDATE_FAILED', stack, failure);
  return stack;
}

/**
 * Brings a stack to a planned template: new and changed resources first, then what is no longer needed goes.
 * A failure is rolled back unless the stack's rollback is disabled; it is returned then. Never rejects.
 */
export async function runUpdate(work: StackWork, planned: PlannedStack): Promise<unknown> {
  const { world, stack } = work;
  // After an update that was left as it failed, the stable state is still the one before it.
  const trace = stack.interruptedUpdate ?? newTrace(stack);
  const imports = new Set<string>();
  stack.cancellation = new AbortController();
  stackStatus(world, stack, 'UPDATE_IN_PROGRESS', 'User Initiated');
  applyTemplate(world.clock.now(), stack, planned);
  const scope = stackScope(work, planned.template, planned.parameters, imports);
  let outputs: Stack['outputs'];
  try {
    for (const logicalId of planned.order) {
      stack.cancellation.signal.throwIfAborted();
      await step(work, planned, scope, trace, logicalId);
    }
    stack.cancellation.signal.throwIfAborted();
    outputs = stackOutputs(work, planned.template, scope);
  } catch (error) {
    const reason = failedToUpdate(stack, error);
    if (stack.disableRollback && !stack.cancellation.signal.aborted) {
      stack.interruptedUpdate = trace;
      stackStatus(world, stack, 'UPDATE_FAILED', reason);
    } else {
      await rollBackUpdate(work, trace, reason);
    }
    return error;
  }
  stack.interruptedUpdate = undefined;
  stack.outputs = outputs;
  stack.imports = imports;
  stackStatus(world, stack, 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS');
  await cleanUp(work, planned, trace);
  stackStatus(world, stack, 'UPDATE_COMPLETE');
  return undefined;
}

async function step(
  work: StackWork,
  planned: PlannedStack,
  scope: ReturnType<typeof stackScope>,
  trace: UpdateTrace,
  logicalId: string,
): Promise<void> {
  const held = work.stack.resources.get(logicalId);
  const before = held && { ...held };
  trace.touched.add(logicalId);
  const outcome = await updateResource(work, planned.template, scope, logicalId);
  if (outcome === 'replaced' && before) trace.replaced.push(before);
}

/** Deletes what was replaced and what the template no longer has; what cannot be deleted stays behind. */
async function cleanUp(work: StackWork, planned: PlannedStack, trace: UpdateTrace): Promise<void> {
  const { stack } = work;
  const kept = new Set(planned.order);
  for (const resource of inDeletionOrder(stack)) {
    for (const old of trace.replaced) {
      if (old.logicalId !== resource.logicalId) continue;
      await attempt(() => deleteResource(work, old, old.updateReplacePolicy ?? 'Delete'));
    }
    if (kept.has(resource.logicalId)) continue;
    const { deletionPolicy } = resource;
    const policy = deletionPolicy === 'RetainExceptOnCreate' ? 'Retain' : deletionPolicy;
    await attempt(() => deleteResource(work, resource, policy ?? 'Delete'));
    stack.resources.delete(resource.logicalId);
  }
}

/** During cleanup a failed deletion is only told: the update stands. */
export async function attempt(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof ResourceFailure)) throw error;
  }
}

function newTrace(stack: Stack): UpdateTrace {
  const { template, templateBody, parameters, description, imports } = stack;
  return {
    before: new Map<string, StackResource>(
      [...stack.resources].map(([logicalId, resource]) => [logicalId, { ...resource }]),
    ),
    touched: new Set(),
    replaced: [],
    stack: { template, templateBody, parameters, description, imports },
  };
}

function applyTemplate(nowMs: number, stack: Stack, planned: PlannedStack): void {
  stack.updatedAtMs = nowMs;
  stack.template = planned.template;
  stack.templateBody = planned.templateBody;
  stack.description = planned.template.Description;
  stack.parameters = planned.shownParameters;
}

function failedToUpdate(stack: Stack, error: unknown): string {
  if (stack.cancellation.signal.aborted) return 'User Initiated';
  if (!(error instanceof ResourceFailure)) {
    return error instanceof Error ? error.message : String(error);
  }
  const { logicalId, status } = error.resource;
  const verb = status === 'CREATE_FAILED' ? 'create' : 'update';
  return `The following resource(s) failed to ${verb}: [${logicalId}]. `;
}
