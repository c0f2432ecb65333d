import type {
  DescribeTasksCommandInput,
  DescribeTasksCommandOutput,
  GetTaskProtectionCommandInput,
  GetTaskProtectionCommandOutput,
  ListTasksCommandInput,
  ListTasksCommandOutput,
  RunTaskCommandInput,
  RunTaskCommandOutput,
  StartTaskCommandInput,
  StartTaskCommandOutput,
  StopTaskCommandInput,
  StopTaskCommandOutput,
  UpdateTaskProtectionCommandInput,
  UpdateTaskProtectionCommandOutput,
} from '@aws-sdk/client-ecs';
import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import { operation, type WireService } from '../wire/operation.ts';
import { describeTask } from './describe-task.ts';
import { missing } from './missing.ts';
import type { EcsModel } from './model.ts';
import { page } from './paging.ts';
import { ClientTokens, runTask, type StartedTasks, startTask } from './run-task.ts';
import { invalidParameter } from './service-rules.ts';
import type { Task } from './task.ts';
import { readProtection, updateProtection } from './task-protection.ts';

const mostDescribed = 100;

export function taskOperations(model: EcsModel, world: World): WireService['operations'] {
  const { clusters, services, tasks } = model;
  const clientTokens = new ClientTokens();
  return {
    RunTask: operation<RunTaskCommandInput, RunTaskCommandOutput>(
      [
        'capacityProviderStrategy',
        'clientToken',
        'cluster',
        'count',
        'enableECSManagedTags',
        'enableExecuteCommand',
        'group',
        'launchType',
        'networkConfiguration',
        'overrides',
        'placementConstraints',
        'placementStrategy',
        'platformVersion',
        'propagateTags',
        'referenceId',
        'startedBy',
        'tags',
        'taskDefinition',
      ],
      (input) => {
        return answer(clientTokens.once(input.clientToken, () => runTask(model, input)));
      },
    ),
    StartTask: operation<StartTaskCommandInput, StartTaskCommandOutput>(
      [
        'cluster',
        'containerInstances',
        'enableECSManagedTags',
        'enableExecuteCommand',
        'group',
        'networkConfiguration',
        'overrides',
        'propagateTags',
        'referenceId',
        'startedBy',
        'tags',
        'taskDefinition',
      ],
      (input) => answer(startTask(model, input)),
    ),
    UpdateTaskProtection: operation<
      UpdateTaskProtectionCommandInput,
      UpdateTaskProtectionCommandOutput
    >(['cluster', 'expiresInMinutes', 'protectionEnabled', 'tasks'], (input) =>
      updateProtection(tasks, clusters.get(input.cluster), input, world.clock.now()),
    ),
    GetTaskProtection: operation<GetTaskProtectionCommandInput, GetTaskProtectionCommandOutput>(
      ['cluster', 'tasks'],
      (input) => readProtection(tasks, clusters.get(input.cluster), input.tasks),
    ),
    ListTasks: operation<ListTasksCommandInput, ListTasksCommandOutput>(
      [
        'cluster',
        'family',
        'nextToken',
        'maxResults',
        'startedBy',
        'serviceName',
        'desiredStatus',
        'launchType',
      ],
      (input) => {
        const cluster = clusters.get(input.cluster);
        // aws/aws-sdk-go-v2 #1893; a status has long been taken (amazon-ecs-cli gives both).
        if (input.startedBy && (input.family || input.launchType || input.serviceName)) {
          throw invalidParameter('cannot specify startedBy with other arguments');
        }
        const group =
          input.serviceName && `service:${services.get(cluster, input.serviceName).name}`;
        const found = tasks
          .ofCluster(cluster)
          .filter(({ launch }) => !group || launch.group === group)
          .filter((task) => matches(task, input));
        const { items, ...next } = page(found, input, { standard: 100, greatest: 100 });
        return { taskArns: items.map(({ arn }) => arn), ...next };
      },
    ),
    DescribeTasks: operation<DescribeTasksCommandInput, DescribeTasksCommandOutput>(
      ['cluster', 'tasks', 'include'],
      (input) => {
        const cluster = clusters.get(input.cluster);
        const references = input.tasks ?? [];
        if (references.length === 0) throw invalidParameter('Tasks cannot be empty.');
        if (references.length > mostDescribed) {
          throw invalidParameter(`taskIds can have at most ${mostDescribed} items.`);
        }
        const withTags = input.include?.includes('TAGS') ?? false;
        const found = references.map((reference) => ({
          reference,
          task: tasks.find(cluster, reference),
        }));
        return {
          tasks: found.flatMap(({ task }) => (task ? [describeTask(task, withTags)] : [])),
          failures: found
            .filter(({ task }) => !task)
            .map(({ reference }) =>
              missing(reference, (id) => `${cluster.arn.replace(':cluster/', ':task/')}/${id}`),
            ),
        };
      },
    ),
    StopTask: operation<StopTaskCommandInput, StopTaskCommandOutput>(
      ['cluster', 'task', 'reason'],
      (input) => {
        const task = tasks.find(clusters.get(input.cluster), input.task ?? '');
        if (!task)
          throw new AwsError('InvalidParameterException', 'The referenced task was not found.');
        void task.stop({
          code: 'UserInitiated',
          reason: input.reason ?? 'Task stopped by user',
        });
        return { task: describeTask(task) };
      },
    ),
  };
}

/** Tasks that should run, unless asked for the STOPPED ones. */
function matches(task: Task, input: ListTasksCommandInput): boolean {
  const { taskDefinition, startedBy, launchType } = task.launch;
  return (
    task.desiredStatus === (input.desiredStatus ?? 'RUNNING') &&
    (input.family === undefined || taskDefinition.family === input.family) &&
    (input.startedBy === undefined || startedBy === input.startedBy) &&
    (input.launchType === undefined || launchType === input.launchType)
  );
}

function answer({ tasks, failures }: StartedTasks): StartTaskCommandOutput {
  return {
    tasks: tasks.map((task) => describeTask(task, true)),
    failures: [...failures],
  } as StartTaskCommandOutput;
}
