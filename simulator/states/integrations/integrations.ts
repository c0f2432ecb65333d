import type { World } from '../../core/world.ts';
import { StatesError } from '../interpreter/states-error.ts';
import type { Integration } from './integration.ts';
import { lambdaFunction } from './lambda-function.ts';
import { lambdaInvoke } from './lambda-invoke.ts';
import { type ResourceKind, resourceKind } from './resource-kind.ts';

/** Finds what a Task's Resource calls. */
export class Integrations {
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  find(resource: string): Integration {
    const kind: ResourceKind | undefined = resourceKind(resource);
    if (kind === 'lambda:invoke') return lambdaInvoke(this.#world, false);
    if (kind === 'lambda:invoke.waitForTaskToken') return lambdaInvoke(this.#world, true);
    if (kind === 'function') return lambdaFunction(this.#world, resource);
    throw new StatesError('States.Runtime', `The resource '${resource}' is not modelled`);
  }
}
