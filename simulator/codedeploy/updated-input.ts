import type { UpdateDeploymentGroupInput } from '@aws-sdk/client-codedeploy';
import type { GroupInput } from './deployment-group.ts';

/** Members whose absence means "as it is"; an empty list or structure is given and replaces [model]. */
const updatable = [
  'deploymentConfigName',
  'ec2TagFilters',
  'onPremisesInstanceTagFilters',
  'autoScalingGroups',
  'serviceRoleArn',
  'triggerConfigurations',
  'alarmConfiguration',
  'autoRollbackConfiguration',
  'outdatedInstancesStrategy',
  'deploymentStyle',
  'blueGreenDeploymentConfiguration',
  'loadBalancerInfo',
  'ec2TagSet',
  'ecsServices',
  'onPremisesTagSet',
  'terminationHookEnabled',
] as const satisfies readonly (keyof UpdateDeploymentGroupInput & keyof GroupInput)[];

/** The group's members after UpdateDeploymentGroup. */
export function updatedInput(
  present: GroupInput,
  input: Partial<UpdateDeploymentGroupInput>,
): GroupInput {
  const given = updatable
    .filter((member) => input[member] !== undefined && input[member] !== null)
    .map((member) => [member, input[member]]);
  return {
    ...present,
    ...Object.fromEntries(given),
    ...(input.newDeploymentGroupName && { deploymentGroupName: input.newDeploymentGroupName }),
  };
}
