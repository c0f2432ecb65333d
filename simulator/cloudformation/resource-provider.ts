import type { z } from 'zod';
import type { World } from '../core/world.ts';
import type { RequestMembers } from '../wire/authorization.ts';
import type { AuthorizedService, Caller } from '../wire/operation.ts';

export interface ResourceContext {
  readonly world: World;
  readonly stackName: string;
  readonly logicalId: string;
  /** The operation of which this is a step. */
  readonly step?: {
    readonly stackId: string;
    /** As the template names it: all custom resources have one provider. */
    readonly resourceType: string;
    /** How long each resource takes, in virtual milliseconds; for stacks within the stack. */
    readonly resourceMs: number;
    /** Tells the id of a resource whose creation has begun and takes its time. */
    initiated(physicalId: string): void;
  };
  /** Who works on the stack: its service role, else the caller of the stack operation. */
  readonly caller?: Caller;
  /** The stack's service role, when it has one. */
  readonly roleArn?: string | undefined;
  /** Throws AwsError when its policies do not allow the operation; for what is not done through a service's API. */
  authorize?(service: AuthorizedService, operation: string, input: RequestMembers): void;
  /** The resource's Metadata section, its functions carried out. */
  readonly metadata?: unknown;
  /** A name as CloudFormation generates it: `STACK-LOGICALID-SUFFIX`, cut to `maxLength`. */
  generatedName(maxLength: number): string;
}

export interface CreatedResource {
  /** What `Ref` returns. */
  readonly physicalId: string;
  /** What `Fn::GetAtt` returns; nested attributes by their dotted name, e.g. `Endpoint.Address`. */
  readonly attributes?: Readonly<Record<string, unknown>>;
}

/** A resource that is there, with the properties of its last creation or update. */
export interface ExistingResource<P> {
  readonly physicalId: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly properties: P;
}

export interface ResourceChange<P> extends ExistingResource<P> {
  /** The properties as they shall be; `properties` are those that hold. */
  readonly next: P;
}

/** Nothing returned: physical id and attributes stay as they are. */
export type UpdatedResource = CreatedResource | undefined;

export interface ResourceLifecycle<P> {
  /** Properties whose "Update requires" is Replacement in the type's documentation; `all` for every one. */
  readonly replacedBy?: 'all' | readonly (keyof P & string)[];
  /** The property that gives the resource its name: it cannot be replaced while the name stays. */
  readonly nameProperty?: keyof P & string;
  /** Updated with every update of its stack, whether a property changed or not. */
  readonly alwaysUpdated?: boolean;
  update?(
    change: ResourceChange<P>,
    context: ResourceContext,
  ): UpdatedResource | Promise<UpdatedResource>;
  delete?(existing: ExistingResource<P>, context: ResourceContext): void | Promise<void>;
}

/**
 * One CloudFormation resource type. `properties` is a *strict* schema of the modelled
 * properties: the loader refuses the template, naming the property, when one is not in it.
 */
export interface ResourceProvider<P = never> extends ResourceLifecycle<P> {
  readonly properties: z.ZodType<P, unknown>;
  create(properties: P, context: ResourceContext): CreatedResource | Promise<CreatedResource>;
}

/** Keeps the property type between schema and functions. Without `update` or `delete` these are refused by name. */
export function resource<P>(
  properties: z.ZodType<P, unknown>,
  create: (properties: P, context: ResourceContext) => CreatedResource | Promise<CreatedResource>,
  lifecycle: ResourceLifecycle<P> = {},
): ResourceProvider {
  return { properties, create, ...lifecycle } as unknown as ResourceProvider;
}

/** By type name, e.g. `AWS::ECS::Service`. */
export type ResourceProviders = Readonly<Record<string, ResourceProvider>>;

/** Undefined for a type that is not modelled; `Custom::NAME` is a custom resource by another name. */
export function findProvider(
  providers: ResourceProviders,
  type: string,
): ResourceProvider | undefined {
  return providers[isCustom(type) ? customResourceType : type];
}

export const customResourceType = 'AWS::CloudFormation::CustomResource';

export function isCustom(type: string): boolean {
  return type === customResourceType || /^Custom::[A-Za-z0-9_@-]{1,60}$/.test(type);
}
