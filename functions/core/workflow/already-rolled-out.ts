import type { RollingTarget } from '../config/schema.ts';
import type { EcsService, EcsServices, Task } from '../ports/ecs-services.ts';

/**
 * Sentence that says that production runs the image already, undefined when it does not: the service has one
 * deployment, COMPLETED, and every running task of it shows one of `digests`. While a rollout is under way production
 * is about to change (design D1), and without tasks there is no evidence.
 */
export async function findAlreadyRolledOut(
  { services }: { readonly services: Pick<EcsServices, 'listRunningTasks'> },
  { cluster, service: name, container }: RollingTarget,
  { rolling }: EcsService,
  digests: readonly string[],
): Promise<string | undefined> {
  const [only, ...others] = rolling?.deployments ?? [];
  if (only?.rolloutState !== 'COMPLETED' || others.length > 0) return undefined;
  const tasks = await services.listRunningTasks(cluster, name);
  if (tasks.length === 0 || !tasks.every((task) => runsAnyOf(task, container, digests))) {
    return undefined;
  }
  return `All ${tasks.length} running tasks of service "${name}" run this image already`;
}

/** Index and platform digest are both right: ECS reports the one that it resolved (aws-facts 2.5). */
function runsAnyOf({ containers }: Task, container: string, digests: readonly string[]): boolean {
  return containers.some(
    ({ name, imageDigest }) =>
      name === container && imageDigest !== undefined && digests.includes(imageDigest),
  );
}
