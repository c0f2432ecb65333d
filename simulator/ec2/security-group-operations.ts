import type {
  DescribeSecurityGroupRulesCommandInput,
  DescribeSecurityGroupRulesCommandOutput,
  DescribeSecurityGroupsCommandInput,
  DescribeSecurityGroupsCommandOutput,
  IpPermission,
  SecurityGroup,
} from '@aws-sdk/client-ec2';
import { arn } from '../core/arns.ts';
import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import { operation, type WireOperation } from '../wire/operation.ts';
import { ec2Filter, ec2Page, type FilterTexts, refuseDryRun } from './filters.ts';
import type { Ec2Model, Ec2Resource } from './model.ts';
import { describeRule } from './rule-descriptions.ts';
import { groupInDefaultVpc } from './security-group-lifecycle.ts';
import { type SecurityGroupRule, securityGroupRules } from './security-group-rules.ts';
import { tagList, tagsOf } from './tags.ts';
import { wanted } from './wanted-resources.ts';

/** Security groups, their rules as permissions, and the rules themselves. */
export function securityGroupOperations(
  model: Ec2Model,
  world: World,
): Record<string, WireOperation> {
  const owner = world.identity.accountId;
  const rulesOf = (groupId: string, isEgress: boolean) =>
    securityGroupRules(model).filter(
      (rule) => rule.groupId === groupId && rule.isEgress === isEgress,
    );
  const groupTexts: FilterTexts<Ec2Resource> = {
    'group-id': ({ id }) => [id],
    'group-name': ({ properties }) => [String(properties.GroupName)],
    'vpc-id': ({ properties }) => [String(properties.VpcId)],
    description: ({ properties }) => [String(properties.GroupDescription)],
    'owner-id': () => [owner],
    'ip-permission.group-id': ({ id }) =>
      rulesOf(id, false).map(({ otherGroupId }) => otherGroupId),
    'ip-permission.from-port': ({ id }) =>
      rulesOf(id, false).map(({ fromPort }) => fromPort?.toString()),
    'ip-permission.to-port': ({ id }) => rulesOf(id, false).map(({ toPort }) => toPort?.toString()),
    'egress.ip-permission.cidr': ({ id }) => rulesOf(id, true).map(({ cidrIp }) => cidrIp),
    'egress.ip-permission.group-id': ({ id }) =>
      rulesOf(id, true).map(({ otherGroupId }) => otherGroupId),
    'ip-permission.protocol': ({ id }) => rulesOf(id, false).map(({ protocol }) => protocol),
    'ip-permission.cidr': ({ id }) => rulesOf(id, false).map(({ cidrIp }) => cidrIp),
  };
  const showGroup = (group: Ec2Resource): SecurityGroup => ({
    GroupId: group.id,
    GroupName: String(group.properties.GroupName),
    Description: String(group.properties.GroupDescription),
    ...(group.properties.VpcId !== undefined && { VpcId: String(group.properties.VpcId) }),
    OwnerId: owner,
    SecurityGroupArn: arn(world.identity, 'ec2', `security-group/${group.id}`),
    IpPermissions: permissions(rulesOf(group.id, false), owner),
    IpPermissionsEgress: permissions(rulesOf(group.id, true), owner),
    Tags: tagList(group),
  });
  const ruleTexts: FilterTexts<SecurityGroupRule> = {
    'group-id': ({ groupId }) => [groupId],
    'security-group-rule-id': ({ id }) => [id],
    'is-egress': ({ isEgress }) => [String(isEgress)],
  };
  return {
    DescribeSecurityGroups: operation<
      DescribeSecurityGroupsCommandInput,
      DescribeSecurityGroupsCommandOutput
    >(['Filters', 'GroupIds', 'GroupNames', 'MaxResults', 'NextToken', 'DryRun'], (input) => {
      refuseDryRun(input);
      for (const id of input.GroupIds ?? []) checkGroupId(id);
      const named = (input.GroupNames ?? []).map((name) => groupInDefaultVpc(model, name));
      const ids = [...(input.GroupIds ?? []), ...named];
      const found = wanted(model, 'security group', ids).filter(
        ec2Filter(input.Filters, groupTexts, tagsOf),
      );
      const { items, more } = ec2Page(found, input, ids);
      return { SecurityGroups: items.map(showGroup), ...more };
    }),
    DescribeSecurityGroupRules: operation<
      DescribeSecurityGroupRulesCommandInput,
      DescribeSecurityGroupRulesCommandOutput
    >(['Filters', 'SecurityGroupRuleIds', 'MaxResults', 'NextToken', 'DryRun'], (input) => {
      refuseDryRun(input);
      const ids = input.SecurityGroupRuleIds;
      const kept = new Set(wanted(model, 'security group rule', ids).map(({ id }) => id));
      const found = securityGroupRules(model)
        .filter(({ id }) => kept.has(id))
        .filter(ec2Filter(input.Filters, ruleTexts, ({ tags }) => tags));
      const { items, more } = ec2Page(found, input, ids);
      return { SecurityGroupRules: items.map((rule) => describeRule(rule, world)), ...more };
    }),
  };
}

/** Rules of the same protocol and ports are one permission with several sources. */
function permissions(rules: readonly SecurityGroupRule[], owner: string): IpPermission[] {
  const groups = new Map<string, SecurityGroupRule[]>();
  for (const rule of rules) {
    const key = `${rule.protocol} ${rule.fromPort} ${rule.toPort}`;
    groups.set(key, [...(groups.get(key) ?? []), rule]);
  }
  return [...groups.values()].map((same) => ({
    IpProtocol: same[0]?.protocol,
    ...(same[0]?.fromPort !== undefined && { FromPort: same[0].fromPort }),
    ...(same[0]?.toPort !== undefined && { ToPort: same[0].toPort }),
    IpRanges: same.flatMap(({ cidrIp, description }) =>
      cidrIp === undefined ? [] : [{ CidrIp: cidrIp, ...described(description) }],
    ),
    Ipv6Ranges: same.flatMap(({ cidrIpv6, description }) =>
      cidrIpv6 === undefined ? [] : [{ CidrIpv6: cidrIpv6, ...described(description) }],
    ),
    PrefixListIds: same.flatMap(({ prefixListId, description }) =>
      prefixListId === undefined ? [] : [{ PrefixListId: prefixListId, ...described(description) }],
    ),
    UserIdGroupPairs: same.flatMap(({ otherGroupId, description }) =>
      otherGroupId === undefined
        ? []
        : [{ GroupId: otherGroupId, UserId: owner, ...described(description) }],
    ),
  }));
}

function described(Description: string | undefined): { Description?: string } {
  return Description === undefined ? {} : { Description };
}

function checkGroupId(id: string): void {
  if (/^sg-[0-9a-f]{8,17}$/.test(id)) return;
  throw new AwsError('InvalidGroupId.Malformed', `Invalid id: "${id}"`);
}
