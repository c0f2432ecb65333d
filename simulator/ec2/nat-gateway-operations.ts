import type {
  CreateNatGatewayCommandInput,
  CreateNatGatewayCommandOutput,
  DeleteNatGatewayCommandInput,
  DeleteNatGatewayCommandOutput,
  DescribeNatGatewaysCommandInput,
  DescribeNatGatewaysCommandOutput,
  NatGateway,
} from '@aws-sdk/client-ec2';
import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import { operation, type WireOperation } from '../wire/operation.ts';
import { ec2Filter, ec2Page, type FilterTexts, refuseDryRun } from './filters.ts';
import { derivedInterface, natInterface } from './interfaces.ts';
import type { Ec2Model, Ec2Resource } from './model.ts';
import { tagList, tagsFor } from './tags.ts';
import { createOnce } from './wanted-resources.ts';

/** "Its entry remains visible in the Amazon VPC console for about an hour" (VPC user guide, "Delete a NAT gateway"). */
const visibleOnceDeletedMs = 3_600_000;

/** NAT gateways with the public address of their elastic IP: available from the first, deleted at once. */
export function natGatewayOperations(model: Ec2Model, world: World): Record<string, WireOperation> {
  const vpcIdOf = ({ properties }: Ec2Resource) =>
    String(model.require('subnet', String(properties.SubnetId)).properties.VpcId);
  const texts: FilterTexts<NatGateway> = {
    'nat-gateway-id': ({ NatGatewayId }) => [NatGatewayId],
    'vpc-id': ({ VpcId }) => [VpcId],
    'subnet-id': ({ SubnetId }) => [SubnetId],
    state: ({ State }) => [State],
  };
  const deleted = new Map<string, NatGateway & { readonly DeleteTime: Date }>();
  const stillVisible = () => {
    for (const [id, { DeleteTime }] of deleted) {
      if (world.clock.now() - DeleteTime.getTime() >= visibleOnceDeletedMs) deleted.delete(id);
    }
    return deleted;
  };
  const show = (gateway: Ec2Resource): NatGateway => {
    const { SubnetId, AllocationId, ConnectivityType } = gateway.properties;
    const address = AllocationId === undefined ? undefined : model.find(String(AllocationId));
    const held = derivedInterface(model, natInterface(gateway.id), String(SubnetId));
    const own = {
      NetworkInterfaceId: held.id,
      PrivateIp: held.privateIp,
      IsPrimary: true,
      Status: 'succeeded' as const,
    };
    return {
      NatGatewayId: gateway.id,
      SubnetId: String(SubnetId),
      VpcId: vpcIdOf(gateway),
      State: 'available',
      ConnectivityType: ConnectivityType === 'private' ? 'private' : 'public',
      NatGatewayAddresses:
        address === undefined
          ? [own]
          : [
              {
                ...own,
                AllocationId: address.id,
                AssociationId: address.id.replace('eipalloc-', 'eipassoc-'),
                PublicIp: String(address.properties.PublicIp),
              },
            ],
      CreateTime: new Date(Number(gateway.properties.createdAtMs ?? 0)),
      Tags: tagList(gateway),
    };
  };
  return {
    CreateNatGateway: operation<CreateNatGatewayCommandInput, CreateNatGatewayCommandOutput>(
      [
        'SubnetId',
        'AllocationId',
        'ConnectivityType',
        'ClientToken',
        'TagSpecifications',
        'DryRun',
      ],
      (input) => {
        refuseDryRun(input);
        const SubnetId = model.require('subnet', input.SubnetId ?? '').id;
        const ConnectivityType = input.ConnectivityType || 'public';
        const AllocationId = input.AllocationId || undefined;
        const { ClientToken } = input;
        if (!tokenIsKnown(model, ClientToken))
          checkAllocation(model, ConnectivityType, AllocationId);
        const created = createOnce(model, 'NAT gateway', ClientToken, {
          SubnetId,
          AllocationId,
          ConnectivityType,
          createdAtMs: world.clock.now(),
          ...tagsFor('natgateway', input.TagSpecifications),
        });
        return { NatGateway: show(created), ...(ClientToken && { ClientToken }) };
      },
    ),
    DeleteNatGateway: operation<DeleteNatGatewayCommandInput, DeleteNatGatewayCommandOutput>(
      ['NatGatewayId', 'DryRun'],
      (input) => {
        refuseDryRun(input);
        const gateway = model.require('NAT gateway', input.NatGatewayId ?? '');
        const DeleteTime = new Date(world.clock.now());
        deleted.set(gateway.id, { ...show(gateway), State: 'deleted', DeleteTime });
        model.remove(gateway.id);
        return { NatGatewayId: gateway.id };
      },
    ),
    DescribeNatGateways: operation<
      DescribeNatGatewaysCommandInput,
      DescribeNatGatewaysCommandOutput
    >(['Filter', 'NatGatewayIds', 'MaxResults', 'NextToken', 'DryRun'], (input) => {
      refuseDryRun(input);
      const gone = stillVisible();
      const ids = input.NatGatewayIds ?? [];
      const all =
        ids.length > 0
          ? ids.map((id) => gone.get(id) ?? show(model.require('NAT gateway', id)))
          : [...model.all('NAT gateway').map(show), ...gone.values()];
      const found = all.filter(ec2Filter(input.Filter, texts, shownTags));
      const { items, more } = ec2Page(found, input, ids);
      return { NatGateways: items, ...more };
    }),
  };
}

function shownTags({ Tags = [] }: NatGateway): Map<string, string> {
  return new Map(Tags.map(({ Key = '', Value = '' }) => [Key, Value]));
}

function tokenIsKnown(model: Ec2Model, token: string | undefined): boolean {
  if (!token) return false;
  return model.all('NAT gateway').some(({ properties }) => properties.ClientToken === token);
}

function checkAllocation(model: Ec2Model, type: string, allocationId: string | undefined): void {
  if (type === 'private') {
    if (allocationId === undefined) return;
    throw new AwsError(
      'InvalidParameterCombination',
      'AllocationId cannot be specified for a private NAT gateway',
    );
  }
  if (allocationId === undefined) {
    throw new AwsError(
      'MissingParameter',
      'The request must include the AllocationId parameter. Add the required parameter and retry the request.',
    );
  }
  const { id } = model.require('elastic IP', allocationId);
  if (model.all('NAT gateway').some(({ properties }) => properties.AllocationId === id)) {
    throw new AwsError(
      'Resource.AlreadyAssociated',
      `Elastic IP address [${id}] is already associated`,
    );
  }
}
