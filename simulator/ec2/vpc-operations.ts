import type {
  CreateVpcCommandInput,
  CreateVpcCommandOutput,
  DeleteVpcCommandInput,
  DeleteVpcCommandOutput,
  DescribeVpcAttributeCommandInput,
  DescribeVpcAttributeCommandOutput,
  DescribeVpcsCommandInput,
  DescribeVpcsCommandOutput,
  ModifyVpcAttributeCommandInput,
  ModifyVpcAttributeCommandOutput,
  Vpc,
} from '@aws-sdk/client-ec2';
import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import { operation, type WireOperation } from '../wire/operation.ts';
import { checkBlock, networkOf } from './blocks.ts';
import { checkVpcIsEmpty } from './dependencies.ts';
import { ec2Filter, ec2Page, type FilterTexts, refuseDryRun, refuseWhenOn } from './filters.ts';
import type { Ec2Model, Ec2Resource } from './model.ts';
import { securityGroupRules } from './security-group-rules.ts';
import { tagList, tagsFor, tagsOf } from './tags.ts';
import { dhcpOptionsId } from './vpc-default-operations.ts';
import { createVpc } from './vpcs.ts';
import { propertyText, wanted } from './wanted-resources.ts';

const booleanAttributes = {
  enableDnsSupport: ['EnableDnsSupport', true],
  enableDnsHostnames: ['EnableDnsHostnames', false],
  enableNetworkAddressUsageMetrics: ['EnableNetworkAddressUsageMetrics', false],
} as const;

/** VPCs with IPv4 blocks, and their attributes. */
export function vpcOperations(model: Ec2Model, world: World): Record<string, WireOperation> {
  const OwnerId = world.identity.accountId;
  const DhcpOptionsId = dhcpOptionsId(world);
  const texts: FilterTexts<Ec2Resource> = {
    'vpc-id': ({ id }) => [id],
    cidr: propertyText('CidrBlock'),
    'cidr-block': propertyText('CidrBlock'),
    cidrBlock: propertyText('CidrBlock'),
    'cidr-block-association.cidr-block': propertyText('CidrBlock'),
    'dhcp-options-id': () => [DhcpOptionsId],
    state: () => ['available'],
    'owner-id': () => [OwnerId],
    'is-default': isDefault,
    isDefault,
  };
  const show = (vpc: Ec2Resource): Vpc => ({
    VpcId: vpc.id,
    State: 'available',
    CidrBlock: String(vpc.properties.CidrBlock),
    CidrBlockAssociationSet: [
      {
        AssociationId: `vpc-cidr-assoc-${vpc.id.slice('vpc-'.length)}`,
        CidrBlock: String(vpc.properties.CidrBlock),
        CidrBlockState: { State: 'associated' },
      },
    ],
    DhcpOptionsId,
    InstanceTenancy: vpc.properties.InstanceTenancy === 'dedicated' ? 'dedicated' : 'default',
    IsDefault: vpc.properties.IsDefault === true,
    OwnerId,
    Tags: tagList(vpc),
  });
  const required = (id: string | undefined) => model.require('vpc', id ?? '');
  return {
    CreateVpc: operation<CreateVpcCommandInput, CreateVpcCommandOutput>(
      [
        'CidrBlock',
        'InstanceTenancy',
        'AmazonProvidedIpv6CidrBlock',
        'TagSpecifications',
        'DryRun',
      ],
      (input) => {
        refuseDryRun(input);
        refuseWhenOn({ AmazonProvidedIpv6CidrBlock: input.AmazonProvidedIpv6CidrBlock });
        const { CidrBlock = '', InstanceTenancy } = input;
        checkBlock(CidrBlock, 'InvalidVpc.Range');
        const { vpc } = createVpc(model, {
          CidrBlock: networkOf(CidrBlock),
          InstanceTenancy: InstanceTenancy || 'default',
          ...tagsFor('vpc', input.TagSpecifications),
        });
        return { Vpc: show(vpc) };
      },
    ),
    DeleteVpc: operation<DeleteVpcCommandInput, DeleteVpcCommandOutput>(
      ['VpcId', 'DryRun'],
      (input) => {
        refuseDryRun(input);
        const { id } = required(input.VpcId);
        checkVpcIsEmpty(model, id);
        const born = [...model.all('security group'), ...model.all('route table')].filter(
          ({ properties }) => properties.VpcId === id,
        );
        const bornIds = born.map((each) => each.id);
        for (const rule of securityGroupRules(model)) {
          if (bornIds.includes(rule.groupId)) model.remove(rule.id);
        }
        for (const route of model.all('route')) {
          if (bornIds.includes(String(route.properties.RouteTableId))) model.remove(route.id);
        }
        for (const each of [...bornIds, id]) model.remove(each);
        return {};
      },
    ),
    DescribeVpcs: operation<DescribeVpcsCommandInput, DescribeVpcsCommandOutput>(
      ['Filters', 'VpcIds', 'MaxResults', 'NextToken', 'DryRun'],
      (input) => {
        refuseDryRun(input);
        const found = wanted(model, 'vpc', input.VpcIds).filter(
          ec2Filter(input.Filters, texts, tagsOf),
        );
        const { items, more } = ec2Page(found, input, input.VpcIds);
        return { Vpcs: items.map(show), ...more };
      },
    ),
    DescribeVpcAttribute: operation<
      DescribeVpcAttributeCommandInput,
      DescribeVpcAttributeCommandOutput
    >(['VpcId', 'Attribute', 'DryRun'], (input) => {
      refuseDryRun(input);
      const { id, properties } = required(input.VpcId);
      const name = input.Attribute ?? 'enableDnsSupport';
      const [property, preset] = booleanAttributes[name];
      const member = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
      return { VpcId: id, [member]: { Value: properties[property] ?? preset } };
    }),
    ModifyVpcAttribute: operation<ModifyVpcAttributeCommandInput, ModifyVpcAttributeCommandOutput>(
      ['VpcId', 'EnableDnsHostnames', 'EnableDnsSupport', 'EnableNetworkAddressUsageMetrics'],
      ({ VpcId, ...changes }) => {
        const { id } = required(VpcId);
        const given = Object.entries(changes).filter(([, change]) => change !== undefined);
        // EC2 reference: the attributes cannot be modified in the same request.
        if (given.length !== 1) {
          throw new AwsError(
            'InvalidParameterCombination',
            'Exactly one attribute of a VPC can be modified at a time',
          );
        }
        for (const [name, change] of given) model.update(id, { [name]: change?.Value === true });
        return {};
      },
    ),
  };
}

function isDefault({ properties }: Ec2Resource): readonly string[] {
  return [String(properties.IsDefault === true)];
}
