import { z } from 'zod/mini';
import { hookLifecycleEvents } from '../lifecycle-events.ts';
import type { AppSpec } from './render-app-spec.ts';

const appSpecDocument = z.strictObject({
  version: z.literal(0),
  Resources: z.tuple([
    z.strictObject({
      TargetService: z.strictObject({
        Type: z.literal('AWS::ECS::Service'),
        Properties: z.strictObject({
          TaskDefinition: z.string(),
          LoadBalancerInfo: z.strictObject({
            ContainerName: z.string(),
            ContainerPort: z.int(),
          }),
        }),
      }),
    }),
  ]),
  Hooks: z.array(z.partialRecord(z.enum(hookLifecycleEvents), z.string())),
});

const allHooks = z.record(z.enum(hookLifecycleEvents), z.string());

/**
 * Reads an AppSpec as `renderAppSpec` writes it. Throws SyntaxError for text that is not JSON and zod's
 * error for any other shape, a missing hook included.
 */
export function parseAppSpec(text: string): AppSpec {
  const document = appSpecDocument.parse(JSON.parse(text));
  const { TaskDefinition, LoadBalancerInfo } = document.Resources[0].TargetService.Properties;
  return {
    taskDefinitionArn: TaskDefinition,
    container: { name: LoadBalancerInfo.ContainerName, port: LoadBalancerInfo.ContainerPort },
    hooks: allHooks.parse(Object.assign({}, ...document.Hooks)),
  };
}
