import type { SecurityGroupRule as WireRule } from '@aws-sdk/client-ec2';
import { arn } from '../core/arns.ts';
import type { World } from '../core/world.ts';
import type { SecurityGroupRule } from './security-group-rules.ts';

/** A rule as DescribeSecurityGroupRules shows it. */
export function describeRule(rule: SecurityGroupRule, world: World): WireRule {
  const owner = world.identity.accountId;
  return {
    SecurityGroupRuleId: rule.id,
    SecurityGroupRuleArn: arn(world.identity, 'ec2', `security-group-rule/${rule.id}`),
    GroupId: rule.groupId,
    GroupOwnerId: owner,
    IsEgress: rule.isEgress,
    IpProtocol: rule.protocol,
    // Here, unlike in permissions, a rule for all ports says -1.
    FromPort: rule.fromPort ?? -1,
    ToPort: rule.toPort ?? -1,
    ...(rule.cidrIp !== undefined && { CidrIpv4: rule.cidrIp }),
    ...(rule.cidrIpv6 !== undefined && { CidrIpv6: rule.cidrIpv6 }),
    ...(rule.prefixListId !== undefined && { PrefixListId: rule.prefixListId }),
    ...(rule.otherGroupId !== undefined && {
      ReferencedGroupInfo: { GroupId: rule.otherGroupId, UserId: owner },
    }),
    ...(rule.description !== undefined && { Description: rule.description }),
    Tags: [...rule.tags].map(([Key, Value]) => ({ Key, Value })),
  };
}
