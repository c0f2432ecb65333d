import { createHash } from 'node:crypto';
import { isIPv4 } from 'node:net';
import { AwsError } from '../core/aws-error.ts';
import { contains, overlaps } from '../core/cidr.ts';
import type { Ec2Service } from '../core/services.ts';
import type { World } from '../core/world.ts';
import { derivedInterface } from './interfaces.ts';

/** Kinds of network resources with the prefix of their ids. */
const prefixes = {
  vpc: 'vpc',
  subnet: 'subnet',
  'route table': 'rtb',
  'internet gateway': 'igw',
  'NAT gateway': 'nat',
  'elastic IP': 'eipalloc',
  'security group': 'sg',
  'network interface': 'eni',
  'VPC endpoint': 'vpce',
  'flow log': 'fl',
  'route table association': 'rtbassoc',
  'security group rule': 'sgr',
  route: 'r',
} as const;

export type Ec2Kind = keyof typeof prefixes;

/** The kind that a well-formed id is of, whether or not there is such a resource. */
export function kindOfId(id: string): Ec2Kind | undefined {
  const [, prefix] = /^([a-z]+)-([0-9a-f]{8}|[0-9a-f]{17})$/.exec(id) ?? [];
  return (Object.keys(prefixes) as Ec2Kind[]).find((kind) => prefixes[kind] === prefix);
}

/** Error code for an id that does not exist, where EC2 has one of its own for the kind. */
const notFoundCodes: Partial<Record<Ec2Kind, string>> = {
  vpc: 'InvalidVpcID.NotFound',
  subnet: 'InvalidSubnetID.NotFound',
  'route table': 'InvalidRouteTableID.NotFound',
  'internet gateway': 'InvalidInternetGatewayID.NotFound',
  'elastic IP': 'InvalidAllocationID.NotFound',
  'security group': 'InvalidGroup.NotFound',
  'network interface': 'InvalidNetworkInterfaceID.NotFound',
  'security group rule': 'InvalidSecurityGroupRuleId.NotFound',
  'route table association': 'InvalidAssociationID.NotFound',
  'NAT gateway': 'NatGatewayNotFound',
  'VPC endpoint': 'InvalidVpcEndpointId.NotFound',
};

/** How messages name a kind, where not `KIND ID`. */
const subjects: Partial<Record<Ec2Kind, string>> = {
  vpc: 'vpc ID',
  'security group': 'security group',
  'route table': 'routeTable ID',
  'network interface': 'networkInterface ID',
  'internet gateway': 'internetGateway ID',
  'elastic IP': 'allocation ID',
  'security group rule': 'security group rule ID',
  'route table association': 'association ID',
  'VPC endpoint': 'Vpc Endpoint Id',
};

export interface Ec2Resource {
  readonly kind: Ec2Kind;
  readonly id: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** A VPC as data: ids exist and are checked, packets are not routed (the simulated network is flat). */
export class Ec2Model implements Ec2Service {
  readonly #world: World;
  readonly #resources = new Map<string, Ec2Resource>();

  constructor(world: World) {
    this.#world = world;
  }

  create(kind: Ec2Kind, properties: Readonly<Record<string, unknown>>): Ec2Resource {
    return this.#put(kind, this.#world.ids.hex(16), properties);
  }

  /** The same with an id that follows from `name`, so that what every account has takes no random numbers. */
  createNamed(
    kind: Ec2Kind,
    name: string,
    properties: Readonly<Record<string, unknown>>,
  ): Ec2Resource {
    return this.#put(kind, hexOf(this.#world, `${kind} ${name}`), properties);
  }

  /** Changes some properties; undefined takes one away. */
  update(id: string, changes: Readonly<Record<string, unknown>>): void {
    const resource = this.#resources.get(id);
    if (!resource) return;
    this.#resources.set(id, { ...resource, properties: { ...resource.properties, ...changes } });
  }

  /** The account's default VPC, unless it was deleted. */
  defaultVpc(): Ec2Resource | undefined {
    return this.all('vpc').find(({ properties }) => properties.IsDefault === true);
  }

