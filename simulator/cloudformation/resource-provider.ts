import type { z } from 'zod';
import type { World } from '../core/world.ts';

export interface ResourceContext {
  readonly world: World;
  readonly stackName: string;
  readonly logicalId: string;
  /** A name as CloudFormation generates it: `STACK-LOGICALID-SUFFIX`, cut to `maxLength`. */
  generatedName(maxLength: number): string;
}

export interface CreatedResource {
  /** What `Ref` returns. */
  readonly physicalId: string;
  /** What `Fn::GetAtt` returns; nested attributes by their dotted name, e.g. `Endpoint.Address`. */
  readonly attributes?: Readonly<Record<string, unknown>>;
}

/**
 * Creates one CloudFormation resource type. `properties` is a *strict* schema of the modelled
 * properties: the loader refuses the template, naming the property, when one is not in it.
 */
export interface ResourceProvider<P = never> {
  readonly properties: z.ZodType<P, unknown>;
  create(properties: P, context: ResourceContext): CreatedResource | Promise<CreatedResource>;
}

/** Keeps the property type between schema and `create`. */
export function resource<P>(
  properties: z.ZodType<P, unknown>,
  create: (properties: P, context: ResourceContext) => CreatedResource | Promise<CreatedResource>,
): ResourceProvider {
  return { properties, create } as unknown as ResourceProvider;
}

/** By type name, e.g. `AWS::ECS::Service`. */
export type ResourceProviders = Readonly<Record<string, ResourceProvider>>;
