import { byRegion } from './region-class.ts';
import { each, type RequestQuota } from './request-quota.ts';

/**
 * CloudWatch Logs quotas, "throttle limit in transactions per second": rates, without a burst of their own; two
 * of them differ by Region. DisassociateKmsKey and resource policies are not in the table.
 */
export function logsQuotas(region: string): readonly RequestQuota[] {
  const slowest = ['ap-northeast-3', 'ap-southeast-3', 'ca-west-1', 'eu-central-1', 'il-central-1'];
  const filterLogEvents = byRegion(
    region,
    [
      [['us-east-1'], 25],
      [slowest, 5],
    ],
    10,
  );
  const getLogEvents = byRegion(
    region,
    [
      [[...slowest, 'us-west-2', 'eu-west-1'], 10],
      [['eu-west-3'], 30],
    ],
    25,
  );
  return [
    ...each('cloudwatch-logs', filterLogEvents, filterLogEvents, ['FilterLogEvents']),
    ...each('cloudwatch-logs', getLogEvents, getLogEvents, ['GetLogEvents']),
    ...everywhere,
  ];
}

const everywhere: readonly RequestQuota[] = [
  ...each('cloudwatch-logs', 5_000, 5_000, ['PutLogEvents']),
  ...each('cloudwatch-logs', 50, 50, ['CreateLogStream']),
  ...each('cloudwatch-logs', 25, 25, ['DescribeLogStreams']),
  ...each('cloudwatch-logs', 15, 15, ['DeleteLogStream']),
  ...each('cloudwatch-logs', 10, 10, ['CreateLogGroup', 'DeleteLogGroup', 'DescribeLogGroups']),
  ...each('cloudwatch-logs', 5, 5, [
    'AssociateKmsKey',
    'DeleteMetricFilter',
    'DeleteRetentionPolicy',
    'DescribeMetricFilters',
    'ListTagsForResource',
    'ListTagsLogGroup',
    'PutMetricFilter',
    'PutRetentionPolicy',
    'TagLogGroup',
    'TagResource',
    'TestMetricFilter',
    'UntagLogGroup',
    'UntagResource',
  ]),
];
