import { createHash } from 'node:crypto';
import { addressAt } from '../core/cidr.ts';
import type { Ec2Model, Ec2Resource } from './model.ts';

/** A network interface that some service holds in a subnet; each takes one address. */
export interface InterfaceInUse {
  readonly id: string;
  readonly subnetId: string;
  readonly privateIp: string;
  readonly macAddress: string;
  readonly description: string;
  readonly securityGroups: readonly string[];
  /** Who manages it, e.g. `amazon-elb`; undefined for the account's own. */
  readonly requesterId: string | undefined;
  readonly interfaceType: 'interface' | 'natGateway' | 'vpc_endpoint';
  /** Of the elastic address that it holds. */
  readonly publicIp?: string;
  /** Default true, but for NAT gateways. */
  readonly sourceDestCheck?: boolean;
}

/** What holds interfaces beside EC2's own resources, as far as EC2 must know it. */
export interface InterfaceHolders {
  tasks(): readonly {
    readonly networkInterfaceId: string;
    readonly subnetId: string;
    readonly privateIp: string;
    readonly macAddress: string;
    readonly attachmentArn: string;
    readonly securityGroups: readonly string[];
  }[];
  balancers(): readonly {
    readonly fullName: string;
    readonly subnets: readonly string[];
    readonly securityGroups: readonly string[];
  }[];
}

/** Every interface in use: tasks, one per balancer and subnet, NAT gateways, interface endpoints. */
export function interfacesInUse(model: Ec2Model, holders: InterfaceHolders): InterfaceInUse[] {
  return [
    ...holders.tasks().map(
      (task): InterfaceInUse => ({
        id: task.networkInterfaceId,
        subnetId: task.subnetId,
        privateIp: task.privateIp,
        macAddress: task.macAddress,
        description: task.attachmentArn,
        securityGroups: task.securityGroups,
        requesterId: undefined,
        interfaceType: 'interface',
      }),
    ),
    ...holders.balancers().flatMap(({ fullName, subnets, securityGroups }) =>
      subnets.map((subnetId) =>
        derived(model, `ELB ${fullName}`, subnetId, {
          securityGroups,
          requesterId: 'amazon-elb',
          interfaceType: 'interface',
        }),
      ),
    ),
    ...model.all('network interface').map((one) => declared(model, one)),
    ...model.all('NAT gateway').map(({ id, properties }) =>
      derived(model, natInterface(id), String(properties.SubnetId), {
        securityGroups: [],
        requesterId: undefined,
        interfaceType: 'natGateway',
      }),
    ),
    ...model.all('VPC endpoint').flatMap(({ id, properties }) =>
      texts(properties.VpcEndpointType === 'Interface' ? properties.SubnetIds : []).map((subnet) =>
        derived(model, endpointInterface(id), subnet, {
          securityGroups: texts(properties.SecurityGroupIds),
          requesterId: undefined,
          interfaceType: 'vpc_endpoint',
        }),
      ),
    ),
  ];
}

/** Description of a NAT gateway's interface. */
export function natInterface(natGatewayId: string): string {
  return `Interface for NAT Gateway ${natGatewayId}`;
}

/** Description of an interface endpoint's interfaces. */
export function endpointInterface(endpointId: string): string {
  return `VPC Endpoint Interface ${endpointId}`;
}

/** Id and address of the interface with this description in a subnet. */
export function derivedInterface(
  model: Ec2Model,
  description: string,
  subnetId: string,
): InterfaceInUse {
  const none = { securityGroups: [], requesterId: undefined, interfaceType: 'interface' } as const;
  return derived(model, description, subnetId, none);
}

/** One that a template declares. */
function declared(model: Ec2Model, { id, properties }: Ec2Resource): InterfaceInUse {
  const address = model.all('elastic IP').find((each) => each.properties.NetworkInterfaceId === id)
    ?.properties.PublicIp;
  return {
    ...derived(model, id, String(properties.SubnetId), {
      securityGroups: texts(properties.GroupSet),
      requesterId: undefined,
      interfaceType: 'interface',
    }),
    id,
    description: String(properties.Description),
    sourceDestCheck: properties.SourceDestCheck !== false,
    ...(address !== undefined && { publicIp: String(address) }),
  };
}

/** An interface without state of its own: its id and address follow from what it is for. */
function derived(
  model: Ec2Model,
  description: string,
  subnetId: string,
  rest: Pick<InterfaceInUse, 'securityGroups' | 'requesterId' | 'interfaceType'>,
): InterfaceInUse {
  const digest = createHash('sha256').update(`${description} ${subnetId}`).digest();
  const hex = digest.toString('hex');
  const block = model.find(subnetId)?.properties.CidrBlock;
  return {
    id: `eni-0${hex.slice(0, 16)}`,
    subnetId,
    // The first four and the last address of a subnet are AWS's own; a /28 has eleven others.
    privateIp: typeof block === 'string' ? addressAt(block, 4 + ((digest[0] ?? 0) % 11)) : '',
    macAddress: `02:${hex.slice(16, 26).replace(/..(?=.)/g, '$&:')}`,
    description,
    ...rest,
  };
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
