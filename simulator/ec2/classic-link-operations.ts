import type {
  DescribeVpcClassicLinkCommandInput,
  DescribeVpcClassicLinkCommandOutput,
  DescribeVpcClassicLinkDnsSupportCommandInput,
  DescribeVpcClassicLinkDnsSupportCommandOutput,
} from '@aws-sdk/client-ec2';
import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import { operation, type WireOperation } from '../wire/operation.ts';
import { ec2Filter, ec2Page, refuseDryRun } from './filters.ts';
import type { Ec2Model } from './model.ts';
import { tagList, tagsOf } from './tags.ts';
import { wanted } from './wanted-resources.ts';

/** Regions that were there before December 2013, and so had EC2-Classic. */
const classicRegions = [
  ...['us-east-1', 'us-west-1', 'us-west-2', 'eu-west-1', 'sa-east-1'],
  ...['ap-northeast-1', 'ap-southeast-1', 'ap-southeast-2'],
];

/**
 * Links of VPCs to EC2-Classic, which is retired: none has one. Both operations are deprecated; Ansible's ec2_vpc_net
 * and ec2_vpc_net_info ask them for each VPC before release 6 of amazon.aws.
 */
export function classicLinkOperations(
  model: Ec2Model,
  world: World,
): Record<string, WireOperation> {
  const checkRegion = () => {
    if (classicRegions.includes(world.identity.region)) return;
    // aws-sdk-java issue 754.
    throw new AwsError(
      'UnsupportedOperation',
      'The functionality you requested is not available in this region.',
    );
  };
  const texts = { 'is-classic-link-enabled': () => ['false'] };
  return {
    DescribeVpcClassicLink: operation<
      DescribeVpcClassicLinkCommandInput,
      DescribeVpcClassicLinkCommandOutput
    >(['VpcIds', 'Filters', 'DryRun'], (input) => {
      refuseDryRun(input);
      checkRegion();
      const found = wanted(model, 'vpc', input.VpcIds).filter(
        ec2Filter(input.Filters, texts, tagsOf),
      );
      return {
        Vpcs: found.map((vpc) => ({
          VpcId: vpc.id,
          ClassicLinkEnabled: false,
          Tags: tagList(vpc),
        })),
      };
    }),
    DescribeVpcClassicLinkDnsSupport: operation<
      DescribeVpcClassicLinkDnsSupportCommandInput,
      DescribeVpcClassicLinkDnsSupportCommandOutput
    >(['VpcIds', 'MaxResults', 'NextToken'], (input) => {
      checkRegion();
      const { items, more } = ec2Page(wanted(model, 'vpc', input.VpcIds), input, input.VpcIds);
      return {
        Vpcs: items.map(({ id }) => ({ VpcId: id, ClassicLinkDnsSupported: false })),
        ...more,
      };
    }),
  };
}
