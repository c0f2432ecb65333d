import { z } from 'zod';
import { cfnBoolean, cfnTags } from '../cloudformation/property-schemas.ts';
import { type ResourceProviders, resource } from '../cloudformation/resource-provider.ts';
import type { World } from '../core/world.ts';
import type { Ec2Model } from './model.ts';
import { createVpc } from './vpcs.ts';

/** VPC and subnets. */
export function vpcResources(model: Ec2Model, world: World): ResourceProviders {
  return {
    'AWS::EC2::VPC': resource(
      z.strictObject({
        CidrBlock: z.string(),
        EnableDnsHostnames: cfnBoolean.default(false),
        EnableDnsSupport: cfnBoolean.default(true),
        InstanceTenancy: z.enum(['default', 'dedicated']).default('default'),
        Tags: cfnTags,
      }),
      (properties) => {
        const { vpc, defaultSecurityGroup } = createVpc(model, properties);
        const { id } = vpc;
        return {
          physicalId: id,
          attributes: {
            VpcId: id,
            CidrBlock: properties.CidrBlock,
            DefaultSecurityGroup: defaultSecurityGroup.id,
            CidrBlockAssociations: [`vpc-cidr-assoc-0${world.ids.hex(16)}`],
            Ipv6CidrBlocks: [],
          },
        };
      },
    ),
    'AWS::EC2::Subnet': resource(
      z.strictObject({
        VpcId: z.string(),
        CidrBlock: z.string(),
        AvailabilityZone: z.string().optional(),
        MapPublicIpOnLaunch: cfnBoolean.default(false),
        Tags: cfnTags,
      }),
      (properties) => {
        model.checkSubnetBlock(properties.VpcId, properties.CidrBlock);
        const AvailabilityZone = properties.AvailabilityZone ?? `${world.identity.region}a`;
        const { id } = model.create('subnet', { ...properties, AvailabilityZone });
        return {
          physicalId: id,
          attributes: {
            SubnetId: id,
            VpcId: properties.VpcId,
            CidrBlock: properties.CidrBlock,
            AvailabilityZone,
            Ipv6CidrBlocks: [],
          },
        };
      },
    ),
  };
}

/** Flow logs and endpoints: accepted as declared, without traffic of their own. */
export function vpcAccessoryResources(model: Ec2Model): ResourceProviders {
  return {
    'AWS::EC2::FlowLog': resource(
      z.strictObject({
        ResourceId: z.string(),
        ResourceType: z.enum(['VPC', 'Subnet', 'NetworkInterface']),
        TrafficType: z.enum(['ACCEPT', 'REJECT', 'ALL']),
        LogDestinationType: z.enum(['cloud-watch-logs', 's3']).default('cloud-watch-logs'),
        LogDestination: z.string().optional(),
        LogGroupName: z.string().optional(),
        DeliverLogsPermissionArn: z.string().optional(),
        MaxAggregationInterval: z.coerce.number().optional(),
        Tags: cfnTags,
      }),
      (properties) => {
        if (properties.ResourceType === 'VPC') model.require('vpc', properties.ResourceId);
        if (properties.ResourceType === 'Subnet') model.require('subnet', properties.ResourceId);
        const { id } = model.create('flow log', properties);
        return { physicalId: id, attributes: { Id: id } };
      },
    ),
    'AWS::EC2::VPCEndpoint': resource(
      z.strictObject({
        VpcId: z.string(),
        ServiceName: z.string(),
        VpcEndpointType: z.enum(['Gateway', 'Interface', 'GatewayLoadBalancer']).default('Gateway'),
        RouteTableIds: z.array(z.string()).optional(),
        SubnetIds: z.array(z.string()).optional(),
        SecurityGroupIds: z.array(z.string()).optional(),
        PrivateDnsEnabled: cfnBoolean.optional(),
        PolicyDocument: z.unknown().optional(),
        Tags: cfnTags,
      }),
      (properties) => {
        model.require('vpc', properties.VpcId);
        for (const id of properties.RouteTableIds ?? []) model.require('route table', id);
        for (const id of properties.SubnetIds ?? []) model.require('subnet', id);
        for (const id of properties.SecurityGroupIds ?? []) model.require('security group', id);
        const { id } = model.create('VPC endpoint', properties);
        return { physicalId: id, attributes: { Id: id } };
      },
    ),
  };
}
