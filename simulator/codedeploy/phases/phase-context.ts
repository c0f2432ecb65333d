import type { World } from '../../core/world.ts';
import type { Deployment } from '../deployment.ts';
import type { DeploymentTarget } from '../deployment-target.ts';
import type { HookExecutions } from '../hook-executions.ts';

/** What every phase of a started deployment works on. */
export interface PhaseContext {
  readonly world: World;
  readonly deployment: Deployment;
  readonly target: DeploymentTarget;
  readonly hooks: HookExecutions;
}
