import type {
  ExistingResource,
  ResourceChange,
  ResourceContext,
  ResourceLifecycle,
} from '../cloudformation/resource-provider.ts';
import type { ServiceApi } from '../cloudformation/service-api.ts';
import type { Ec2Model } from './model.ts';

type Properties = Readonly<Record<string, unknown>>;
export type Lifecycle = ResourceLifecycle<Properties>;

/** Tags and other properties that change without interruption: what was declared is what holds. */
export function changeInPlace(
  model: Ec2Model,
  id: string,
  { properties, next }: ResourceChange<Properties>,
) {
  const dropped = Object.keys(properties).filter((name) => !(name in next));
  model.update(id, { ...Object.fromEntries(dropped.map((name) => [name, undefined])), ...next });
  return undefined;
}

/** "Update requires" of the network types, and the calls that delete them. */
export function networkLifecycles(model: Ec2Model, api: ServiceApi): Record<string, Lifecycle> {
  const deletion =
    (operation: string, member: string) =>
    async ({ physicalId }: ExistingResource<Properties>, context: ResourceContext) => {
      await api(operation, { [member]: physicalId }, context);
    };
  const simple = (replacedBy: readonly string[], operation: string, member: string): Lifecycle => ({
    replacedBy,
    update: (change) => changeInPlace(model, change.physicalId, change),
    delete: deletion(operation, member),
  });
  return {
    'AWS::EC2::VPC': simple(['CidrBlock'], 'DeleteVpc', 'VpcId'),
    'AWS::EC2::Subnet': simple(
      ['VpcId', 'CidrBlock', 'AvailabilityZone'],
      'DeleteSubnet',
      'SubnetId',
    ),
    'AWS::EC2::RouteTable': simple(['VpcId'], 'DeleteRouteTable', 'RouteTableId'),
    'AWS::EC2::InternetGateway': simple([], 'DeleteInternetGateway', 'InternetGatewayId'),
    'AWS::EC2::NatGateway': simple(
      ['SubnetId', 'AllocationId', 'ConnectivityType'],
      'DeleteNatGateway',
      'NatGatewayId',
    ),
    'AWS::EC2::SubnetRouteTableAssociation': {
      replacedBy: ['SubnetId'],
      update: (change) => changeInPlace(model, change.physicalId, change),
      delete: deletion('DisassociateRouteTable', 'AssociationId'),
    },
    'AWS::EC2::Route': {
      replacedBy: ['RouteTableId', 'DestinationCidrBlock'],
      update({ next }) {
        const { RouteTableId, DestinationCidrBlock } = next;
        const route = model
          .all('route')
          .find(
            ({ properties }) =>
              properties.RouteTableId === RouteTableId &&
              properties.DestinationCidrBlock === DestinationCidrBlock,
          );
        const { GatewayId, NatGatewayId, NetworkInterfaceId } = next;
        if (route) model.update(route.id, { GatewayId, NatGatewayId, NetworkInterfaceId });
        return undefined;
      },
      async delete({ properties: { RouteTableId, DestinationCidrBlock } }, context) {
        await api('DeleteRoute', { RouteTableId, DestinationCidrBlock }, context);
      },
    },
    'AWS::EC2::VPCGatewayAttachment': {
      replacedBy: 'all',
      async delete({ properties: { VpcId, InternetGatewayId } }, context) {
        await api('DetachInternetGateway', { VpcId, InternetGatewayId }, context);
      },
    },
    'AWS::EC2::EIP': {
      replacedBy: ['Domain'],
      update: (change) => changeInPlace(model, String(change.attributes.AllocationId), change),
      async delete({ attributes: { AllocationId } }, context) {
        await api('ReleaseAddress', { AllocationId }, context);
      },
    },
    'AWS::EC2::VPCEndpoint': {
      replacedBy: ['VpcId', 'ServiceName', 'VpcEndpointType'],
      update: (change) => changeInPlace(model, change.physicalId, change),
      async delete({ physicalId }, context) {
        await api('DeleteVpcEndpoints', { VpcEndpointIds: [physicalId] }, context);
      },
    },
    'AWS::EC2::FlowLog': {
      replacedBy: [
        'ResourceId',
        'ResourceType',
        'TrafficType',
        'LogDestinationType',
        'LogDestination',
        'LogGroupName',
        'DeliverLogsPermissionArn',
        'MaxAggregationInterval',
      ],
      update: (change) => changeInPlace(model, change.physicalId, change),
      delete: ({ physicalId }) => model.remove(physicalId),
    },
  };
}
