import type {
  CreateRouteCommandInput,
  CreateRouteCommandOutput,
  DeleteRouteCommandInput,
  DeleteRouteCommandOutput,
  ReplaceRouteCommandInput,
  ReplaceRouteCommandOutput,
} from '@aws-sdk/client-ec2';
import { AwsError } from '../core/aws-error.ts';
import { operation, type WireOperation } from '../wire/operation.ts';
import { networkOf } from './blocks.ts';
import { refuseDryRun } from './filters.ts';
import type { Ec2Model, Ec2Resource } from './model.ts';

const members = [
  'RouteTableId',
  'DestinationCidrBlock',
  'GatewayId',
  'NatGatewayId',
  'DryRun',
] as const;

/** Routes of IPv4 blocks to internet and NAT gateways. */
export function routeOperations(model: Ec2Model): Record<string, WireOperation> {
  const find = (tableId: string, block: string) =>
    model
      .all('route')
      .find(
        ({ properties }) =>
          properties.RouteTableId === tableId && properties.DestinationCidrBlock === block,
      );
  const existing = (tableId: string, block: string): Ec2Resource => {
    const route = find(tableId, block);
    if (route) return route;
    throw new AwsError(
      'InvalidRoute.NotFound',
      `no route with destination-cidr-block ${block} in route table ${tableId}`,
    );
  };
  return {
    CreateRoute: operation<CreateRouteCommandInput, CreateRouteCommandOutput>(members, (input) => {
      refuseDryRun(input);
      const { id } = model.require('route table', input.RouteTableId ?? '');
      const DestinationCidrBlock = readDestination(input.DestinationCidrBlock);
      if (find(id, DestinationCidrBlock)) {
        throw new AwsError(
          'RouteAlreadyExists',
          `The route identified by ${DestinationCidrBlock} already exists.`,
        );
      }
      const target = readTarget(model, input);
      model.create('route', { RouteTableId: id, DestinationCidrBlock, ...target });
      return { Return: true };
    }),
    ReplaceRoute: operation<ReplaceRouteCommandInput, ReplaceRouteCommandOutput>(
      members,
      (input) => {
        refuseDryRun(input);
        const { id } = model.require('route table', input.RouteTableId ?? '');
        const route = existing(id, readDestination(input.DestinationCidrBlock));
        const none = {
          GatewayId: undefined,
          NatGatewayId: undefined,
          NetworkInterfaceId: undefined,
        };
        model.update(route.id, { ...none, ...readTarget(model, input) });
        return {};
      },
    ),
    DeleteRoute: operation<DeleteRouteCommandInput, DeleteRouteCommandOutput>(
      ['RouteTableId', 'DestinationCidrBlock', 'DryRun'],
      (input) => {
        refuseDryRun(input);
        const { id } = model.require('route table', input.RouteTableId ?? '');
        model.remove(existing(id, readDestination(input.DestinationCidrBlock)).id);
        return {};
      },
    ),
  };
}

function readDestination(block: string | undefined): string {
  try {
    return networkOf(block ?? '');
  } catch {
    throw new AwsError(
      'InvalidParameterValue',
      `Value (${block ?? ''}) for parameter destinationCidrBlock is invalid. This is not a valid CIDR block.`,
    );
  }
}

function readTarget(
  model: Ec2Model,
  {
    GatewayId,
    NatGatewayId,
  }: { GatewayId?: string | undefined; NatGatewayId?: string | undefined },
): Readonly<Record<string, string>> {
  if (Boolean(GatewayId) === Boolean(NatGatewayId)) {
    throw new AwsError(
      'InvalidParameterCombination',
      'Exactly one of gatewayId and natGatewayId must be specified',
    );
  }
  if (NatGatewayId) return { NatGatewayId: model.require('NAT gateway', NatGatewayId).id };
  const id = GatewayId ?? '';
  const found = model.find(id);
  if (found?.kind === 'internet gateway') return { GatewayId: id };
  throw new AwsError('InvalidGatewayID.NotFound', `The gateway ID '${id}' does not exist`);
}
