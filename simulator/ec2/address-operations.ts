import type {
  Address,
  AllocateAddressCommandInput,
  AllocateAddressCommandOutput,
  DescribeAddressesAttributeCommandInput,
  DescribeAddressesAttributeCommandOutput,
  DescribeAddressesCommandInput,
  DescribeAddressesCommandOutput,
  DisassociateAddressCommandInput,
  DisassociateAddressCommandOutput,
  ReleaseAddressCommandInput,
  ReleaseAddressCommandOutput,
} from '@aws-sdk/client-ec2';
import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import { operation, type WireOperation } from '../wire/operation.ts';
import { ec2Filter, type FilterTexts, refuseDryRun } from './filters.ts';
import type { Ec2Model, Ec2Resource } from './model.ts';
import { tagList, tagsFor, tagsOf } from './tags.ts';
import { propertyText, wanted } from './wanted-resources.ts';

/** Elastic addresses; what can hold one here is a NAT gateway or a network interface of a template. */
export function addressOperations(model: Ec2Model, world: World): Record<string, WireOperation> {
  const NetworkBorderGroup = world.identity.region;
  const texts: FilterTexts<Ec2Resource> = {
    'allocation-id': ({ id }) => [id],
    'public-ip': propertyText('PublicIp'),
    domain: () => ['vpc'],
    'network-border-group': () => [NetworkBorderGroup],
  };
  const holder = ({ id, properties: { NetworkInterfaceId } }: Ec2Resource) =>
    model.all('NAT gateway').find(({ properties }) => properties.AllocationId === id) ??
    (NetworkInterfaceId === undefined ? undefined : model.find(String(NetworkInterfaceId)));
  const show = (address: Ec2Resource): Address => ({
    AllocationId: address.id,
    PublicIp: String(address.properties.PublicIp),
    Domain: 'vpc',
    NetworkBorderGroup,
    PublicIpv4Pool: 'amazon',
    ...(holder(address) && { AssociationId: address.id.replace('eipalloc-', 'eipassoc-') }),
    Tags: tagList(address),
  });
  return {
    AllocateAddress: operation<AllocateAddressCommandInput, AllocateAddressCommandOutput>(
      ['Domain', 'TagSpecifications', 'DryRun'],
      (input) => {
        refuseDryRun(input);
        const PublicIp = model.publicIp();
        const tags = tagsFor('elastic-ip', input.TagSpecifications);
        const { id } = model.create('elastic IP', { PublicIp, ...tags });
        const AllocationId = id;
        return {
          AllocationId,
          PublicIp,
          Domain: 'vpc',
          NetworkBorderGroup,
          PublicIpv4Pool: 'amazon',
        };
      },
    ),
    ReleaseAddress: operation<ReleaseAddressCommandInput, ReleaseAddressCommandOutput>(
      ['AllocationId', 'NetworkBorderGroup', 'DryRun'],
      (input) => {
        refuseDryRun(input);
        const address = model.require('elastic IP', input.AllocationId ?? '');
        if (holder(address)) {
          throw new AwsError(
            'InvalidIPAddress.InUse',
            `Address ${address.properties.PublicIp} is in use.`,
          );
        }
        model.remove(address.id);
        return {};
      },
    ),
    DisassociateAddress: operation<
      DisassociateAddressCommandInput,
      DisassociateAddressCommandOutput
    >(['AssociationId', 'DryRun'], (input) => {
      refuseDryRun(input);
      const { AssociationId = '' } = input;
      const address = model.find(AssociationId.replace('eipassoc-', 'eipalloc-'));
      // The address of a NAT gateway is that gateway's own; any other has no association.
      const held = address !== undefined && holder(address) !== undefined;
      throw held
        ? new AwsError(
            'AuthFailure',
            'You do not have permission to access the specified resource.',
          )
        : new AwsError(
            'InvalidAssociationID.NotFound',
            `The association ID '${AssociationId}' does not exist`,
          );
    }),
    DescribeAddresses: operation<DescribeAddressesCommandInput, DescribeAddressesCommandOutput>(
      ['Filters', 'AllocationIds', 'PublicIps', 'DryRun'],
      (input) => {
        refuseDryRun(input);
        const ips = input.PublicIps ?? [];
        const found = wanted(model, 'elastic IP', input.AllocationIds)
          .filter(({ properties }) => ips.length === 0 || ips.includes(String(properties.PublicIp)))
          .filter(ec2Filter(input.Filters, texts, tagsOf));
        if (ips.length > found.length) {
          throw new AwsError('InvalidAddress.NotFound', `Address '${ips.join(', ')}' not found.`);
        }
        return { Addresses: found.map(show) };
      },
    ),
    DescribeAddressesAttribute: operation<
      DescribeAddressesAttributeCommandInput,
      DescribeAddressesAttributeCommandOutput
    >(['AllocationIds', 'Attribute', 'DryRun'], (input) => {
      refuseDryRun(input);
      const found = wanted(model, 'elastic IP', input.AllocationIds);
      return {
        Addresses: found.map(({ id, properties }) => ({
          AllocationId: id,
          PublicIp: String(properties.PublicIp),
        })),
      };
    }),
  };
}
