import { deleteResource } from './delete-resource.ts';
import type { Stack, StackResource } from './model.ts';
import { changedProperties } from './same-value.ts';
import { stackStatus } from './stack-events.ts';
import { providerOf, ResourceFailure, type StackWork } from './stack-work.ts';
import { changeResource } from './update-resource.ts';

/** What an update did so far, and how everything was before it. */
export interface UpdateTrace {
  readonly before: ReadonlyMap<string, StackResource>;
  /** Logical ids in the order of the update, the failed one included. */
  readonly touched: Set<string>;
  /** Copies of resources whose physical resource was replaced: it is still there. */
  readonly replaced: StackResource[];
  readonly stack: Pick<
    Stack,
    'template' | 'templateBody' | 'parameters' | 'description' | 'imports'
  >;
}

export interface RollbackOptions {
  /** Logical ids that ContinueUpdateRollback passes over. */
  readonly skipped?: readonly string[];
  /** What the update created goes even if its deletion policy is `Retain`. */
  readonly retainExceptOnCreate?: boolean;
}

/** Undoes an update: old properties and physical ids come back, then what the update created goes. */
export async function rollBackUpdate(
  work: StackWork,
  trace: UpdateTrace,
  reason: string | undefined,
  { skipped = [], retainExceptOnCreate = false }: RollbackOptions = {},
): Promise<void> {
  const { world, stack } = work;
  stack.cancellation = new AbortController();
  stackStatus(world, stack, 'UPDATE_ROLLBACK_IN_PROGRESS', reason);
  const created: StackResource[] = [];
  try {
    for (const logicalId of trace.touched) {
      const now = stack.resources.get(logicalId);
      const before = trace.before.get(logicalId);
      if (!now) continue;
      if (!before) created.push(now);
      else if (now.physicalId !== before.physicalId) {
        created.push({ ...now });
        Object.assign(now, before);
      } else if (!skipped.includes(logicalId)) {
        await changeBack(work, now, before);
      }
    }
  } catch (error) {
    if (!(error instanceof ResourceFailure)) throw error;
    stack.interruptedUpdate = trace;
    const { logicalId } = error.resource;
    const why = `The following resource(s) failed to update: [${logicalId}]. `;
    stackStatus(world, stack, 'UPDATE_ROLLBACK_FAILED', why);
    return;
  }
  // Several updates may have replaced a resource again and again before the rollback.
  for (const old of trace.replaced) {
    if (old.physicalId !== trace.before.get(old.logicalId)?.physicalId) created.push(old);
  }
  stack.interruptedUpdate = undefined;
  Object.assign(stack, trace.stack);
  stackStatus(world, stack, 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS');
  for (const resource of created.reverse()) {
    await forget(work, resource, trace, retainExceptOnCreate);
  }
  stackStatus(world, stack, 'UPDATE_ROLLBACK_COMPLETE');
}

async function changeBack(
  work: StackWork,
  now: StackResource,
  before: StackResource,
): Promise<void> {
  const held = now.properties;
  now.resolvedMetadata = before.resolvedMetadata;
  if (changedProperties(held, before.properties).length > 0) {
    try {
      await changeResource(work, providerOf(work.providers, now.type), now, before.properties);
    } catch (error) {
      // What could not be put back is tried again by the next ContinueUpdateRollback.
      now.properties = held;
      throw error;
    }
  }
  const { metadata, deletionPolicy, updateReplacePolicy, dependencies } = before;
  Object.assign(now, { metadata, deletionPolicy, updateReplacePolicy, dependencies });
  if (now.status === 'UPDATE_FAILED') now.status = before.status;
}

async function forget(
  work: StackWork,
  resource: StackResource,
  { before }: UpdateTrace,
  retainExceptOnCreate: boolean,
): Promise<void> {
  // User guide, "DeletionPolicy attribute": Retain holds for a creation that is rolled back, RetainExceptOnCreate does not.
  const isNew = !before.has(resource.logicalId);
  const retained = isNew && resource.deletionPolicy === 'Retain' && !retainExceptOnCreate;
  try {
    await deleteResource(work, resource, retained ? 'Retain' : 'Delete');
  } catch (error) {
    if (!(error instanceof ResourceFailure)) throw error;
  }
  if (isNew) work.stack.resources.delete(resource.logicalId);
}
