import type { World } from '../../core/world.ts';
import type { Activities } from '../activities/activities.ts';
import { StatesError } from '../interpreter/states-error.ts';
import { activityTask } from './activity-task.ts';
import { awsSdk } from './aws-sdk.ts';
import type { Integration } from './integration.ts';
import { lambdaFunction } from './lambda-function.ts';
import { lambdaInvoke } from './lambda-invoke.ts';
import { findOptimized } from './optimized/find-optimized.ts';
import { optimizedTask } from './optimized-task.ts';
import { parseResource } from './resource.ts';
import { ServiceCalls } from './sdk/service-calls.ts';

/** Finds what a Task's Resource calls. */
export class Integrations {
  readonly #world: World;
  readonly #activities: Activities;
  readonly calls: ServiceCalls;

  constructor(world: World, activities: Activities) {
    this.#world = world;
    this.#activities = activities;
    this.calls = new ServiceCalls(world);
  }

  find(text: string): Integration {
    const resource = parseResource(text);
    if (resource?.kind === 'function') return lambdaFunction(this.#world, text);
    if (resource?.kind === 'activity') return activityTask(this.#activities, text);
    if (resource?.kind === 'aws-sdk') return awsSdk(this.#world, this.calls, resource);
    if (resource) {
      const { service, action, pattern } = resource;
      if (service === 'lambda' && action === 'invoke') {
        return lambdaInvoke(this.#world, pattern === 'callback');
      }
      const optimized = findOptimized(this.#world, `${service}:${action}`);
      if (optimized) return optimizedTask(this.#world, this.calls, resource, optimized);
    }
    throw new StatesError('States.Runtime', `The resource '${text}' is not modelled`);
  }

  stop(): void {
    this.calls.stop();
  }
}
