import type {
  AuthorizeSecurityGroupEgressCommandInput,
  AuthorizeSecurityGroupEgressCommandOutput,
  AuthorizeSecurityGroupIngressCommandInput,
  AuthorizeSecurityGroupIngressCommandOutput,
  IpPermission,
  RevokeSecurityGroupEgressCommandInput,
  RevokeSecurityGroupEgressCommandOutput,
  RevokeSecurityGroupIngressCommandInput,
  RevokeSecurityGroupIngressCommandOutput,
  TagSpecification,
  SecurityGroupRule as WireRule,
} from '@aws-sdk/client-ec2';
import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import { operation, type WireOperation } from '../wire/operation.ts';
import { refuseDryRun } from './filters.ts';
import type { Ec2Model, Ec2Resource } from './model.ts';
import { type FlatPermission, peerOf, rulesOf } from './permission-rules.ts';
import { describeRule } from './rule-descriptions.ts';
import { groupInDefaultVpc } from './security-group-lifecycle.ts';
import {
  type RuleProperties,
  readRule,
  type SecurityGroupRule,
  securityGroupRules,
} from './security-group-rules.ts';
import { tagsFor } from './tags.ts';

interface RuleChange extends FlatPermission {
  readonly DryRun?: boolean | undefined;
  readonly GroupId?: string | undefined;
  readonly GroupName?: string | undefined;
  readonly SecurityGroupRuleIds?: string[] | undefined;
  readonly TagSpecifications?: TagSpecification[] | undefined;
}

const flatMembers = ['IpProtocol', 'FromPort', 'ToPort', 'CidrIp'] as const;
const authorizeMembers = ['DryRun', 'GroupId', 'IpPermissions', 'TagSpecifications'] as const;
const revokeMembers = ['DryRun', 'GroupId', 'IpPermissions', 'SecurityGroupRuleIds'] as const;

/** Rules added to and taken from security groups. */
export function changeRuleOperations(model: Ec2Model, world: World): Record<string, WireOperation> {
  return {
    AuthorizeSecurityGroupIngress: operation<
      AuthorizeSecurityGroupIngressCommandInput,
      AuthorizeSecurityGroupIngressCommandOutput
    >([...authorizeMembers, ...flatMembers, 'GroupName'], (input) =>
      authorize(model, world, input, false),
    ),
    AuthorizeSecurityGroupEgress: operation<
      AuthorizeSecurityGroupEgressCommandInput,
      AuthorizeSecurityGroupEgressCommandOutput
    >([...authorizeMembers, ...flatMembers], (input) => authorize(model, world, input, true)),
    RevokeSecurityGroupIngress: operation<
      RevokeSecurityGroupIngressCommandInput,
      RevokeSecurityGroupIngressCommandOutput
    >([...revokeMembers, ...flatMembers, 'GroupName'], (input) => revoke(model, input, false)),
    RevokeSecurityGroupEgress: operation<
      RevokeSecurityGroupEgressCommandInput,
      RevokeSecurityGroupEgressCommandOutput
    >([...revokeMembers, ...flatMembers], (input) => revoke(model, input, true)),
  };
}

/** All rules or none; answers with what became of them. */
function authorize(
  model: Ec2Model,
  world: World,
  input: RuleChange,
  isEgress: boolean,
): { Return: boolean; SecurityGroupRules: WireRule[] } {
  refuseDryRun(input);
  const { id } = groupOf(model, input);
  const rules = rulesOf(model, input);
  if (rules.length === 0) {
    throw new AwsError(
      'InvalidParameterValue',
      'The request must contain a permission with at least one peer',
    );
  }
  for (const rule of rules) {
    if (!matching(model, id, isEgress, rule)) continue;
    throw new AwsError(
      'InvalidPermission.Duplicate',
      `the specified rule "${describePeer(rule)}, ALLOW" already exists`,
    );
  }
  const tags = tagsFor('security-group-rule', input.TagSpecifications);
  const made: Ec2Resource[] = rules.map((rule) =>
    model.create('security group rule', { ...rule, GroupId: id, IsEgress: isEgress, ...tags }),
  );
  return {
    Return: true,
    SecurityGroupRules: made.map((each) => describeRule(readRule(each), world)),
  };
}

function revoke(
  model: Ec2Model,
  input: RuleChange,
  isEgress: boolean,
): { Return: boolean; UnknownIpPermissions?: IpPermission[] } {
  refuseDryRun(input);
  const group = groupOf(model, input);
  const named = (input.SecurityGroupRuleIds ?? []).map((ruleId) => {
    const rule = model.require('security group rule', ruleId);
    if (rule.properties.GroupId === group.id && rule.properties.IsEgress === isEgress)
      return ruleId;
    throw new AwsError(
      'InvalidSecurityGroupRuleId.NotFound',
      `The security group rule ID '${ruleId}' does not exist`,
    );
  });
  const described = rulesOf(model, input).map((rule) => {
    const found = matching(model, group.id, isEgress, rule);
    if (found) return found.id;
    throw new AwsError(
      'InvalidPermission.NotFound',
      'The specified rule does not exist in this security group.',
    );
  });
  for (const ruleId of [...named, ...described]) model.remove(ruleId);
  return { Return: true };
}

function groupOf(model: Ec2Model, { GroupId, GroupName }: RuleChange): Ec2Resource {
  return model.require('security group', GroupId || groupInDefaultVpc(model, GroupName));
}

/** The rule of a group with the same protocol, ports and peer. */
export function matching(
  model: Ec2Model,
  groupId: string,
  isEgress: boolean,
  rule: RuleProperties,
): SecurityGroupRule | undefined {
  const wanted = readRule({
    kind: 'security group rule',
    id: '',
    properties: { ...rule, GroupId: groupId, IsEgress: isEgress },
  });
  return securityGroupRules(model).find(
    (each) =>
      each.groupId === groupId &&
      each.isEgress === isEgress &&
      each.protocol === wanted.protocol &&
      each.fromPort === wanted.fromPort &&
      each.toPort === wanted.toPort &&
      (each.cidrIp ?? each.cidrIpv6 ?? each.otherGroupId ?? each.prefixListId) === peerOf(rule),
  );
}

function describePeer(rule: RuleProperties): string {
  const peer = `peer: ${peerOf(rule)}`;
  if (rule.IpProtocol === '-1') return `${peer}, ALL`;
  const protocol = rule.IpProtocol.toUpperCase();
  return `${peer}, ${protocol}, from port: ${rule.FromPort}, to port: ${rule.ToPort}`;
}
