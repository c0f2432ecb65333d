import type { Ec2Model, Ec2Resource } from './model.ts';
import { defaultRules } from './security-group-rules.ts';
import { zonesOf } from './zones.ts';

type Create = (
  kind: 'vpc' | 'security group' | 'security group rule' | 'route table',
  properties: Readonly<Record<string, unknown>>,
) => Ec2Resource;

export interface CreatedVpc {
  readonly vpc: Ec2Resource;
  readonly defaultSecurityGroup: Ec2Resource;
  readonly mainRouteTable: Ec2Resource;
}

/** A VPC with what each one is born with: a security group named default and a main route table. */
export function createVpc(
  model: Ec2Model,
  properties: Readonly<Record<string, unknown>>,
  create: Create = (kind, given) => model.create(kind, given),
): CreatedVpc {
  const vpc = create('vpc', properties);
  const defaultSecurityGroup = create('security group', {
    VpcId: vpc.id,
    GroupName: 'default',
    GroupDescription: 'default VPC security group',
  });
  for (const rule of defaultRules(defaultSecurityGroup.id)) create('security group rule', rule);
  const mainRouteTable = create('route table', { VpcId: vpc.id, Main: true });
  return { vpc, defaultSecurityGroup, mainRouteTable };
}

/**
 * What a new account has in each Region: a VPC 172.31.0.0/16 with public DNS names, a /20 subnet in each zone
 * that gives public addresses, an internet gateway and a route to it (VPC guide, "Default VPC components").
 */
export function withDefaultVpc(model: Ec2Model, region: string): Ec2Model {
  const created = createVpc(
    model,
    {
      CidrBlock: '172.31.0.0/16',
      EnableDnsHostnames: true,
      EnableDnsSupport: true,
      InstanceTenancy: 'default',
      IsDefault: true,
    },
    (kind, properties) =>
      model.createNamed(kind, properties.IsEgress === true ? 'outgoing' : 'default', properties),
  );
  const VpcId = created.vpc.id;
  zonesOf(region).forEach(({ name }, index) => {
    model.createNamed('subnet', name, {
      VpcId,
      CidrBlock: `172.31.${16 * index}.0/20`,
      AvailabilityZone: name,
      MapPublicIpOnLaunch: true,
      DefaultForAz: true,
    });
  });
  const gateway = model.createNamed('internet gateway', 'default', { VpcId });
  model.createNamed('route', 'default', {
    RouteTableId: created.mainRouteTable.id,
    DestinationCidrBlock: '0.0.0.0/0',
    GatewayId: gateway.id,
  });
  return model;
}
