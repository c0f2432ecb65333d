import type { CreateTaskSetCommandInput, Scale } from '@aws-sdk/client-ecs';
import { checkCapacity, requestedCapacity } from './requested-capacity.ts';
import { invalidParameter, notSimulated } from './service-rules.ts';
import type { Service, TaskDefinitionRevision } from './state.ts';
import { tagMap } from './tags.ts';
import type { CreateTaskSet } from './task-sets.ts';

/** What CreateTaskSet makes of its input, for services that others than ECS deploy. Throws AwsError. */
export function requestedTaskSet(
  input: CreateTaskSetCommandInput,
  service: Service,
  taskDefinition: TaskDefinitionRevision,
): CreateTaskSet {
  if (service.controller === 'ECS') {
    throw invalidParameter(
      'Task sets are not supported on services with an ECS deployment controller.',
    );
  }
  const capacity = requestedCapacity(input, service.cluster);
  checkCapacity(capacity, taskDefinition.document, input);
  if ((input.loadBalancers ?? []).length > 1) throw notSimulated('several target groups');
  return {
    service,
    taskDefinition,
    loadBalancer: input.loadBalancers?.[0],
    networkConfiguration: input.networkConfiguration,
    platformVersion: input.platformVersion ?? 'LATEST',
    externalId: input.externalId,
    ...capacity,
    // AWS answers 0 percent for a set that was created without a scale.
    scalePercent: scalePercent(input.scale ?? { value: 0, unit: 'PERCENT' }),
    tags: tagMap(input.tags),
    status: 'ACTIVE',
  };
}

/** Throws AwsError InvalidParameterException for anything but 0 to 100 PERCENT. */
export function scalePercent({ value = 0, unit = 'PERCENT' }: Scale): number {
  if (unit !== 'PERCENT' || value < 0 || value > 100) {
    throw invalidParameter('The scale of a task set must be between 0 and 100 PERCENT.');
  }
  return value;
}
