import type { Ec2Model, Ec2Resource } from './model.ts';
import { tagsOf } from './tags.ts';

/** A rule as templates spell it; the security group is the source or the destination. */
export interface RuleProperties {
  readonly IpProtocol: string;
  readonly FromPort?: number | undefined;
  readonly ToPort?: number | undefined;
  readonly CidrIp?: string | undefined;
  readonly CidrIpv6?: string | undefined;
  readonly Description?: string | undefined;
  readonly PrefixListId?: string | undefined;
  readonly SourcePrefixListId?: string | undefined;
  readonly DestinationPrefixListId?: string | undefined;
  readonly SourceSecurityGroupId?: string | undefined;
  readonly DestinationSecurityGroupId?: string | undefined;
}

export interface SecurityGroupRule {
  readonly id: string;
  readonly groupId: string;
  readonly isEgress: boolean;
  /** `-1`, `tcp`, `udp`, `icmp`, or a protocol number. */
  readonly protocol: string;
  readonly fromPort: number | undefined;
  readonly toPort: number | undefined;
  readonly cidrIp: string | undefined;
  readonly cidrIpv6: string | undefined;
  readonly prefixListId: string | undefined;
  readonly otherGroupId: string | undefined;
  readonly description: string | undefined;
  readonly tags: ReadonlyMap<string, string>;
}

const everywhere: RuleProperties = { IpProtocol: '-1', CidrIp: '0.0.0.0/0' };
const names: Readonly<Record<string, string>> = { '1': 'icmp', '6': 'tcp', '17': 'udp' };

/** Rules of a new group; without egress rules of its own it lets everything out. */
export function createRules(
  model: Ec2Model,
  groupId: string,
  ingress: readonly RuleProperties[],
  egress: readonly RuleProperties[] | undefined,
): void {
  const create = (rule: RuleProperties, more: object) =>
    model.create('security group rule', { ...rule, GroupId: groupId, ...more });
  for (const rule of ingress) create(rule, { IsEgress: false });
  for (const rule of egress ?? []) create(rule, { IsEgress: true });
  if (!egress?.length) create(everywhere, { IsEgress: true, IsDefault: true });
}

/** What a VPC's own group lets in, which is itself, and out, which is everything. */
export function defaultRules(GroupId: string): Readonly<Record<string, unknown>>[] {
  return [
    { IpProtocol: '-1', SourceSecurityGroupId: GroupId, GroupId, IsEgress: false },
    { ...everywhere, GroupId, IsEgress: true, IsDefault: true },
  ];
}

/** CloudFormation takes the default rule away when a template adds an egress rule to the group. */
export function removeDefaultEgress(model: Ec2Model, groupId: string): void {
  for (const { id, properties } of model.all('security group rule')) {
    if (properties.GroupId === groupId && properties.IsDefault === true) model.remove(id);
  }
}

/** All rules, in order of creation. */
export function securityGroupRules(model: Ec2Model): SecurityGroupRule[] {
  return model.all('security group rule').map(readRule);
}

/** A rule as clients see it; protocol numbers of tcp, udp and icmp have names. */
export function readRule(resource: Ec2Resource): SecurityGroupRule {
  const { id, properties } = resource;
  const rule = properties as unknown as RuleProperties & { GroupId: string; IsEgress: boolean };
  const protocol = names[rule.IpProtocol] ?? rule.IpProtocol.toLowerCase();
  const all = protocol === '-1';
  return {
    id,
    groupId: rule.GroupId,
    isEgress: rule.IsEgress,
    protocol,
    fromPort: all ? undefined : rule.FromPort,
    toPort: all ? undefined : rule.ToPort,
    cidrIp: rule.CidrIp,
    cidrIpv6: rule.CidrIpv6,
    otherGroupId: rule.SourceSecurityGroupId ?? rule.DestinationSecurityGroupId,
    prefixListId: rule.PrefixListId ?? rule.SourcePrefixListId ?? rule.DestinationPrefixListId,
    description: rule.Description,
    tags: tagsOf(resource),
  };
}
