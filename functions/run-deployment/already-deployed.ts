import type { TrackedDeployment } from '../core/deployment/tracked-deployment.ts';
import type { Deployments } from '../core/ports/deployments.ts';
import type { TaskSet } from '../core/ports/ecs-services.ts';
import type { TaskDefinitions } from '../core/ports/task-definitions.ts';
import { sameContent } from '../core/task-definition/same-content.ts';

export interface AlreadyDeployedDeps {
  readonly deployments: Pick<Deployments, 'get'>;
  readonly taskDefinitions: Pick<TaskDefinitions, 'describe'>;
}

/**
 * Sentence that says that another execution deployed this very revision while this one was on its way, undefined when
 * none did. Two may be started for one push within a moment, by its late event and by the sweep, and neither need see
 * the other, as ListExecutions is eventually consistent (Step Functions API reference); CodeDeploy lets one go first.
 * Only a deployment that Succeeded counts: the task set of one that failed late is PRIMARY until it is rolled back.
 */
export async function findAlreadyDeployed(
  { taskDefinitionArn, release }: Pick<TrackedDeployment, 'taskDefinitionArn' | 'release'>,
  serving: Pick<TaskSet, 'taskDefinitionArn' | 'externalId'> | undefined,
  { deployments, taskDefinitions }: AlreadyDeployedDeps,
): Promise<string | undefined> {
  const runningArn = serving?.taskDefinitionArn;
  if (runningArn === undefined || serving?.externalId === undefined) return undefined;
  // What ran before is left to its tasks, which resolve-release looked at.
  if (runningArn === release.originalTaskDefinitionArn) return undefined;
  if (runningArn !== taskDefinitionArn) {
    // Two that register in the same moment get a revision each: RegisterTaskDefinition takes no token.
    const [running, registered] = await Promise.all([
      taskDefinitions.describe(runningArn),
      taskDefinitions.describe(taskDefinitionArn),
    ]);
    if (!sameContent(running, registered)) return undefined;
  }
  const by = await deployments.get(serving.externalId);
  if (by?.status !== 'Succeeded') return undefined;
  return `Deployment ${by.deploymentId} brought this image to production while this execution waited`;
}
