import type {
  AssociateRouteTableCommandInput,
  AssociateRouteTableCommandOutput,
  DisassociateRouteTableCommandInput,
  DisassociateRouteTableCommandOutput,
  ReplaceRouteTableAssociationCommandInput,
  ReplaceRouteTableAssociationCommandOutput,
} from '@aws-sdk/client-ec2';
import { AwsError } from '../core/aws-error.ts';
import { operation, type WireOperation } from '../wire/operation.ts';
import { refuseDryRun } from './filters.ts';
import type { Ec2Model } from './model.ts';

const associated = { State: 'associated' } as const;

/** Which route table a subnet uses; without an association it is its VPC's main one. */
export function routeAssociationOperations(model: Ec2Model): Record<string, WireOperation> {
  return {
    AssociateRouteTable: operation<
      AssociateRouteTableCommandInput,
      AssociateRouteTableCommandOutput
    >(['RouteTableId', 'SubnetId', 'DryRun'], (input) => {
      refuseDryRun(input);
      const table = model.require('route table', input.RouteTableId ?? '');
      const subnet = model.require('subnet', input.SubnetId ?? '');
      if (table.properties.VpcId !== subnet.properties.VpcId) {
        throw new AwsError(
          'InvalidParameterValue',
          `Route table ${table.id} and network ${subnet.properties.VpcId} belong to different networks`,
        );
      }
      const known = model
        .all('route table association')
        .find(({ properties }) => properties.SubnetId === subnet.id);
      if (known && known.properties.RouteTableId !== table.id) {
        throw new AwsError(
          'Resource.AlreadyAssociated',
          `the specified association for route table ${table.id} conflicts with an existing association`,
        );
      }
      const ids = { RouteTableId: table.id, SubnetId: subnet.id };
      const { id } = known ?? model.create('route table association', ids);
      return { AssociationId: id, AssociationState: associated };
    }),
    DisassociateRouteTable: operation<
      DisassociateRouteTableCommandInput,
      DisassociateRouteTableCommandOutput
    >(['AssociationId', 'DryRun'], (input) => {
      refuseDryRun(input);
      model.remove(model.require('route table association', input.AssociationId ?? '').id);
      return {};
    }),
    ReplaceRouteTableAssociation: operation<
      ReplaceRouteTableAssociationCommandInput,
      ReplaceRouteTableAssociationCommandOutput
    >(['AssociationId', 'RouteTableId', 'DryRun'], (input) => {
      refuseDryRun(input);
      const association = model.require('route table association', input.AssociationId ?? '');
      const RouteTableId = model.require('route table', input.RouteTableId ?? '').id;
      const { SubnetId } = association.properties;
      model.remove(association.id);
      const { id } = model.create('route table association', { RouteTableId, SubnetId });
      return { NewAssociationId: id, AssociationState: associated };
    }),
  };
}
