import { authorizeUpdate } from './change-calls.ts';
import {
  checkedProperties,
  createResource,
  declared,
  declaredPolicies,
  makeResource,
  resolvedProperties,
} from './create-resource.ts';
import type { StackResource } from './model.ts';
import type { ResourceProvider } from './resource-provider.ts';
import { changedProperties, sameValue } from './same-value.ts';
import { resourceStatus } from './stack-events.ts';
import {
  failureOf,
  interruptible,
  passTime,
  providerOf,
  resourceContext,
  type StackWork,
} from './stack-work.ts';
import type { Template } from './template.ts';
import type { TemplateScope } from './template-scope.ts';

export type ResourceOutcome = 'created' | 'updated' | 'replaced' | 'unchanged';

export const replacementReason =
  'Requested update requires the creation of a new physical resource; hence creating one.';

/**
 * Brings one resource to what the template says. Throws ResourceFailure; the resource is then UPDATE_FAILED
 * or CREATE_FAILED. After `replaced` the physical resource of before is still there.
 */
export async function updateResource(
  work: StackWork,
  template: Template,
  scope: TemplateScope,
  logicalId: string,
): Promise<ResourceOutcome> {
  const { world, stack, providers } = work;
  const resource = stack.resources.get(logicalId);
  if (!resource || resource.physicalId === undefined) {
    await createResource(work, template, scope, logicalId);
    return 'created';
  }
  const provider = providerOf(providers, resource.type);
  let properties: Readonly<Record<string, unknown>>;
  try {
    properties = resolvedProperties(work, provider, template, scope, logicalId);
  } catch (error) {
    const failure = failureOf(world, resource, error);
    resourceStatus(world, stack, resource, 'UPDATE_FAILED', failure.reason);
    throw failure;
  }
  const policies = declaredPolicies(declared(template, logicalId), scope);
  const changed = changedProperties(resource.properties, properties);
  const metadataChanged = !sameValue(resource.metadata, policies.metadata);
  Object.assign(resource, policies);
  const { alwaysUpdated = false } = provider;
  if (changed.length === 0 && !metadataChanged && !alwaysUpdated) return 'unchanged';
  if (changed.length === 0 && !alwaysUpdated) {
    resourceStatus(world, stack, resource, 'UPDATE_IN_PROGRESS');
    resourceStatus(world, stack, resource, 'UPDATE_COMPLETE');
    return 'updated';
  }
  return changeResource(work, provider, resource, properties);
}

/** Gives a resource other properties, as an update does and as its rollback does. */
export async function changeResource(
  work: StackWork,
  provider: ResourceProvider,
  resource: StackResource,
  properties: Readonly<Record<string, unknown>>,
): Promise<'updated' | 'replaced'> {
  const { world, stack } = work;
  const before = { ...resource };
  const changed = changedProperties(before.properties, properties);
  const replace = requiresReplacement(provider, changed);
  resource.properties = properties;
  const reason = replace ? replacementReason : undefined;
  resourceStatus(world, stack, resource, 'UPDATE_IN_PROGRESS', reason);
  try {
    if (replace) {
      refuseSameName(provider, before.properties, properties);
      await makeResource(work, provider, resource);
    } else {
      await changeInPlace(work, provider, before, resource);
    }
    await passTime(work);
    resourceStatus(world, stack, resource, 'UPDATE_COMPLETE');
    return resource.physicalId === before.physicalId ? 'updated' : 'replaced';
  } catch (error) {
    const failure = failureOf(world, resource, error);
    resourceStatus(world, stack, resource, 'UPDATE_FAILED', failure.reason);
    throw failure;
  }
}

export function requiresReplacement(
  { replacedBy = [] }: ResourceProvider,
  changed: readonly string[],
): boolean {
  if (replacedBy === 'all') return changed.length > 0;
  return changed.some((name) => (replacedBy as readonly string[]).includes(name));
}

async function changeInPlace(
  work: StackWork,
  provider: ResourceProvider,
  before: StackResource,
  resource: StackResource,
): Promise<void> {
  if (!provider.update) throw new Error(`updating ${resource.type} is not modelled`);
  const { physicalId = '', attributes } = before;
  const properties = provider.properties.parse(before.properties);
  const next = checkedProperties(provider, resource.properties);
  const change = { physicalId, attributes, properties, next };
  const context = resourceContext(work, resource);
  authorizeUpdate(before, resource.properties, context);
  const updated = await interruptible(work, () => provider.update?.(change, context));
  if (!updated) return;
  resource.physicalId = updated.physicalId;
  resource.attributes = updated.attributes ?? resource.attributes;
}

/** A replacement is created before the old one goes: both cannot have one name. */
function refuseSameName(
  { nameProperty }: ResourceProvider,
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): void {
  if (nameProperty === undefined) return;
  const name = after[nameProperty];
  if (name === undefined || !sameValue(name, before[nameProperty])) return;
  throw new Error(
    `CloudFormation cannot update a stack when a custom-named resource requires replacing. Rename ${name} and update the stack again.`,
  );
}
