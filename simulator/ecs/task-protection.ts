import type { Failure, ProtectedTask, UpdateTaskProtectionCommandInput } from '@aws-sdk/client-ecs';
import { missing } from './missing.ts';
import { invalidParameter } from './service-rules.ts';
import type { Cluster } from './state.ts';
import type { Task } from './task.ts';
import type { Tasks } from './tasks.ts';

const mostTasks = 10;
const standardMinutes = 120;
const longestMinutes = 2_880;

export interface ProtectionAnswer {
  readonly protectedTasks: ProtectedTask[];
  readonly failures: Failure[];
}

/** Protects tasks of services from scale-in and deployments, two hours unless told (API reference). */
export function updateProtection(
  tasks: Tasks,
  cluster: Cluster,
  input: UpdateTaskProtectionCommandInput,
  nowMs: number,
): ProtectionAnswer {
  const { expiresInMinutes = standardMinutes, protectionEnabled = false } = input;
  if (expiresInMinutes < 1 || expiresInMinutes > longestMinutes) {
    throw invalidParameter(`expiresInMinutes must be between 1 and ${longestMinutes}.`);
  }
  const references = input.tasks ?? [];
  if (references.length === 0) throw invalidParameter('Tasks cannot be empty.');
  if (references.length > mostTasks) {
    throw invalidParameter(`Tasks cannot have more than ${mostTasks} elements.`);
  }
  return answer(tasks, cluster, references, (task) => {
    task.protect(protectionEnabled ? nowMs + expiresInMinutes * 60_000 : undefined);
  });
}

/** All running tasks of the cluster unless some are named. */
export function readProtection(
  tasks: Tasks,
  cluster: Cluster,
  references: readonly string[] | undefined,
): ProtectionAnswer {
  const wanted = references?.length
    ? references
    : tasks
        .ofCluster(cluster)
        .filter((task) => task.isRunning && isOfService(task))
        .map(({ arn }) => arn);
  return answer(tasks, cluster, wanted, () => {});
}

function answer(
  tasks: Tasks,
  cluster: Cluster,
  references: readonly string[],
  change: (task: Task) => void,
): ProtectionAnswer {
  const protectedTasks: ProtectedTask[] = [];
  const failures: Failure[] = [];
  for (const reference of references) {
    const task = tasks.find(cluster, reference);
    if (!task) {
      failures.push(
        missing(reference, (id) => `${cluster.arn.replace(':cluster/', ':task/')}/${id}`),
      );
    } else if (!isOfService(task) || task.isStopping) {
      failures.push({ arn: task.arn, reason: 'TASK_NOT_VALID' });
    } else {
      change(task);
      protectedTasks.push({
        taskArn: task.arn,
        protectionEnabled: task.isProtected,
        ...(task.isProtected && { expirationDate: new Date(task.protectedUntilMs ?? 0) }),
      });
    }
  }
  return { protectedTasks, failures };
}

function isOfService({ launch }: Task): boolean {
  return launch.group.startsWith('service:');
}
