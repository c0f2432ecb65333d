import { each, type RequestQuota } from './request-quota.ts';

/**
 * CloudWatch Logs quotas, "throttle limit in transactions per second": rates of us-east-1, without a burst of
 * their own. DisassociateKmsKey is not in the table.
 */
export const logsQuotas: readonly RequestQuota[] = [
  ...each('cloudwatch-logs', 5_000, 5_000, ['PutLogEvents']),
  ...each('cloudwatch-logs', 50, 50, ['CreateLogStream']),
  ...each('cloudwatch-logs', 25, 25, ['DescribeLogStreams', 'FilterLogEvents', 'GetLogEvents']),
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
