import { z } from 'zod';
import { cfnNumber, cfnTags } from '../cloudformation/property-schemas.ts';
import { type ResourceProviders, resource } from '../cloudformation/resource-provider.ts';
import type { Ec2Model } from './model.ts';
import { createRules, removeDefaultEgress } from './security-group-rules.ts';

const rule = {
  IpProtocol: z.union([z.string(), z.number().transform(String)]),
  FromPort: cfnNumber.optional(),
  ToPort: cfnNumber.optional(),
  CidrIp: z.string().optional(),
  CidrIpv6: z.string().optional(),
  Description: z.string().max(255).optional(),
};
const ingress = z.strictObject({
  ...rule,
  SourceSecurityGroupId: z.string().optional(),
  SourceSecurityGroupOwnerId: z.string().optional(),
  SourcePrefixListId: z.string().optional(),
});
const egress = z.strictObject({
  ...rule,
  DestinationSecurityGroupId: z.string().optional(),
  DestinationPrefixListId: z.string().optional(),
});

/** Security groups and their rules; held as data, the simulated network refuses no connection. */
export function securityGroupResources(model: Ec2Model): ResourceProviders {
  return {
    'AWS::EC2::SecurityGroup': resource(
      z.strictObject({
        GroupDescription: z.string().max(255),
        GroupName: z.string().optional(),
        VpcId: z.string().optional(),
        SecurityGroupIngress: z.array(ingress).optional(),
        SecurityGroupEgress: z.array(egress).optional(),
        Tags: cfnTags,
      }),
      (properties, context) => {
        if (properties.VpcId !== undefined) model.require('vpc', properties.VpcId);
        const GroupName = properties.GroupName ?? context.generatedName(255);
        const { SecurityGroupIngress, SecurityGroupEgress, ...rest } = properties;
        const VpcId = properties.VpcId ?? model.defaultVpc()?.id;
        const { id } = model.create('security group', { ...rest, GroupName, VpcId });
        createRules(model, id, SecurityGroupIngress ?? [], SecurityGroupEgress);
        return {
          physicalId: id,
          attributes: { GroupId: id, Id: id, VpcId },
        };
      },
    ),
    'AWS::EC2::SecurityGroupIngress': resource(
      ingress.extend({ GroupId: z.string() }),
      (properties) => {
        model.require('security group', properties.GroupId);
        if (properties.SourceSecurityGroupId !== undefined) {
          model.require('security group', properties.SourceSecurityGroupId);
        }
        const { id } = model.create('security group rule', { ...properties, IsEgress: false });
        return { physicalId: id, attributes: { Id: id } };
      },
    ),
    'AWS::EC2::SecurityGroupEgress': resource(
      egress.extend({ GroupId: z.string() }),
      (properties) => {
        model.require('security group', properties.GroupId);
        if (properties.DestinationSecurityGroupId !== undefined) {
          model.require('security group', properties.DestinationSecurityGroupId);
        }
        removeDefaultEgress(model, properties.GroupId);
        const { id } = model.create('security group rule', { ...properties, IsEgress: true });
        return { physicalId: id, attributes: { Id: id } };
      },
    ),
  };
}
