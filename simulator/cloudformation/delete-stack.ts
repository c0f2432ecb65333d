import { deleteResource } from './delete-resource.ts';
import { dependencyOrder } from './dependency-order.ts';
import type { Stack, StackResource } from './model.ts';
import { stackStatus } from './stack-events.ts';
import { ResourceFailure, type StackWork } from './stack-work.ts';

/** Deletes a stack's resources in reverse order of their dependencies. Never rejects. */
export async function runDeletion(work: StackWork, retained: readonly string[]): Promise<void> {
  const { model, world, stack } = work;
  stackStatus(world, stack, 'DELETE_IN_PROGRESS', 'User Initiated');
  const used = stack.outputs.find(
    ({ exportName }) => exportName !== undefined && model.importers(exportName).length > 0,
  );
  if (used?.exportName !== undefined) {
    const names = model.importers(used.exportName).map(({ stackName }) => stackName);
    const reason = `Export ${used.exportName} cannot be deleted as it is in use by ${names.join(', ')}`;
    stackStatus(world, stack, 'DELETE_FAILED', reason);
    return;
  }
  const failed = await deleteAll(work, { retained });
  if (failed.length > 0) {
    const names = failed.map(({ resource }) => resource.logicalId).join(', ');
    const reason = `The following resource(s) failed to delete: [${names}]. `;
    stackStatus(world, stack, 'DELETE_FAILED', reason);
    return;
  }
  stack.outputs = [];
  stack.imports = new Set();
  stackStatus(world, stack, 'DELETE_COMPLETE');
}

export interface DeleteAllOptions {
  readonly retained?: readonly string[];
  /** After a failed creation: `RetainExceptOnCreate` deletes then. */
  readonly rollback?: boolean;
  /** After a failed creation: `Retain` deletes as well. */
  readonly retainExceptOnCreate?: boolean;
}

/** What could not be deleted; resources on which such a one depends are left as they are. */
export async function deleteAll(
  work: StackWork,
  options: DeleteAllOptions = {},
): Promise<ResourceFailure[]> {
  const failures: ResourceFailure[] = [];
  const kept = new Set<string>();
  for (const resource of inDeletionOrder(work.stack)) {
    if (resource.status === 'DELETE_COMPLETE' || resource.status === 'DELETE_SKIPPED') continue;
    if (kept.has(resource.logicalId)) {
      for (const name of resource.dependencies) kept.add(name);
      continue;
    }
    try {
      await deleteResource(work, resource, policyOf(resource, options));
    } catch (error) {
      if (!(error instanceof ResourceFailure)) throw error;
      failures.push(error);
      for (const name of resource.dependencies) kept.add(name);
    }
  }
  return failures;
}

export function inDeletionOrder({ resources }: Stack): StackResource[] {
  const dependencies = new Map(
    [...resources.values()].map((each) => [each.logicalId, new Set(each.dependencies)] as const),
  );
  return dependencyOrder(dependencies)
    .reverse()
    .flatMap((logicalId) => resources.get(logicalId) ?? []);
}

function policyOf(
  { logicalId, deletionPolicy }: StackResource,
  { retained = [], rollback = false, retainExceptOnCreate = false }: DeleteAllOptions,
): string {
  if (retained.includes(logicalId)) return 'Retain';
  if (deletionPolicy === 'Retain' && retainExceptOnCreate) return 'Delete';
  if (deletionPolicy === 'RetainExceptOnCreate') return rollback ? 'Delete' : 'Retain';
  return deletionPolicy ?? 'Delete';
}
