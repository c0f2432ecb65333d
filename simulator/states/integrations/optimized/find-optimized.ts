import type { World } from '../../../core/world.ts';
import type { Pattern } from '../resource.ts';
import { eventsPutEvents, snsPublish, sqsSendMessage } from './messaging.ts';
import type { Optimized } from './optimized.ts';
import { ecsRunTask } from './run-task.ts';
import { statesStartExecution } from './start-execution.ts';

const builders: Readonly<Record<string, (world: World) => Optimized>> = {
  'ecs:runTask': ecsRunTask,
  'events:putEvents': () => eventsPutEvents,
  'sns:publish': () => snsPublish,
  'sqs:sendMessage': () => sqsSendMessage,
  'states:startExecution': statesStartExecution,
};

/** `SERVICE:ACTION` of the optimized integrations that are modelled, lambda:invoke aside. */
export const optimizedResources: readonly string[] = Object.keys(builders);

const patterns: Readonly<Record<string, readonly Pattern[]>> = {
  'ecs:runTask': ['request', 'sync', 'callback'],
  'events:putEvents': ['request', 'callback'],
  'sns:publish': ['request', 'callback'],
  'sqs:sendMessage': ['request', 'callback'],
  'states:startExecution': ['request', 'sync', 'sync:2', 'callback'],
};

/** How a Task of such a resource may wait (service integrations page); undefined for unknown ones. */
export function findOptimizedPatterns(name: string): readonly Pattern[] | undefined {
  return Object.hasOwn(patterns, name) ? patterns[name] : undefined;
}

export function findOptimized(world: World, name: string): Optimized | undefined {
  return Object.hasOwn(builders, name) ? builders[name]?.(world) : undefined;
}
