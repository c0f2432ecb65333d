import { authorizeCreation, authorizeSettings } from './creation-calls.ts';
import { resolveDynamicReferences } from './dynamic-references.ts';
import type { StackResource } from './model.ts';
import { PartlyCreatedError } from './partly-created-error.ts';
import { withTexts } from './primitive-texts.ts';
import { propertyProblems } from './property-problems.ts';
import { findReferences } from './references.ts';
import { resolve } from './resolve.ts';
import type { ResourceProvider } from './resource-provider.ts';
import { resourceStatus } from './stack-events.ts';
import { withStackTags } from './stack-tags.ts';
import {
  failureOf,
  interruptible,
  passTime,
  providerOf,
  resourceContext,
  type StackWork,
} from './stack-work.ts';
import type { Template, TemplateResource } from './template.ts';
import type { TemplateScope } from './template-scope.ts';

/** Creates one resource and records its events. Throws ResourceFailure, the resource is then CREATE_FAILED. */
export async function createResource(
  work: StackWork,
  template: Template,
  scope: TemplateScope,
  logicalId: string,
): Promise<StackResource> {
  const { world, stack } = work;
  const resource = newResource(work, declared(template, logicalId), logicalId, scope);
  stack.resources.set(logicalId, resource);
  resourceStatus(world, stack, resource, 'CREATE_IN_PROGRESS');
  try {
    const provider = providerOf(work.providers, resource.type);
    resource.properties = resolvedProperties(work, provider, template, scope, logicalId);
    await makeResource(work, provider, resource);
    await passTime(work);
    resourceStatus(world, stack, resource, 'CREATE_COMPLETE');
    world.journal.record('stack.resource-created', {
      stack: stack.stackName,
      logicalId,
      type: resource.type,
    });
    return resource;
  } catch (error) {
    const failure = failureOf(world, resource, error);
    if (error instanceof PartlyCreatedError) resource.physicalId = error.physicalId;
    resourceStatus(world, stack, resource, 'CREATE_FAILED', failure.reason);
    throw failure;
  }
}

/** Calls the provider with checked properties; the resource then has its physical id. */
export async function makeResource(
  work: StackWork,
  provider: ResourceProvider,
  resource: StackResource,
): Promise<void> {
  const properties = checkedProperties(provider, resource.properties);
  let told = false;
  const initiated = (physicalId: string) => {
    resource.physicalId = physicalId;
    if (told) return;
    told = true;
    const creating = resource.status === 'CREATE_IN_PROGRESS';
    const status = creating ? 'CREATE_IN_PROGRESS' : 'UPDATE_IN_PROGRESS';
    resourceStatus(work.world, work.stack, resource, status, 'Resource creation Initiated');
  };
  const context = resourceContext(work, resource, initiated);
  authorizeCreation(resource.type, resource.properties, context);
  const made = await interruptible(work, () => provider.create(properties, context));
  resource.attributes = made.attributes ?? {};
  initiated(made.physicalId);
  authorizeSettings(resource, context);
}

export function checkedProperties(provider: ResourceProvider, properties: unknown): never {
  const problems = propertyProblems(provider.properties, properties);
  if (problems.length > 0) throw new Error(problems.join('; '));
  return provider.properties.parse(properties);
}

export function resolvedProperties(
  { world, stack }: StackWork,
  provider: ResourceProvider,
  template: Template,
  scope: TemplateScope,
  logicalId: string,
): Readonly<Record<string, unknown>> {
  const { Properties } = declared(template, logicalId);
  const resolved = resolveDynamicReferences(world, resolve(Properties, scope));
  const texts = withTexts(provider.properties, resolved as Readonly<Record<string, unknown>>);
  return withStackTags(provider, texts, stack.tags);
}

export function declared(template: Template, logicalId: string): TemplateResource {
  const found = template.Resources[logicalId];
  if (!found) throw new Error(`No resource "${logicalId}" in the template`);
  return found;
}

/** What the template says beside the properties, kept with the resource for its later deletion. */
export function declaredPolicies(
  { Metadata, DeletionPolicy, ...rest }: TemplateResource,
  scope: TemplateScope,
) {
  return {
    metadata: Metadata,
    resolvedMetadata: resolve(Metadata, scope, () => {}),
    deletionPolicy: DeletionPolicy,
    updateReplacePolicy: rest.UpdateReplacePolicy,
    dependencies: [
      ...new Set([
        ...findReferences([rest.Properties, Metadata]).references.map(({ name }) => name),
        ...rest.DependsOn,
      ]),
    ],
  };
}

function newResource(
  { world }: StackWork,
  template: TemplateResource,
  logicalId: string,
  scope: TemplateScope,
): StackResource {
  return {
    logicalId,
    type: template.Type,
    physicalId: undefined,
    attributes: {},
    properties: {},
    ...declaredPolicies(template, scope),
    status: 'CREATE_IN_PROGRESS',
    statusReason: undefined,
    updatedAtMs: world.clock.now(),
  };
}
