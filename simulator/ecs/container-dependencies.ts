import type { ContainerDependency } from '@aws-sdk/client-ecs';
import type { World } from '../core/world.ts';
import type { TaskContainer } from './task-container.ts';

/** Seconds for a dependency without `startTimeout`, on Fargate platform version 1.3.0 and later (API reference). */
const standardStartTimeoutSeconds = 180;

/** A container that will never start; its message is the container's reason. */
export class DependencyError extends Error {
  override readonly name = 'DependencyError';
}

/**
 * Settles when every dependency of a container is as its condition says. Rejects with DependencyError when one
 * never can be, or took longer than that dependency's start timeout.
 */
export async function dependenciesMet(
  world: World,
  container: TaskContainer,
  all: readonly TaskContainer[],
): Promise<void> {
  await Promise.all(
    (container.definition.dependsOn ?? []).map((dependency) => {
      const other = all.find(({ definition }) => definition.name === dependency.containerName);
      return other && oneMet(world, container, other, dependency.condition);
    }),
  );
}

function oneMet(
  world: World,
  container: TaskContainer,
  other: TaskContainer,
  condition: ContainerDependency['condition'],
): Promise<void> {
  return new Promise((resolve, reject) => {
    let cancel = () => {};
    let over = false;
    const finish = (settle: () => void) => {
      over = true;
      cancel();
      settle();
    };
    const giveUp = () => {
      const problem = `dependency graph: container ordering dependency [${other.definition.name}] for target [${container.definition.name}] has timed out.`;
      finish(() => reject(new DependencyError(`CannotStartContainerError: ${problem}`)));
    };
    other.watch(() => {
      if (over) return true;
      if (isMet(other, condition)) finish(resolve);
      else if (isHopeless(other, condition)) {
        finish(() => reject(new DependencyError(unresolved(container, other))));
      } else if (other.lastStatus === 'RUNNING' && other.startedAtMs !== undefined) {
        const seconds = other.definition.startTimeout ?? standardStartTimeoutSeconds;
        cancel();
        cancel = world.clock.schedule(
          other.startedAtMs + seconds * 1_000 - world.clock.now(),
          giveUp,
        );
      }
      return over;
    });
  });
}

function isMet(other: TaskContainer, condition: ContainerDependency['condition']): boolean {
  switch (condition) {
    case 'COMPLETE':
      return other.lastStatus === 'STOPPED' && other.exitCode !== undefined;
    case 'SUCCESS':
      return other.lastStatus === 'STOPPED' && other.exitCode === 0;
    case 'HEALTHY':
      return other.lastStatus === 'RUNNING' && other.healthStatus === 'HEALTHY';
    default:
      // One that came and went did start (aws/amazon-ecs-agent #3927).
      return other.lastStatus === 'RUNNING' || other.startedAtMs !== undefined;
  }
}

/** Nothing more will come of it (aws/amazon-ecs-agent #3218). */
function isHopeless(other: TaskContainer, condition: ContainerDependency['condition']): boolean {
  return other.lastStatus === 'STOPPED' && !isMet(other, condition);
}

/** The agent's text, as a console showed it in aws/amazon-ecs-agent #3218. */
function unresolved({ definition }: TaskContainer, other: TaskContainer): string {
  const dependency = `${other.definition.name}(${other.definition.image}) (STOPPED->RUNNING) - Exit: ${other.exitCode ?? 0}`;
  return `CannotStartContainerError: dependency graph: failed to resolve container ordering dependency [${dependency}] for target [${definition.name}(${definition.image}) (NONE->RUNNING)]`;
}