  /** An address from the range that documentation may use (RFC 5737). */
  publicIp(): string {
    return `203.0.113.${1 + this.#world.random.below(254)}`;
  }

  remove(id: string): void {
    this.#resources.delete(id);
  }

  find(id: string): Ec2Resource | undefined {
    return this.#resources.get(id);
  }

  subnet(subnetId: string): { cidrBlock: string; availabilityZone: string } | undefined {
    const subnet = this.#resources.get(subnetId);
    if (subnet?.kind !== 'subnet') return undefined;
    const { CidrBlock, AvailabilityZone } = subnet.properties;
    return { cidrBlock: String(CidrBlock), availabilityZone: String(AvailabilityZone) };
  }

  vpcOfSubnet(subnetId: string): string | undefined {
    const subnet = this.#resources.get(subnetId);
    return subnet?.kind === 'subnet' ? String(subnet.properties.VpcId) : undefined;
  }

  zoneOfAddress(vpcId: string, address: string): string | undefined {
    if (!isIPv4(address)) return undefined;
    const subnet = this.all('subnet').find(
      ({ properties }) =>
        properties.VpcId === vpcId && contains(String(properties.CidrBlock), `${address}/32`),
    );
    return subnet && String(subnet.properties.AvailabilityZone);
  }

  balancerAddress(balancerFullName: string, subnetId: string): string {
    return derivedInterface(this, `ELB ${balancerFullName}`, subnetId).privateIp;
  }

  vpcOfSecurityGroup(groupId: string): string | undefined {
    const group = this.#resources.get(groupId);
    return group?.kind === 'security group' ? String(group.properties.VpcId) : undefined;
  }

  defaultSecurityGroup(vpcId: string): string | undefined {
    return this.all('security group').find(
      ({ properties }) => properties.VpcId === vpcId && properties.GroupName === 'default',
    )?.id;
  }

  all(kind: Ec2Kind): Ec2Resource[] {
    return [...this.#resources.values()].filter((resource) => resource.kind === kind);
  }

  /** Throws EC2's error for an id that is not there. */
  require(kind: Ec2Kind, id: string): Ec2Resource {
    const resource = this.#resources.get(id);
    if (resource?.kind === kind) return resource;
    const code = notFoundCodes[kind] ?? 'InvalidParameterValue';
    if (kind === 'NAT gateway') {
      throw new AwsError(code, `The Nat Gateway ${id} was not found`, { status: 400 });
    }
    const subject = subjects[kind] ?? `${kind} ID`;
    throw new AwsError(code, `The ${subject} '${id}' does not exist`, { status: 400 });
  }

  #put(kind: Ec2Kind, hex: string, properties: Readonly<Record<string, unknown>>): Ec2Resource {
    const resource = { kind, id: `${prefixes[kind]}-0${hex}`, properties };
    this.#resources.set(resource.id, resource);
    return resource;
  }

  /** Throws InvalidSubnet.Range or InvalidSubnet.Conflict when a subnet's block does not fit into its VPC. */
  checkSubnetBlock(vpcId: string, block: string): void {
    const vpc = this.require('vpc', vpcId);
    if (!contains(String(vpc.properties.CidrBlock), block)) {
      throw new AwsError('InvalidSubnet.Range', `The CIDR '${block}' is invalid`, { status: 400 });
    }
    const other = this.all('subnet').find(
      ({ properties }) =>
        properties.VpcId === vpcId && overlaps(String(properties.CidrBlock), block),
    );
    if (other) {
      throw new AwsError(
        'InvalidSubnet.Conflict',
        `The CIDR '${block}' conflicts with another subnet (${other.id})`,
        { status: 400 },
      );
    }
  }
}

/** The 16 digits of an id that follows from the account, the Region and a name. */
export function hexOf({ identity }: Pick<World, 'identity'>, name: string): string {
  const text = `${identity.accountId} ${identity.region} ${name}`;
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
