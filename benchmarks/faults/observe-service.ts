import {
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  DescribeTasksCommand,
  ListTaskDefinitionsCommand,
  ListTasksCommand,
  type Service,
} from '@aws-sdk/client-ecs';
import type { Strategy } from '../../functions/core/config/target-schema.ts';
import type { Arena } from './arena.ts';
import type { ObservedTaskSet, Reality } from './reality.ts';

type ObservedService = Pick<
  Reality,
  'taskSets' | 'desiredCount' | 'runningTaskDefinitions' | 'primaryDigest'
>;

/** The ECS service with its task sets, and what its running tasks run. */
export async function observeService(arena: Arena): Promise<ObservedService> {
  const { aws, names } = arena;
  const { cluster, service } = names.target;
  const [{ services = [] }, { taskArns = [] }] = await Promise.all([
    aws.ecs.send(new DescribeServicesCommand({ cluster, services: [service] })),
    aws.ecs.send(new ListTasksCommand({ cluster, serviceName: service })),
  ]);
  const tasks =
    taskArns.length === 0
      ? []
      : ((await aws.ecs.send(new DescribeTasksCommand({ cluster, tasks: taskArns }))).tasks ?? []);
  const taskSets = taskSetsOf(names.target.strategy, services[0]);
  const primary = taskSets.find(({ status }) => status === 'PRIMARY')?.taskDefinitionArn;
  return {
    taskSets,
    desiredCount: services[0]?.desiredCount ?? 0,
    runningTaskDefinitions: tasks.map((task) => task.taskDefinitionArn ?? ''),
    primaryDigest: primary && (await imageDigest(arena, primary)),
  };
}

/** What a service under the ECS controller calls its deployments is a set of tasks as well. */
function taskSetsOf(strategy: Strategy, service: Service | undefined): ObservedTaskSet[] {
  if (strategy === 'codedeploy') {
    return (service?.taskSets ?? []).map((taskSet) => ({
      status: taskSet.status ?? '',
      stabilityStatus: taskSet.stabilityStatus ?? '',
      taskDefinitionArn: taskSet.taskDefinition ?? '',
      targetGroupArn: taskSet.loadBalancers?.[0]?.targetGroupArn,
      runningCount: taskSet.runningCount ?? 0,
    }));
  }
  return (service?.deployments ?? []).map((deployment) => ({
    status: deployment.status ?? '',
    stabilityStatus: deployment.rolloutState === 'COMPLETED' ? 'STEADY_STATE' : 'STABILIZING',
    taskDefinitionArn: deployment.taskDefinition ?? '',
    targetGroupArn: service?.loadBalancers?.[0]?.targetGroupArn,
    runningCount: deployment.runningCount ?? 0,
  }));
}

/** ARNs of the active revisions. */
export async function listRevisions({ aws }: Arena): Promise<string[]> {
  const arns: string[] = [];
  let nextToken: string | undefined;
  do {
    const page = await aws.ecs.send(
      new ListTaskDefinitionsCommand({ status: 'ACTIVE', ...(nextToken && { nextToken }) }),
    );
    arns.push(...(page.taskDefinitionArns ?? []));
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return arns;
}

/** What a task definition's image names after its `@`, or the whole name of an image by tag. */
export async function imageDigest({ aws }: Arena, taskDefinition: string): Promise<string> {
  const answer = await aws.ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition }));
  const image = answer.taskDefinition?.containerDefinitions?.[0]?.image ?? '';
  return image.split('@').at(-1) ?? '';
}
