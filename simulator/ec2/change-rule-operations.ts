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
} from '@aws-sdk/client-ec2';
import { AwsError } from '../core/aws-error.ts';
import { operation, type WireOperation } from '../wire/operation.ts';
import { refuseDryRun } from './filters.ts';
import type { Ec2Model } from './model.ts';
import {
  type RuleProperties,
  type SecurityGroupRule,
  securityGroupRules,
} from './security-group-rules.ts';

interface RuleChange {
  readonly DryRun?: boolean | undefined;
  readonly GroupId?: string | undefined;
  readonly IpPermissions?: IpPermission[] | undefined;
  readonly SecurityGroupRuleIds?: string[] | undefined;
}

/** Rules added and taken away by hand: how a rehearsal breaks a network and mends it. */
export function changeRuleOperations(model: Ec2Model): Record<string, WireOperation> {
  return {
    AuthorizeSecurityGroupIngress: operation<
      AuthorizeSecurityGroupIngressCommandInput,
      AuthorizeSecurityGroupIngressCommandOutput
    >(['DryRun', 'GroupId', 'IpPermissions'], (input) => authorize(model, input, false)),
    AuthorizeSecurityGroupEgress: operation<
      AuthorizeSecurityGroupEgressCommandInput,
      AuthorizeSecurityGroupEgressCommandOutput
    >(['DryRun', 'GroupId', 'IpPermissions'], (input) => authorize(model, input, true)),
    RevokeSecurityGroupIngress: operation<
      RevokeSecurityGroupIngressCommandInput,
      RevokeSecurityGroupIngressCommandOutput
    >(['DryRun', 'GroupId', 'IpPermissions', 'SecurityGroupRuleIds'], (input) =>
      revoke(model, input, false),
    ),
    RevokeSecurityGroupEgress: operation<
      RevokeSecurityGroupEgressCommandInput,
      RevokeSecurityGroupEgressCommandOutput
    >(['DryRun', 'GroupId', 'IpPermissions', 'SecurityGroupRuleIds'], (input) =>
      revoke(model, input, true),
    ),
  };
}

function authorize(model: Ec2Model, input: RuleChange, isEgress: boolean): { Return: boolean } {
  refuseDryRun(input);
  const { id } = model.require('security group', input.GroupId ?? '');
  for (const rule of rulesOf(input.IpPermissions)) {
    const present = matching(model, id, isEgress, rule);
    if (present) {
      throw new AwsError(
        'InvalidPermission.Duplicate',
        `the specified rule "peer: ${peerOf(rule)}, ${rule.IpProtocol}, from port: ${rule.FromPort}, to port: ${rule.ToPort}, ALLOW" already exists`,
      );
    }
    model.create('security group rule', { ...rule, GroupId: id, IsEgress: isEgress });
  }
  return { Return: true };
}

function revoke(model: Ec2Model, input: RuleChange, isEgress: boolean): { Return: boolean } {
  refuseDryRun(input);
  const { id } = model.require('security group', input.GroupId ?? '');
  const named = (input.SecurityGroupRuleIds ?? []).map(
    (ruleId) => model.require('security group rule', ruleId).id,
  );
  const described = rulesOf(input.IpPermissions).map((rule) => {
    const found = matching(model, id, isEgress, rule);
    if (found) return found.id;
    throw new AwsError(
      'InvalidPermission.NotFound',
      'The specified rule does not exist in this security group.',
    );
  });
  for (const ruleId of [...named, ...described]) model.remove(ruleId);
  return { Return: true };
}

function matching(
  model: Ec2Model,
  groupId: string,
  isEgress: boolean,
  rule: RuleProperties,
): SecurityGroupRule | undefined {
  const all = rule.IpProtocol === '-1';
  return securityGroupRules(model).find(
    (each) =>
      each.groupId === groupId &&
      each.isEgress === isEgress &&
      each.protocol === rule.IpProtocol &&
      (all || (each.fromPort === rule.FromPort && each.toPort === rule.ToPort)) &&
      (each.cidrIp ?? each.cidrIpv6 ?? each.otherGroupId) === peerOf(rule),
  );
}

/** One rule for each peer of each permission. */
function rulesOf(permissions: readonly IpPermission[] = []): RuleProperties[] {
  return permissions.flatMap((permission) => {
    const { IpProtocol = '-1', FromPort, ToPort, PrefixListIds = [] } = permission;
    if (PrefixListIds.length > 0) {
      throw new AwsError('NotImplemented', 'PrefixListIds of a permission are not simulated');
    }
    const base = { IpProtocol, FromPort, ToPort };
    return [
      ...(permission.IpRanges ?? []).map(({ CidrIp, Description }) => ({
        ...base,
        CidrIp,
        Description,
      })),
      ...(permission.Ipv6Ranges ?? []).map(({ CidrIpv6, Description }) => ({
        ...base,
        CidrIpv6,
        Description,
      })),
      ...(permission.UserIdGroupPairs ?? []).map(({ GroupId, Description }) => ({
        ...base,
        SourceSecurityGroupId: GroupId,
        Description,
      })),
    ];
  });
}

function peerOf(rule: RuleProperties): string | undefined {
  return rule.CidrIp ?? rule.CidrIpv6 ?? rule.SourceSecurityGroupId;
}
