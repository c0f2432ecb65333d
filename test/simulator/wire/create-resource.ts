import type {
  CreatedResource,
  ResourceContext,
  ResourceProviders,
} from '../../../simulator/cloudformation/resource-provider.ts';
import type { World } from '../../../simulator/core/world.ts';

/** Creates one template resource as the stack loader does: properties through the strict schema first. */
export async function createResource(
  providers: ResourceProviders,
  world: World,
  type: string,
  properties: unknown,
): Promise<CreatedResource> {
  const provider = providers[type];
  if (!provider) throw new Error(`No provider of ${type}`);
  const context: ResourceContext = {
    world,
    stackName: 'Stack',
    logicalId: 'Thing',
    generatedName: (maxLength) => 'Stack-Thing-ABCDEF123456'.slice(0, maxLength),
  };
  return provider.create(provider.properties.parse(properties) as never, context);
}
