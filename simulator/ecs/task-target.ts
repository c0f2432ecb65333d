import type { World } from '../core/world.ts';
import { invalidParameter } from './service-rules.ts';
import type { Task } from './task.ts';

/** As what a task's container port is registered: its address, or its instance with the host port bound to it. */
export function targetOfTask(
  world: World,
  task: Task,
  targetGroupArn: string,
  containerPort: number,
): { readonly id: string; readonly port: number } {
  const { placement, network } = task;
  if (world.services.elbv2.targetType(targetGroupArn) === 'ip' || !placement) {
    return { id: network.privateIp, port: containerPort };
  }
  const bound = placement.bindings.find((binding) => binding.containerPort === containerPort);
  return { id: placement.instance.ec2InstanceId, port: bound?.hostPort ?? containerPort };
}

/** Tasks with an interface of their own are addresses, the others ports of their instance. Throws AwsError. */
export function checkTargetType(
  world: World,
  targetGroupArn: string,
  networkMode = 'bridge',
): void {
  const targetType = world.services.elbv2.targetType(targetGroupArn);
  if ((networkMode === 'awsvpc') === (targetType === 'ip')) return;
  throw invalidParameter(
    `The provided target group ${targetGroupArn} has target type ${targetType}, which is incompatible with the ${networkMode} network mode specified in the task definition.`,
  );
}
