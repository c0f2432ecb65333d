import type { ResourceStatus, StackStatus } from '@aws-sdk/client-cloudformation';
import type { World } from '../core/world.ts';
import type { Stack, StackEvent, StackResource } from './model.ts';

/** Sets the status of a stack and records its event. */
export function stackStatus(
  world: World,
  stack: Stack,
  status: StackStatus,
  reason?: string,
): void {
  stack.status = status;
  stack.statusReason = reason;
  if (status === 'DELETE_COMPLETE') stack.deletedAtMs = world.clock.now();
  record(world, stack, {
    logicalId: stack.stackName,
    physicalId: stack.stackId,
    type: 'AWS::CloudFormation::Stack',
    status: status as ResourceStatus,
    reason,
    properties: undefined,
  });
}

/** Sets the status of a resource and records its event. */
export function resourceStatus(
  world: World,
  stack: Stack,
  resource: StackResource,
  status: ResourceStatus,
  reason?: string,
): void {
  resource.status = status;
  resource.statusReason = reason;
  resource.updatedAtMs = world.clock.now();
  record(world, stack, {
    logicalId: resource.logicalId,
    physicalId: resource.physicalId ?? '',
    type: resource.type,
    status,
    reason,
    properties: JSON.stringify(resource.properties),
  });
}

function record(
  world: World,
  stack: Stack,
  event: Omit<StackEvent, 'id' | 'atMs' | 'clientRequestToken'>,
): void {
  stack.events.push({
    id:
      event.logicalId === stack.stackName
        ? world.ids.uuid()
        : `${event.logicalId}-${event.status}-${new Date(world.clock.now()).toISOString()}`,
    atMs: world.clock.now(),
    clientRequestToken: stack.clientRequestToken,
    ...event,
  });
}
