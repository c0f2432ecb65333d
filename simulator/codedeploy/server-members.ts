import type {
  CreateDeploymentGroupInput,
  UpdateDeploymentGroupInput,
} from '@aws-sdk/client-codedeploy';
import { AwsError } from '../core/aws-error.ts';
import { hasMeaning } from '../wire/check-members.ts';

type GroupMembers = Partial<CreateDeploymentGroupInput & UpdateDeploymentGroupInput>;

/** Members of the Server platform with CodeDeploy's exception for each [model CreateDeploymentGroup]. */
const exceptions: readonly (readonly [keyof GroupMembers, string])[] = [
  ['autoScalingGroups', 'InvalidAutoScalingGroupException'],
  ['ec2TagFilters', 'InvalidEC2TagException'],
  ['onPremisesInstanceTagFilters', 'InvalidTagException'],
];

/**
 * Refuses what describes instances. The wording is what users quote for autoScalingGroups
 * [observed in hashicorp/terraform-provider-aws #7128]; empty lists, which Terraform sends, pass.
 */
export function refuseServerMembers(input: GroupMembers): void {
  for (const [member, code] of exceptions) {
    if (hasMeaning(input[member])) throw refusal(code, member);
  }
  if (hasMeaning(input.ec2TagSet?.ec2TagSetList)) {
    throw refusal('InvalidEC2TagCombinationException', 'ec2TagSet');
  }
  if (hasMeaning(input.onPremisesTagSet?.onPremisesTagSetList)) {
    throw refusal('InvalidOnPremisesTagCombinationException', 'onPremisesTagSet');
  }
  const { elbInfoList, targetGroupInfoList } = input.loadBalancerInfo ?? {};
  if (hasMeaning(elbInfoList)) throw strangeList('elbInfo');
  if (hasMeaning(targetGroupInfoList)) throw strangeList('targetGroupInfo');
  if (hasMeaning(input.blueGreenDeploymentConfiguration?.greenFleetProvisioningOption)) {
    throw refusal(
      'InvalidBlueGreenDeploymentConfigurationException',
      'greenFleetProvisioningOption',
    );
  }
  if (input.terminationHookEnabled)
    throw refusal('InvalidInputException', 'terminationHookEnabled');
}

function strangeList(name: string): AwsError {
  return new AwsError(
    'InvalidLoadBalancerInfoException',
    `For ECS deployment group, loadBalancerInfo must not contain ${name} list`,
  );
}

function refusal(code: string, member: string): AwsError {
  return new AwsError(code, `For ECS deployment group, ${member} can not be specified`);
}
