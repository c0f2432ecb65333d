import { AwsError } from '../core/aws-error.ts';
import { type InterfaceHolders, interfacesInUse } from './interfaces.ts';
import type { Ec2Kind, Ec2Model } from './model.ts';
import { securityGroupRules } from './security-group-rules.ts';
import { propertyTexts } from './wanted-resources.ts';

const vpcParts: readonly Ec2Kind[] = [
  'subnet',
  'internet gateway',
  'VPC endpoint',
  'security group',
  'route table',
];

/** Throws DependencyViolation while something is in the VPC that it was not born with. */
export function checkVpcIsEmpty(model: Ec2Model, vpcId: string): void {
  const inside = vpcParts
    .flatMap((kind) => model.all(kind))
    .filter(({ properties }) => properties.VpcId === vpcId)
    .filter(({ properties }) => properties.GroupName !== 'default' && properties.Main !== true);
  if (inside.length > 0) throw dependencyViolation(`The vpc '${vpcId}'`);
}

/** Throws DependencyViolation while a task, a balancer or a gateway has an interface in the subnet. */
export function checkSubnetIsEmpty(
  model: Ec2Model,
  subnetId: string,
  holders: InterfaceHolders,
): void {
  const used = interfacesInUse(model, holders).some((one) => one.subnetId === subnetId);
  if (used) throw dependencyViolation(`The subnet '${subnetId}'`);
}

/** Throws for the default group, and while an interface or another group's rule uses the group. */
export function checkGroupIsUnused(
  model: Ec2Model,
  groupId: string,
  holders: InterfaceHolders,
): void {
  const { properties } = model.require('security group', groupId);
  if (properties.GroupName === 'default') {
    throw new AwsError(
      'CannotDelete',
      `the specified group: "${groupId}" name: "default" cannot be deleted by a user`,
    );
  }
  const named = securityGroupRules(model).some(
    (rule) => rule.otherGroupId === groupId && rule.groupId !== groupId,
  );
  const held = interfacesInUse(model, holders).some((one) => one.securityGroups.includes(groupId));
  if (!named && !held) return;
  throw new AwsError('DependencyViolation', `resource ${groupId} has a dependent object`);
}

/** Throws DependencyViolation for a main route table and one that a subnet uses. */
export function checkRouteTableIsUnused(model: Ec2Model, routeTableId: string): void {
  const { properties } = model.require('route table', routeTableId);
  const used = model
    .all('route table association')
    .some((association) => association.properties.RouteTableId === routeTableId);
  const endpoint = model
    .all('VPC endpoint')
    .some((each) => propertyTexts(each, 'RouteTableIds').includes(routeTableId));
  if (properties.Main === true || used || endpoint) {
    throw dependencyViolation(`The routeTable '${routeTableId}'`);
  }
}

export function dependencyViolation(subject: string): AwsError {
  return new AwsError('DependencyViolation', `${subject} has dependencies and cannot be deleted.`);
}
