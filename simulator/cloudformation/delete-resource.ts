import { authorizeDeletion } from './change-calls.ts';
import { isGone } from './failure-reason.ts';
import type { StackResource } from './model.ts';
import { resourceStatus } from './stack-events.ts';
import { failureOf, passTime, providerOf, resourceContext, type StackWork } from './stack-work.ts';

export type Deletion = 'deleted' | 'retained';

/** Deletes one resource and records its events. Throws ResourceFailure, the resource is then DELETE_FAILED. */
export async function deleteResource(
  work: StackWork,
  resource: StackResource,
  policy: string | undefined = resource.deletionPolicy,
): Promise<Deletion> {
  const { world, stack } = work;
  if (policy === 'Retain') {
    resourceStatus(world, stack, resource, 'DELETE_SKIPPED');
    return 'retained';
  }
  resourceStatus(world, stack, resource, 'DELETE_IN_PROGRESS');
  try {
    // Never came to be: nothing to delete.
    if (resource.physicalId !== undefined) await destroy(work, resource);
    await passTime(work);
    resourceStatus(world, stack, resource, 'DELETE_COMPLETE');
    return 'deleted';
  } catch (error) {
    const failure = failureOf(world, resource, error);
    resourceStatus(world, stack, resource, 'DELETE_FAILED', failure.reason);
    throw failure;
  }
}

async function destroy(work: StackWork, resource: StackResource): Promise<void> {
  const { physicalId = '', attributes } = resource;
  const provider = providerOf(work.providers, resource.type);
  if (!provider.delete) throw new Error(`deleting ${resource.type} is not modelled`);
  const properties = provider.properties.parse(resource.properties);
  try {
    const existing = { physicalId, attributes, properties };
    const context = resourceContext(work, resource);
    authorizeDeletion(resource, context);
    await provider.delete(existing, context);
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}
