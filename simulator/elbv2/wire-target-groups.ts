import type {
  CreateTargetGroupCommandInput,
  CreateTargetGroupCommandOutput,
  DeleteTargetGroupCommandInput,
  DeleteTargetGroupCommandOutput,
  DescribeTargetGroupAttributesCommandInput,
  DescribeTargetGroupAttributesCommandOutput,
  DescribeTargetGroupsCommandInput,
  DescribeTargetGroupsCommandOutput,
  ModifyTargetGroupAttributesCommandInput,
  ModifyTargetGroupAttributesCommandOutput,
  ModifyTargetGroupCommandInput,
  ModifyTargetGroupCommandOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { operation, type WireService } from '../wire/operation.ts';
import { validationError } from './actions.ts';
import { describeAttributes, setAttributes } from './attributes.ts';
import { describeTargetGroup } from './descriptions.ts';
import { readHealthCheck } from './health-check-settings.ts';
import type { Elbv2Model } from './model.ts';
import { page } from './paging.ts';

const healthCheckMembers = [
  'HealthCheckProtocol',
  'HealthCheckPort',
  'HealthCheckPath',
  'HealthCheckEnabled',
  'HealthCheckIntervalSeconds',
  'HealthCheckTimeoutSeconds',
  'HealthyThresholdCount',
  'UnhealthyThresholdCount',
  'Matcher',
] as const;

export function targetGroupOperations(model: Elbv2Model): WireService['operations'] {
  const { targetGroups } = model;
  return {
    CreateTargetGroup: operation<CreateTargetGroupCommandInput, CreateTargetGroupCommandOutput>(
      [
        'Name',
        'Protocol',
        'ProtocolVersion',
        'Port',
        'VpcId',
        'TargetType',
        'IpAddressType',
        'Tags',
        ...healthCheckMembers,
      ],
      (input) => {
        const created = targetGroups.create({
          ...input,
          name: input.Name ?? '',
          protocol: input.Protocol,
          protocolVersion: input.ProtocolVersion,
          port: input.Port,
          vpcId: input.VpcId,
          targetType: input.TargetType,
          ipAddressType: input.IpAddressType,
          tags: input.Tags,
        });
        return { TargetGroups: [describeTargetGroup(created)] };
      },
    ),
    DeleteTargetGroup: operation<DeleteTargetGroupCommandInput, DeleteTargetGroupCommandOutput>(
      ['TargetGroupArn'],
      (input) => {
        targetGroups.delete(input.TargetGroupArn ?? '');
        return {};
      },
    ),
    DescribeTargetGroups: operation<
      DescribeTargetGroupsCommandInput,
      DescribeTargetGroupsCommandOutput
    >(['LoadBalancerArn', 'TargetGroupArns', 'Names', 'Marker', 'PageSize'], (input) => {
      const given = [input.LoadBalancerArn, input.TargetGroupArns, input.Names].filter(
        (one) => one !== undefined && one.length > 0,
      );
      if (given.length > 1) {
        throw validationError(
          'Only one of target group ARNs, target group names and a load balancer ARN can be specified',
        );
      }
      if (input.LoadBalancerArn) model.loadBalancers.get(input.LoadBalancerArn);
      const found = targetGroups.select({
        arns: input.TargetGroupArns,
        names: input.Names,
        loadBalancerArn: input.LoadBalancerArn,
      });
      const { items, ...next } = page(found, input);
      return { TargetGroups: items.map(describeTargetGroup), ...next };
    }),
    ModifyTargetGroup: operation<ModifyTargetGroupCommandInput, ModifyTargetGroupCommandOutput>(
      ['TargetGroupArn', ...healthCheckMembers],
      (input) => {
        const { group } = targetGroups.get(input.TargetGroupArn ?? '');
        group.healthCheck = readHealthCheck(input, group, group.healthCheck);
        return { TargetGroups: [describeTargetGroup(group)] };
      },
    ),
    DescribeTargetGroupAttributes: operation<
      DescribeTargetGroupAttributesCommandInput,
      DescribeTargetGroupAttributesCommandOutput
    >(['TargetGroupArn'], (input) => ({
      Attributes: describeAttributes(targetGroups.get(input.TargetGroupArn ?? '').group.attributes),
    })),
    ModifyTargetGroupAttributes: operation<
      ModifyTargetGroupAttributesCommandInput,
      ModifyTargetGroupAttributesCommandOutput
    >(['TargetGroupArn', 'Attributes'], (input) => {
      const { group, targets } = targetGroups.get(input.TargetGroupArn ?? '');
      const { attributes } = group;
      setAttributes('Target group', attributes, input.Attributes ?? []);
      targets.renew();
      return { Attributes: describeAttributes(attributes) };
    }),
  };
}
