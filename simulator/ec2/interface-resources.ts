import { z } from 'zod';
import { cfnBoolean, cfnTags } from '../cloudformation/property-schemas.ts';
import { type ResourceProviders, resource } from '../cloudformation/resource-provider.ts';
import type { Ec2Model } from './model.ts';

/** Network interfaces that a template declares, a NAT instance's say, and the elastic addresses that they hold. */
export function interfaceResources(model: Ec2Model): ResourceProviders {
  return {
    'AWS::EC2::NetworkInterface': resource(
      z.strictObject({
        SubnetId: z.string(),
        GroupSet: z.array(z.string()).default([]),
        Description: z.string().default(''),
        SourceDestCheck: cfnBoolean.default(true),
        Tags: cfnTags,
      }),
      (properties) => {
        model.require('subnet', properties.SubnetId);
        for (const id of properties.GroupSet) model.require('security group', id);
        const { id } = model.create('network interface', properties);
        return { physicalId: id, attributes: { Id: id } };
      },
      {
        replacedBy: ['SubnetId'],
        update({ physicalId, next }) {
          model.update(physicalId, next);
          return undefined;
        },
        delete({ physicalId }) {
          model.remove(physicalId);
        },
      },
    ),
    'AWS::EC2::EIPAssociation': resource(
      z.strictObject({ AllocationId: z.string(), NetworkInterfaceId: z.string() }),
      ({ AllocationId, NetworkInterfaceId }) => {
        model.require('elastic IP', AllocationId);
        model.require('network interface', NetworkInterfaceId);
        model.update(AllocationId, { NetworkInterfaceId });
        const physicalId = AllocationId.replace('eipalloc-', 'eipassoc-');
        return { physicalId, attributes: { Id: physicalId } };
      },
      {
        replacedBy: 'all',
        delete({ properties: { AllocationId } }) {
          model.update(AllocationId, { NetworkInterfaceId: undefined });
        },
      },
    ),
  };
}
