import { rmSync } from 'node:fs';
import { z } from 'zod';
import { CloudFormationModel } from '../../../simulator/cloudformation/model.ts';
import {
  type ResourceContext,
  type ResourceProviders,
  resource,
} from '../../../simulator/cloudformation/resource-provider.ts';
import { buildWorld } from '../../../simulator/core/build-world.ts';
import type { World } from '../../../simulator/core/world.ts';

export interface Made {
  readonly logicalId: string;
  readonly properties: unknown;
  readonly context: ResourceContext;
}

/** Providers for two invented types, and what they were asked to create, update and delete. */
export function testProviders(): { providers: ResourceProviders; made: Made[]; log: string[] } {
  const made: Made[] = [];
  const log: string[] = [];
  const thing = resource(
    z.strictObject({
      Name: z.string().optional(),
      Size: z.union([z.number(), z.string().regex(/^\d+$/).transform(Number)]).optional(),
      Uses: z.array(z.string()).optional(),
      Nested: z.strictObject({ Deep: z.string().optional() }).optional(),
      Fail: z.string().optional(),
      Stuck: z.string().optional(),
      /** Why it cannot be changed any more once this holds. */
      OneWay: z.string().optional(),
      SlowMinutes: z.number().optional(),
    }),
    async (properties, context) => {
      const { SlowMinutes: minutes } = properties;
      if (minutes !== undefined) await context.world.clock.sleep(minutes * 60_000);
      if (properties.Fail) throw new Error(properties.Fail);
      log.push(`create ${context.logicalId}`);
      made.push({ logicalId: context.logicalId, properties, context });
      return {
        physicalId: properties.Name ?? context.generatedName(40),
        attributes: {
          Arn: `arn:thing/${context.logicalId}`,
          'Endpoint.Port': 8080,
          Parts: ['x', 'y'],
        },
      };
    },
    {
      replacedBy: ['Name'],
      nameProperty: 'Name',
      update({ properties, next, physicalId }, { logicalId }) {
        if (properties.OneWay) throw new Error(properties.OneWay);
        if (next.Fail) throw new Error(next.Fail);
        log.push(`update ${logicalId} ${physicalId}`);
      },
      delete({ physicalId, properties }) {
        if (properties.Stuck) throw new Error(properties.Stuck);
        log.push(`delete ${physicalId}`);
      },
    },
  );
  return { providers: { 'Test::Thing': thing, 'Test::Other': thing }, made, log };
}

/** A world that nothing but the loader uses; call `stop` at the end. */
export function testWorld(): { world: World; model: CloudFormationModel; stop(): void } {
  const { world } = buildWorld({ seed: 7 });
  const stop = () => {
    world.clock.stop();
    rmSync(world.directory, { recursive: true, force: true });
  };
  return { world, model: new CloudFormationModel(world), stop };
}
