import type {
  CreateRouteTableCommandInput,
  CreateRouteTableCommandOutput,
  DeleteRouteTableCommandInput,
  DeleteRouteTableCommandOutput,
  DescribeRouteTablesCommandInput,
  DescribeRouteTablesCommandOutput,
  Route,
  RouteTable,
} from '@aws-sdk/client-ec2';
import type { World } from '../core/world.ts';
import { operation, type WireOperation } from '../wire/operation.ts';
import { checkRouteTableIsUnused } from './dependencies.ts';
import { ec2Filter, ec2Page, type FilterTexts, refuseDryRun } from './filters.ts';
import type { Ec2Model, Ec2Resource } from './model.ts';
import { prefixListOf } from './prefix-lists.ts';
import { tagList, tagsFor, tagsOf } from './tags.ts';
import { createOnce, propertyTexts, wanted } from './wanted-resources.ts';

/** Route tables with their routes and associations. */
export function routeTableOperations(model: Ec2Model, world: World): Record<string, WireOperation> {
  const below = (kind: 'route' | 'route table association', { id }: Ec2Resource) =>
    model.all(kind).filter(({ properties }) => properties.RouteTableId === id);
  const texts: FilterTexts<Ec2Resource> = {
    'route-table-id': ({ id }) => [id],
    'vpc-id': ({ properties }) => [String(properties.VpcId)],
    'association.subnet-id': (table) =>
      below('route table association', table).map(({ properties }) => String(properties.SubnetId)),
    'association.main': ({ properties }) => [String(properties.Main === true)],
    'association.route-table-association-id': (table) =>
      below('route table association', table).map(({ id }) => id),
    'owner-id': () => [world.identity.accountId],
    'route.destination-cidr-block': (table) => [
      localRoute(model, table).DestinationCidrBlock,
      ...below('route', table).map(text('DestinationCidrBlock')),
    ],
    'route.nat-gateway-id': (table) => below('route', table).map(text('NatGatewayId')),
    'route.gateway-id': (table) => below('route', table).map(text('GatewayId')),
  };
  const show = (table: Ec2Resource): RouteTable => ({
    RouteTableId: table.id,
    VpcId: String(table.properties.VpcId),
    OwnerId: world.identity.accountId,
    Associations: [
      ...(table.properties.Main === true
        ? [
            {
              Main: true,
              RouteTableAssociationId: table.id.replace('rtb-', 'rtbassoc-'),
              RouteTableId: table.id,
              AssociationState: { State: 'associated' as const },
            },
          ]
        : []),
      ...below('route table association', table).map(({ id, properties }) => ({
        Main: false,
        RouteTableAssociationId: id,
        RouteTableId: table.id,
        SubnetId: String(properties.SubnetId),
        AssociationState: { State: 'associated' as const },
      })),
    ],
    PropagatingVgws: [],
    Routes: [
      localRoute(model, table),
      ...below('route', table).map(showRoute),
      ...gatewayEndpointRoutes(model, world, table),
    ],
    Tags: tagList(table),
  });
  return {
    CreateRouteTable: operation<CreateRouteTableCommandInput, CreateRouteTableCommandOutput>(
      ['VpcId', 'ClientToken', 'TagSpecifications', 'DryRun'],
      (input) => {
        refuseDryRun(input);
        const VpcId = model.require('vpc', input.VpcId ?? '').id;
        const tags = tagsFor('route-table', input.TagSpecifications);
        const { ClientToken } = input;
        const created = createOnce(model, 'route table', ClientToken, { VpcId, ...tags });
        return { RouteTable: show(created), ...(ClientToken && { ClientToken }) };
      },
    ),
    DeleteRouteTable: operation<DeleteRouteTableCommandInput, DeleteRouteTableCommandOutput>(
      ['RouteTableId', 'DryRun'],
      (input) => {
        refuseDryRun(input);
        const table = model.require('route table', input.RouteTableId ?? '');
        checkRouteTableIsUnused(model, table.id);
        for (const route of below('route', table)) model.remove(route.id);
        model.remove(table.id);
        return {};
      },
    ),
    DescribeRouteTables: operation<
      DescribeRouteTablesCommandInput,
      DescribeRouteTablesCommandOutput
    >(['Filters', 'RouteTableIds', 'MaxResults', 'NextToken', 'DryRun'], (input) => {
      refuseDryRun(input);
      const found = wanted(model, 'route table', input.RouteTableIds).filter(
        ec2Filter(input.Filters, texts, tagsOf),
      );
      const { items, more } = ec2Page(found, input, input.RouteTableIds);
      return { RouteTables: items.map(show), ...more };
    }),
  };
}

function text(name: string): (item: Ec2Resource) => string | undefined {
  return ({ properties }) =>
    properties[name] === undefined ? undefined : String(properties[name]);
}

/** Every table routes the VPC's own block within it. */
function localRoute(model: Ec2Model, table: Ec2Resource): Route {
  const block = model.find(String(table.properties.VpcId))?.properties.CidrBlock;
  return {
    DestinationCidrBlock: String(block),
    GatewayId: 'local',
    Origin: 'CreateRouteTable',
    State: 'active',
  };
}

function showRoute(route: Ec2Resource): Route {
  const [GatewayId, NatGatewayId] = [text('GatewayId')(route), text('NatGatewayId')(route)];
  const NetworkInterfaceId = text('NetworkInterfaceId')(route);
  return {
    DestinationCidrBlock: String(route.properties.DestinationCidrBlock),
    ...(GatewayId !== undefined && { GatewayId }),
    ...(NatGatewayId !== undefined && { NatGatewayId }),
    ...(NetworkInterfaceId !== undefined && { NetworkInterfaceId }),
    Origin: 'CreateRoute',
    State: 'active',
  };
}

/** A gateway endpoint puts a route to its service's prefix list into its tables (VPC guide). */
function gatewayEndpointRoutes(model: Ec2Model, world: World, table: Ec2Resource): Route[] {
  return model
    .all('VPC endpoint')
    .filter((endpoint) => propertyTexts(endpoint, 'RouteTableIds').includes(table.id))
    .flatMap(({ id, properties }) => {
      const list = prefixListOf(world, String(properties.ServiceName));
      return list
        ? [
            {
              DestinationPrefixListId: list.id,
              GatewayId: id,
              Origin: 'CreateRoute' as const,
              State: 'active' as const,
            },
          ]
        : [];
    });
}
