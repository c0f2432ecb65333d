import { setImmediate as turn } from 'node:timers/promises';
import type { World } from '../core/world.ts';
import { failureReason } from './failure-reason.ts';
import { generatedName } from './generated-name.ts';
import type { CloudFormationModel, Stack, StackResource } from './model.ts';
import {
  findProvider,
  isCustom,
  type ResourceContext,
  type ResourceProvider,
  type ResourceProviders,
} from './resource-provider.ts';
import type { Template } from './template.ts';
import { TemplateScope } from './template-scope.ts';

/** How long the steps of a stack operation take, in virtual milliseconds. */
export interface Pace {
  readonly resourceMs: number;
}

/** One operation on one stack: what all its steps need. */
export interface StackWork {
  readonly model: CloudFormationModel;
  readonly world: World;
  readonly providers: ResourceProviders;
  readonly stack: Stack;
  readonly pace: Pace;
}

/** A step that failed; its resource has the reason already. */
export class ResourceFailure extends Error {
  override readonly name = 'ResourceFailure';
  readonly resource: StackResource;
  readonly reason: string;

  constructor(resource: StackResource, reason: string, options: ErrorOptions) {
    super(reason, options);
    this.resource = resource;
    this.reason = reason;
  }
}

/** Names as this stack's resources stand now; `imports` collects what it takes from other stacks. */
export function stackScope(
  { model, world, stack }: StackWork,
  template: Template,
  parameters: ReadonlyMap<string, unknown>,
  imports: Set<string>,
): TemplateScope {
  return new TemplateScope(template, parameters, world.identity, stack, {
    resource: (logicalId) => existing(stack, logicalId).physicalId,
    attribute: (logicalId, attribute) => attributeOf(existing(stack, logicalId), attribute),
    importValue: (name) => {
      imports.add(name);
      return model.importValue(name);
    },
  });
}

export function providerOf(providers: ResourceProviders, type: string): ResourceProvider {
  const provider = findProvider(providers, type);
  if (!provider) throw new Error('resource type is not modelled');
  return provider;
}

export function resourceContext(
  { model, world, stack, pace }: StackWork,
  { logicalId, type, resolvedMetadata: metadata }: StackResource,
  initiated: (physicalId: string) => void = () => {},
): ResourceContext {
  const { stackName, stackId, roleArn } = stack;
  const { access } = model;
  const caller = access?.callerOf(stack) ?? stack.caller;
  return {
    world,
    stackName,
    logicalId,
    step: { stackId, resourceType: type, resourceMs: pace.resourceMs, initiated },
    roleArn,
    metadata,
    ...(caller && { caller }),
    authorize: (service, operation, input) => access?.authorize(caller, service, operation, input),
    generatedName: (maxLength) =>
      generatedName(stackName, logicalId, world.ids.nameSuffix(), maxLength),
  };
}

/** Lets the time of one step pass. */
export async function passTime({ world, pace }: StackWork): Promise<void> {
  if (pace.resourceMs > 0) await world.clock.sleep(pace.resourceMs);
  else await turn();
}

/** A step that ends early when the operation is cancelled or the stack's time is up. */
export async function interruptible<T>({ world, stack }: StackWork, step: () => T | Promise<T>) {
  const { signal } = stack.cancellation;
  signal.throwIfAborted();
  const over = new AbortController();
  const interrupted = new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { signal: over.signal });
    if (stack.timeoutMinutes === undefined || stack.updatedAtMs !== undefined) return;
    const leftMs = stack.createdAtMs + stack.timeoutMinutes * 60_000 - world.clock.now();
    const late = () => reject(new Error('Stack creation time exceeded the specified timeout'));
    world.clock.sleep(leftMs, { signal: over.signal }).then(late, () => {});
  });
  try {
    return await Promise.race([step(), interrupted]);
  } finally {
    over.abort();
  }
}

export function failureOf(world: World, resource: StackResource, error: unknown): ResourceFailure {
  if (error instanceof ResourceFailure) return error;
  return new ResourceFailure(resource, failureReason(world, error), { cause: error });
}

function existing(stack: Stack, logicalId: string): StackResource {
  const resource = stack.resources.get(logicalId);
  if (resource?.physicalId === undefined) {
    throw new Error(
      `resource ${logicalId} is not there: its condition is false or it was not created`,
    );
  }
  return resource;
}

function attributeOf(resource: StackResource, attribute: string): unknown {
  const { logicalId, type, attributes } = resource;
  if (!Object.hasOwn(attributes, attribute)) {
    if (isCustom(type)) {
      throw new Error(
        `CustomResource attribute error: Vendor response doesn't contain ${attribute} attribute in object ${logicalId}`,
      );
    }
    throw new Error(`Fn::GetAtt: ${logicalId} (${type}) has no modelled attribute "${attribute}"`);
  }
  return attributes[attribute];
}
