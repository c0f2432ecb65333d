import {
  DescribeTasksCommand,
  type ECSClient,
  paginateListTasks,
  type Task,
} from '@aws-sdk/client-ecs';
import type { StoppedTask, StoppedTasks } from '../core/ports/stopped-tasks.ts';
import { callAws } from './aws-errors.ts';

/** DescribeTasks takes at most this many (ECS model). */
const tasksPerCall = 100;

/**
 * Stopped tasks of ECS. They are listed by service and told apart here, because ListTasks takes `startedBy` only
 * as its sole filter (ECS API reference).
 */
export function ecsStoppedTasks(client: ECSClient, signal?: AbortSignal): StoppedTasks {
  const options = signal === undefined ? {} : { abortSignal: signal };
  return {
    async list(cluster, serviceName, taskSetId) {
      const resource = `${cluster}/${serviceName}`;
      const arns = await callAws({ action: 'ecs:ListTasks', resource }, async () => {
        const found: string[] = [];
        const request = { cluster, serviceName, desiredStatus: 'STOPPED' } as const;
        for await (const page of paginateListTasks({ client }, request, options)) {
          found.push(...(page.taskArns ?? []));
        }
        return found;
      });
      const stopped: StoppedTask[] = [];
      for (let from = 0; from < arns.length; from += tasksPerCall) {
        const tasks = arns.slice(from, from + tasksPerCall);
        const output = await callAws({ action: 'ecs:DescribeTasks', resource }, () =>
          client.send(new DescribeTasksCommand({ cluster, tasks }), options),
        );
        const ours = (output.tasks ?? []).filter(
          ({ startedBy, lastStatus }) => startedBy === taskSetId && lastStatus === 'STOPPED',
        );
        stopped.push(...ours.map(fromSdkTask));
      }
      return stopped.sort((a, b) => a.stoppedAtMs - b.stoppedAtMs);
    },
  };
}

function fromSdkTask(task: Task): StoppedTask {
  return {
    taskArn: task.taskArn ?? '',
    taskDefinitionArn: task.taskDefinitionArn ?? '',
    stopCode: task.stopCode,
    stoppedReason: task.stoppedReason,
    stoppedAtMs: (task.stoppedAt ?? task.stoppingAt)?.getTime() ?? 0,
    containers: (task.containers ?? []).map(({ name, exitCode, reason }) => ({
      name: name ?? '',
      exitCode,
      reason,
    })),
  };
}
