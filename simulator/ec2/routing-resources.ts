import { z } from 'zod';
import { cfnTags } from '../cloudformation/property-schemas.ts';
import { type ResourceProviders, resource } from '../cloudformation/resource-provider.ts';
import type { Ec2Model } from './model.ts';

/** Route tables, routes, gateways and elastic addresses. */
export function routingResources(model: Ec2Model): ResourceProviders {
  return {
    'AWS::EC2::RouteTable': resource(
      z.strictObject({ VpcId: z.string(), Tags: cfnTags }),
      (properties) => {
        model.require('vpc', properties.VpcId);
        const { id } = model.create('route table', properties);
        return { physicalId: id, attributes: { RouteTableId: id } };
      },
    ),
    'AWS::EC2::SubnetRouteTableAssociation': resource(
      z.strictObject({ SubnetId: z.string(), RouteTableId: z.string() }),
      (properties) => {
        model.require('subnet', properties.SubnetId);
        model.require('route table', properties.RouteTableId);
        const { id } = model.create('route table association', properties);
        return { physicalId: id, attributes: { Id: id } };
      },
    ),
    'AWS::EC2::Route': resource(
      z.strictObject({
        RouteTableId: z.string(),
        DestinationCidrBlock: z.string(),
        GatewayId: z.string().optional(),
        NatGatewayId: z.string().optional(),
        NetworkInterfaceId: z.string().optional(),
      }),
      ({ RouteTableId, DestinationCidrBlock, ...targets }) => {
        const { GatewayId, NatGatewayId, NetworkInterfaceId } = targets;
        if (NetworkInterfaceId !== undefined)
          model.require('network interface', NetworkInterfaceId);
        model.require('route table', RouteTableId);
        if (GatewayId !== undefined) model.require('internet gateway', GatewayId);
        if (NatGatewayId !== undefined) model.require('NAT gateway', NatGatewayId);
        model.create('route', {
          RouteTableId,
          DestinationCidrBlock,
          GatewayId,
          NatGatewayId,
          NetworkInterfaceId,
        });
        return {
          physicalId: `${RouteTableId}|${DestinationCidrBlock}`,
          attributes: { CidrBlock: DestinationCidrBlock },
        };
      },
    ),
    'AWS::EC2::InternetGateway': resource(z.strictObject({ Tags: cfnTags }), (properties) => {
      const { id } = model.create('internet gateway', properties);
      return { physicalId: id, attributes: { InternetGatewayId: id } };
    }),
    'AWS::EC2::VPCGatewayAttachment': resource(
      z.strictObject({ VpcId: z.string(), InternetGatewayId: z.string() }),
      ({ VpcId, InternetGatewayId }) => {
        model.require('vpc', VpcId);
        model.require('internet gateway', InternetGatewayId);
        model.update(InternetGatewayId, { VpcId });
        return { physicalId: `IGW|${VpcId}`, attributes: { AttachmentType: 'IGW' } };
      },
    ),
    'AWS::EC2::EIP': resource(
      z.strictObject({ Domain: z.enum(['vpc', 'standard']).optional(), Tags: cfnTags }),
      (properties) => {
        const PublicIp = model.publicIp();
        const { id } = model.create('elastic IP', { ...properties, PublicIp });
        return { physicalId: PublicIp, attributes: { AllocationId: id, PublicIp } };
      },
    ),
    'AWS::EC2::NatGateway': resource(
      z.strictObject({
        SubnetId: z.string(),
        AllocationId: z.string().optional(),
        ConnectivityType: z.enum(['public', 'private']).default('public'),
        Tags: cfnTags,
      }),
      (properties) => {
        model.require('subnet', properties.SubnetId);
        if (properties.AllocationId !== undefined) {
          model.require('elastic IP', properties.AllocationId);
        }
        const { id } = model.create('NAT gateway', properties);
        return { physicalId: id, attributes: { NatGatewayId: id } };
      },
    ),
  };
}
