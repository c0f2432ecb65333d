import type {
  DescribeNatGatewaysCommandInput,
  DescribeNatGatewaysCommandOutput,
  NatGateway,
} from '@aws-sdk/client-ec2';
import { operation, type WireOperation } from '../wire/operation.ts';
import { ec2Filter, ec2Page, type FilterTexts, refuseDryRun } from './filters.ts';
import type { Ec2Model, Ec2Resource } from './model.ts';
import { wanted } from './network-operations.ts';
import { tagList, tagsOf } from './tags.ts';

/** NAT gateways with the public address of their elastic IP; one that exists is available. */
export function natGatewayOperations(model: Ec2Model): Record<string, WireOperation> {
  const vpcIdOf = ({ properties }: Ec2Resource) =>
    String(model.require('subnet', String(properties.SubnetId)).properties.VpcId);
  const texts: FilterTexts<Ec2Resource> = {
    'nat-gateway-id': ({ id }) => [id],
    'vpc-id': (gateway) => [vpcIdOf(gateway)],
    'subnet-id': ({ properties }) => [String(properties.SubnetId)],
    state: () => ['available'],
  };
  const show = (gateway: Ec2Resource): NatGateway => {
    const { SubnetId, AllocationId, ConnectivityType } = gateway.properties;
    const address = AllocationId === undefined ? undefined : model.find(String(AllocationId));
    return {
      NatGatewayId: gateway.id,
      SubnetId: String(SubnetId),
      VpcId: vpcIdOf(gateway),
      State: 'available',
      ConnectivityType: ConnectivityType === 'private' ? 'private' : 'public',
      NatGatewayAddresses:
        address === undefined
          ? []
          : [
              {
                AllocationId: address.id,
                PublicIp: String(address.properties.PublicIp),
                IsPrimary: true,
                Status: 'succeeded',
              },
            ],
      Tags: tagList(gateway),
    };
  };
  return {
    DescribeNatGateways: operation<
      DescribeNatGatewaysCommandInput,
      DescribeNatGatewaysCommandOutput
    >(['Filter', 'NatGatewayIds', 'MaxResults', 'NextToken', 'DryRun'], (input) => {
      refuseDryRun(input);
      const found = wanted(model, 'NAT gateway', input.NatGatewayIds).filter(
        ec2Filter(input.Filter, texts, tagsOf),
      );
      const { items, more } = ec2Page(found, input, input.NatGatewayIds);
      return { NatGateways: items.map(show), ...more };
    }),
  };
}
