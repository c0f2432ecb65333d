import type {
  CreateVpcEndpointCommandInput,
  CreateVpcEndpointCommandOutput,
  DeleteVpcEndpointsCommandInput,
  DeleteVpcEndpointsCommandOutput,
  DescribeVpcEndpointsCommandInput,
  DescribeVpcEndpointsCommandOutput,
  ModifyVpcEndpointCommandInput,
  ModifyVpcEndpointCommandOutput,
  VpcEndpoint,
} from '@aws-sdk/client-ec2';
import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import { operation, type WireOperation } from '../wire/operation.ts';
import { ec2Filter, ec2Page, type FilterTexts, refuseDryRun } from './filters.ts';
import { derivedInterface, endpointInterface } from './interfaces.ts';
import type { Ec2Kind, Ec2Model, Ec2Resource } from './model.ts';
import { prefixListOf } from './prefix-lists.ts';
import { tagList, tagsFor, tagsOf } from './tags.ts';
import { createOnce, propertyText, propertyTexts, wanted } from './wanted-resources.ts';

const defaultPolicy =
  '{"Statement":[{"Action":"*","Effect":"Allow","Principal":"*","Resource":"*"}]}';

/** Gateway and interface endpoints; one that exists is available. */
export function vpcEndpointOperations(
  model: Ec2Model,
  world: World,
): Record<string, WireOperation> {
  const type = ({ properties }: Ec2Resource) => String(properties.VpcEndpointType ?? 'Gateway');
  const texts: FilterTexts<Ec2Resource> = {
    'vpc-endpoint-id': ({ id }) => [id],
    'vpc-id': propertyText('VpcId'),
    'service-name': propertyText('ServiceName'),
    'vpc-endpoint-type': (endpoint) => [type(endpoint)],
    'vpc-endpoint-state': () => ['available'],
  };
  const show = (endpoint: Ec2Resource): VpcEndpoint => {
    const { properties, id } = endpoint;
    const policy = properties.PolicyDocument;
    const subnets = propertyTexts(endpoint, 'SubnetIds');
    return {
      VpcEndpointId: id,
      VpcEndpointType: type(endpoint) as 'Gateway',
      VpcId: String(properties.VpcId),
      ServiceName: String(properties.ServiceName),
      // The API's model writes it with a capital, EC2 without.
      State: 'available' as 'Available',
      PolicyDocument:
        policy === undefined
          ? defaultPolicy
          : typeof policy === 'string'
            ? policy
            : JSON.stringify(policy),
      RouteTableIds: propertyTexts(endpoint, 'RouteTableIds'),
      SubnetIds: subnets,
      Groups: propertyTexts(endpoint, 'SecurityGroupIds').map((GroupId) => ({
        GroupId,
        GroupName: String(model.find(GroupId)?.properties.GroupName ?? GroupId),
      })),
      IpAddressType: 'ipv4',
      DnsOptions: { DnsRecordIpType: type(endpoint) === 'Gateway' ? 'service-defined' : 'ipv4' },
      PrivateDnsEnabled: properties.PrivateDnsEnabled === true,
      RequesterManaged: false,
      NetworkInterfaceIds: subnets.map(
        (subnet) => derivedInterface(model, endpointInterface(id), subnet).id,
      ),
      DnsEntries: [],
      CreationTimestamp: new Date(Number(properties.createdAtMs ?? 0)),
      OwnerId: world.identity.accountId,
      Tags: tagList(endpoint),
    };
  };
  const checked = (kind: Ec2Kind, ids: readonly string[] = []) =>
    ids.map((id) => model.require(kind, id).id);
  return {
    CreateVpcEndpoint: operation<CreateVpcEndpointCommandInput, CreateVpcEndpointCommandOutput>(
      [
        'VpcEndpointType',
        'VpcId',
        'ServiceName',
        'PolicyDocument',
        'RouteTableIds',
        'SubnetIds',
        'SecurityGroupIds',
        'PrivateDnsEnabled',
        'ClientToken',
        'TagSpecifications',
        'DryRun',
      ],
      (input) => {
        refuseDryRun(input);
        const VpcId = model.require('vpc', input.VpcId ?? '').id;
        const { ServiceName = '', PolicyDocument, PrivateDnsEnabled } = input;
        const VpcEndpointType = input.VpcEndpointType || 'Gateway';
        checkService(world, ServiceName, VpcEndpointType);
        const created = createOnce(model, 'VPC endpoint', input.ClientToken, {
          VpcId,
          ServiceName,
          VpcEndpointType,
          PolicyDocument: PolicyDocument || undefined,
          PrivateDnsEnabled,
          RouteTableIds: checked('route table', input.RouteTableIds),
          SubnetIds: checked('subnet', input.SubnetIds),
          SecurityGroupIds: checked('security group', input.SecurityGroupIds),
          createdAtMs: world.clock.now(),
          ...tagsFor('vpc-endpoint', input.TagSpecifications),
        });
        return { VpcEndpoint: show(created) };
      },
    ),
    ModifyVpcEndpoint: operation<ModifyVpcEndpointCommandInput, ModifyVpcEndpointCommandOutput>(
      [
        'VpcEndpointId',
        'PolicyDocument',
        'ResetPolicy',
        'AddRouteTableIds',
        'RemoveRouteTableIds',
        'AddSubnetIds',
        'RemoveSubnetIds',
        'AddSecurityGroupIds',
        'RemoveSecurityGroupIds',
        'PrivateDnsEnabled',
        'DryRun',
      ],
      (input) => {
        refuseDryRun(input);
        const endpoint = model.require('VPC endpoint', input.VpcEndpointId ?? '');
        const changed = (name: string, added: readonly string[], removed: readonly string[] = []) =>
          [...new Set([...propertyTexts(endpoint, name), ...added])].filter(
            (id) => !removed.includes(id),
          );
        const tables = checked('route table', input.AddRouteTableIds);
        const subnets = checked('subnet', input.AddSubnetIds);
        const groups = checked('security group', input.AddSecurityGroupIds);
        model.update(endpoint.id, {
          RouteTableIds: changed('RouteTableIds', tables, input.RemoveRouteTableIds),
          SubnetIds: changed('SubnetIds', subnets, input.RemoveSubnetIds),
          SecurityGroupIds: changed('SecurityGroupIds', groups, input.RemoveSecurityGroupIds),
          ...(input.PolicyDocument && { PolicyDocument: input.PolicyDocument }),
          ...(input.ResetPolicy === true && { PolicyDocument: undefined }),
          ...(input.PrivateDnsEnabled !== undefined && {
            PrivateDnsEnabled: input.PrivateDnsEnabled,
          }),
        });
        return { Return: true };
      },
    ),
    DeleteVpcEndpoints: operation<DeleteVpcEndpointsCommandInput, DeleteVpcEndpointsCommandOutput>(
      ['VpcEndpointIds', 'DryRun'],
      (input) => {
        refuseDryRun(input);
        const ids = input.VpcEndpointIds ?? [];
        const missing = ids.filter((id) => model.find(id)?.kind !== 'VPC endpoint');
        for (const id of ids) if (!missing.includes(id)) model.remove(id);
        return {
          Unsuccessful: missing.map((ResourceId) => ({
            ResourceId,
            Error: {
              Code: 'InvalidVpcEndpointId.NotFound',
              Message: `The Vpc Endpoint Id '${ResourceId}' does not exist`,
            },
          })),
        };
      },
    ),
    DescribeVpcEndpoints: operation<
      DescribeVpcEndpointsCommandInput,
      DescribeVpcEndpointsCommandOutput
    >(['Filters', 'VpcEndpointIds', 'MaxResults', 'NextToken', 'DryRun'], (input) => {
      refuseDryRun(input);
      const found = wanted(model, 'VPC endpoint', input.VpcEndpointIds).filter(
        ec2Filter(input.Filters, texts, tagsOf),
      );
      const { items, more } = ec2Page(found, input, input.VpcEndpointIds);
      return { VpcEndpoints: items.map(show), ...more };
    }),
  };
}

/** Gateway endpoints are for S3 and DynamoDB; any service of AWS's own may have an interface. */
function checkService(world: World, name: string, type: string): void {
  const prefix = `com.amazonaws.${world.identity.region}.`;
  const fits = type === 'Gateway' ? prefixListOf(world, name) : name.startsWith(prefix);
  if (fits) return;
  throw new AwsError('InvalidServiceName', `The Vpc Endpoint Service '${name}' does not exist`);
}
