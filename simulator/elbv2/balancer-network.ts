import type { SubnetMapping } from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import { notSimulated, validationError } from './actions.ts';

export interface SubnetChoice {
  readonly Subnets?: readonly string[] | undefined;
  readonly SubnetMappings?: readonly SubnetMapping[] | undefined;
}

/** Subnets of a balancer: of one VPC, in at least two zones, one in each (API reference, SetSubnets). */
export function readSubnets(world: World, choice: SubnetChoice): string[] {
  const { Subnets = [], SubnetMappings = [] } = choice;
  if (Subnets.length > 0 && SubnetMappings.length > 0) {
    throw validationError('Subnets and subnet mappings cannot be specified at the same time');
  }
  const ids = [...Subnets, ...SubnetMappings.map(readMapping)];
  if (ids.length === 0) throw validationError('You must specify either subnets or subnet mappings');
  const { ec2 } = world.services;
  const zones = ids.map((id) => {
    const subnet = ec2.subnet(id);
    if (!subnet) throw new AwsError('SubnetNotFound', `The subnet ID '${id}' does not exist`);
    return subnet.availabilityZone;
  });
  if (new Set(zones).size < ids.length) {
    throw new AwsError(
      'InvalidConfigurationRequest',
      'A load balancer cannot be attached to multiple subnets in the same Availability Zone',
    );
  }
  if (zones.length < 2) {
    throw validationError(
      'At least two subnets in two different Availability Zones must be specified',
    );
  }
  if (new Set(ids.map((id) => ec2.vpcOfSubnet(id))).size > 1) {
    throw new AwsError('InvalidConfigurationRequest', 'All subnets must belong to the same VPC');
  }
  return ids;
}

/** Security groups of a balancer in the VPC of its subnets; without any it is the VPC's default group. */
export function readSecurityGroups(
  world: World,
  subnets: readonly string[],
  groups: readonly string[] = [],
): string[] {
  const { ec2 } = world.services;
  const vpcId = ec2.vpcOfSubnet(subnets[0] ?? '');
  if (groups.length === 0) return [ec2.defaultSecurityGroup(vpcId ?? '') ?? []].flat();
  const wrong = groups.find((id) => ec2.vpcOfSecurityGroup(id) !== vpcId);
  if (wrong === undefined) return [...groups];
  throw new AwsError('InvalidSecurityGroup', 'One or more security groups are invalid');
}

/** Terraform sends mappings with nothing but the subnet. */
function readMapping({ SubnetId, ...others }: SubnetMapping): string {
  const other = Object.entries(others).find(([, value]) => value !== undefined && value !== '');
  if (other) throw notSimulated(`SubnetMappings.${other[0]}`);
  if (SubnetId) return SubnetId;
  throw validationError('A subnet mapping must specify a subnet ID');
}
