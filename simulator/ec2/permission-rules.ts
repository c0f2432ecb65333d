import type { IpPermission } from '@aws-sdk/client-ec2';
import { AwsError } from '../core/aws-error.ts';
import { networkOf } from './blocks.ts';
import type { Ec2Model } from './model.ts';
import { groupInDefaultVpc } from './security-group-lifecycle.ts';
import type { RuleProperties } from './security-group-rules.ts';

/** The older spelling of one rule, without a list. */
export interface FlatPermission {
  readonly IpProtocol?: string | undefined;
  readonly FromPort?: number | undefined;
  readonly ToPort?: number | undefined;
  readonly CidrIp?: string | undefined;
  readonly IpPermissions?: readonly IpPermission[] | undefined;
}

/** One rule for each peer of each permission. Throws EC2's errors for ports and blocks that are none. */
export function rulesOf(model: Ec2Model, input: FlatPermission): RuleProperties[] {
  const { IpPermissions = [], CidrIp, IpProtocol, FromPort, ToPort } = input;
  const flat: IpPermission[] =
    IpProtocol === undefined
      ? []
      : [{ IpProtocol, FromPort, ToPort, IpRanges: CidrIp === undefined ? [] : [{ CidrIp }] }];
  return [...IpPermissions, ...flat].flatMap((permission) => rulesOfPermission(model, permission));
}

export function peerOf(rule: RuleProperties): string | undefined {
  return rule.CidrIp ?? rule.CidrIpv6 ?? rule.SourceSecurityGroupId ?? rule.PrefixListId;
}

function rulesOfPermission(model: Ec2Model, permission: IpPermission): RuleProperties[] {
  const { IpProtocol = '-1', FromPort, ToPort } = permission;
  checkProtocol(IpProtocol);
  checkPorts(IpProtocol, FromPort, ToPort);
  const base = { IpProtocol, FromPort, ToPort };
  return [
    ...(permission.IpRanges ?? []).map(({ CidrIp = '', Description }) => ({
      ...base,
      CidrIp: canonical(CidrIp),
      Description,
    })),
    ...(permission.Ipv6Ranges ?? []).map(({ CidrIpv6, Description }) => ({
      ...base,
      CidrIpv6,
      Description,
    })),
    ...(permission.PrefixListIds ?? []).map(({ PrefixListId, Description }) => ({
      ...base,
      PrefixListId,
      Description,
    })),
    ...(permission.UserIdGroupPairs ?? []).map(({ GroupId, GroupName, Description }) => ({
      ...base,
      SourceSecurityGroupId: model.require(
        'security group',
        GroupId || groupInDefaultVpc(model, GroupName),
      ).id,
      Description,
    })),
  ];
}

const protocols = ['tcp', 'udp', 'icmp', 'icmpv6', '-1'];

/** A name or a number (hashicorp/terraform #9092, hashicorp/terraform-provider-aws #1793). */
function checkProtocol(protocol: string): void {
  if (protocols.includes(protocol.toLowerCase())) return;
  if (/^\d{1,3}$/.test(protocol) && Number(protocol) <= 255) return;
  throw new AwsError(
    'InvalidParameterValue',
    `Invalid value '${protocol}' for IP protocol. Unknown protocol.`,
  );
}

function checkPorts(protocol: string, from: number | undefined, to: number | undefined): void {
  if (!['tcp', 'udp', '6', '17'].includes(protocol.toLowerCase())) return;
  if (from === undefined || to === undefined) {
    throw invalidPorts('Must specify both from and to ports with TCP/UDP.');
  }
  if (from < 0 || to > 65_535) throw invalidPorts(`${from < 0 ? from : to}`);
  if (from > to) throw invalidPorts(`${from}-${to}`);
}

function invalidPorts(value: string): AwsError {
  return new AwsError('InvalidParameterValue', `Invalid value '${value}' for portRange.`);
}

/** Without host bits (API reference, IpRange). */
function canonical(block: string): string {
  try {
    return networkOf(block);
  } catch {
    throw new AwsError('InvalidParameterValue', `CIDR block ${block} is malformed`);
  }
}
