import type { CodeDeployTarget } from '../config/schema.ts';
import { isTerminal } from '../deployment/status.ts';
import type { Clock } from '../ports/clock.ts';
import type { Deployments } from '../ports/deployments.ts';
import type { EcsServices, Task, TaskSet } from '../ports/ecs-services.ts';
import type { CodeDeployService } from './code-deploy-service.ts';

/**
 * Sentence that says that production runs the image already, undefined when it does not. True only when
 * every running task of the PRIMARY task set runs one of `digests`; without tasks there is no evidence,
 * and while a later task set is on its way production is about to change. So it is while a deployment has not
 * made its task set yet: a tag that is moved back then must still be deployed after it (design D1).
 */
export async function findAlreadyRunning(
  deps: {
    readonly services: EcsServices;
    readonly deployments: Pick<Deployments, 'list'>;
    readonly clock: Pick<Clock, 'now'>;
  },
  target: CodeDeployTarget,
  service: CodeDeployService,
  digests: readonly string[],
): Promise<string | undefined> {
  const { primaryTaskSet, taskSets } = service;
  const rollout = taskSets.some(
    ({ status, createdAtMs }) => status === 'ACTIVE' && createdAtMs > primaryTaskSet.createdAtMs,
  );
  if (rollout) return undefined;
  const tasks = await deps.services.listRunningTasks(target.cluster, target.service);
  const production = tasks.filter(({ startedBy }) => startedBy === primaryTaskSet.id);
  if (production.length === 0) return undefined;
  if (!production.every((task) => runsAnyOf(task, target.container, digests))) return undefined;
  if (await isAboutToChange(deps, target, primaryTaskSet)) return undefined;
  return `All ${production.length} running tasks of service "${target.service}" run this image already`;
}

/** An active deployment whose task set is PRIMARY already only waits to terminate the original. */
async function isAboutToChange(
  { deployments, clock }: Parameters<typeof findAlreadyRunning>[0],
  { application, deploymentGroup }: CodeDeployTarget,
  primary: TaskSet,
): Promise<boolean> {
  const known = await deployments.list(application, deploymentGroup, clock.now());
  return known.some((one) => !isTerminal(one) && one.deploymentId !== primary.externalId);
}

/** Index and platform digest are both right: ECS reports the one that it resolved (aws-facts 2.5). */
function runsAnyOf(task: Task, container: string, digests: readonly string[]): boolean {
  return task.containers.some(
    ({ name, imageDigest }) =>
      name === container && imageDigest !== undefined && digests.includes(imageDigest),
  );
}
