import {
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  DescribeTasksCommand,
  ListTaskDefinitionsCommand,
  ListTasksCommand,
} from '@aws-sdk/client-ecs';
import type { Arena } from './arena.ts';
import type { Reality } from './reality.ts';

type ObservedService = Pick<
  Reality,
  'taskSets' | 'desiredCount' | 'runningTaskDefinitions' | 'primaryDigest'
>;

/** The ECS service with its task sets, and what its running tasks run. */
export async function observeService(arena: Arena): Promise<ObservedService> {
  const { aws, names } = arena;
  const { cluster, service } = names;
  const [{ services = [] }, { taskArns = [] }] = await Promise.all([
    aws.ecs.send(new DescribeServicesCommand({ cluster, services: [service] })),
    aws.ecs.send(new ListTasksCommand({ cluster, serviceName: service })),
  ]);
  const tasks =
    taskArns.length === 0
      ? []
      : ((await aws.ecs.send(new DescribeTasksCommand({ cluster, tasks: taskArns }))).tasks ?? []);
  const taskSets = services[0]?.taskSets ?? [];
  const primary = taskSets.find(({ status }) => status === 'PRIMARY')?.taskDefinition;
  return {
    taskSets: taskSets.map((taskSet) => ({
      status: taskSet.status ?? '',
      stabilityStatus: taskSet.stabilityStatus ?? '',
      taskDefinitionArn: taskSet.taskDefinition ?? '',
      targetGroupArn: taskSet.loadBalancers?.[0]?.targetGroupArn,
      runningCount: taskSet.runningCount ?? 0,
    })),
    desiredCount: services[0]?.desiredCount ?? 0,
    runningTaskDefinitions: tasks.map((task) => task.taskDefinitionArn ?? ''),
    primaryDigest: primary && (await imageDigest(arena, primary)),
  };
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
