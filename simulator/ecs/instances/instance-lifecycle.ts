import { invalidParameter } from '../service-rules.ts';
import type { StopCause } from '../task.ts';
import type { ContainerInstances } from './container-instances.ts';
import type { ContainerInstance } from './state.ts';

/** A DRAINING instance takes no task; those of services leave it and are replaced elsewhere (API reference). */
export function setInstanceState(
  instances: ContainerInstances,
  instance: ContainerInstance,
  status: 'ACTIVE' | 'DRAINING',
): void {
  if (instance.status === status) return;
  instances.setStatus(instance, status);
  if (status === 'ACTIVE') return;
  for (const task of [...instance.tasks]) {
    const { group, startedBy } = task.launch;
    // Tasks that no service started run on until they end.
    if (!group.startsWith('service:')) continue;
    void task.stop({
      code: 'ServiceSchedulerInitiated',
      reason: `Scaling activity initiated by (deployment ${startedBy})`,
    });
  }
}

/** Takes an instance out of its cluster; by force its tasks are lost with it. Throws AwsError while it has tasks. */
export function deregisterInstance(
  instances: ContainerInstances,
  instance: ContainerInstance,
  force: boolean,
): void {
  if (!force && instance.tasks.size > 0) {
    throw invalidParameter('Found running tasks on the instance.');
  }
  instances.setStatus(instance, 'INACTIVE');
  const cause: StopCause = {
    code: 'TerminationNotice',
    reason: `Host EC2 (instance ${instance.ec2InstanceId}) terminated.`,
  };
  for (const task of [...instance.tasks]) void task.stop(cause);
}
