export interface Subnet {
  readonly id: string;
  readonly vpcId: string;
  /** IPv4, e.g. 10.20.4.0/22; empty for a subnet of IPv6 alone. */
  readonly block: string;
  readonly freeAddresses: number;
}

/** What one rule of a security group lets through. */
export interface SecurityGroupRule {
  /** `tcp`, `udp`, … or `-1` for all. */
  readonly protocol: string;
  /** 0 to 65535 when the rule is for all ports. */
  readonly fromPort: number;
  readonly toPort: number;
  /** IPv4 blocks. */
  readonly blocks: readonly string[];
  readonly securityGroupIds: readonly string[];
  /** Prefix lists, whose blocks are not resolved. */
  readonly prefixListIds: readonly string[];
}

export interface SecurityGroup {
  readonly id: string;
  readonly inbound: readonly SecurityGroupRule[];
  readonly outbound: readonly SecurityGroupRule[];
}

/** EC2's networks, read only. */
export interface Network {
  subnets(ids: readonly string[]): Promise<Subnet[]>;
  securityGroups(ids: readonly string[]): Promise<SecurityGroup[]>;
  /** Public IPv4 addresses of the VPC's NAT gateways and NAT instances. */
  natAddresses(vpcId: string): Promise<string[]>;
}
