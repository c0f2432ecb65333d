import { credentialQuotas } from './credential-quotas.ts';
import { logsQuotas } from './logs-quotas.ts';
import { messagingQuotas } from './messaging-quotas.ts';
import { loadBalancingQuotas, networkQuotas } from './network-quotas.ts';
import { each, quota, type RequestQuota } from './request-quota.ts';
import { workflowQuotas } from './workflow-quotas.ts';

/** Request throttling for the Amazon ECS API (aws-facts 2.2); task sets count as parts of services [assumption]. */
const ecs: readonly RequestQuota[] = [
  quota('ecs', 20, 1, ['RegisterTaskDefinition', 'DeregisterTaskDefinition']),
  quota('ecs', 50, 20, [
    'DescribeTaskDefinition',
    'ListTaskDefinitions',
    'ListTaskDefinitionFamilies',
  ]),
  quota('ecs', 5, 1, ['DeleteTaskDefinitions']),
  quota('ecs', 50, 5, /^(Create|Update|Delete)(Service|TaskSet)$|^UpdateServicePrimaryTaskSet$/),
  quota('ecs', 100, 20, ['DescribeServices', 'ListServices', 'DescribeTaskSets']),
  quota('ecs', 50, 20, ['DescribeServiceDeployments', 'ListServiceDeployments']),
  quota('ecs', 50, 20, ['DescribeServiceRevisions']),
  quota('ecs', 100, 40, ['RunTask', 'StartTask', 'StopTask', 'UpdateContainerInstancesState']),
  quota('ecs', 100, 20, [
    'DescribeTasks',
    'ListTasks',
    'DescribeContainerInstances',
    'ListContainerInstances',
  ]),
  quota('ecs', 50, 20, ['DescribeClusters', 'ListClusters']),
  quota('ecs', 20, 1, /^(Create|Update|Delete)Cluster(Settings)?$|^PutClusterCapacityProviders$/),
  quota('ecs', 20, 10, ['TagResource', 'UntagResource']),
  quota('ecs', 50, 20, ['ListTagsForResource']),
];

/** Amazon ECR service quotas: rates, without a burst of their own. */
const ecr: readonly RequestQuota[] = [
  ...each('ecr', 2_000, 2_000, ['BatchGetImage']),
  ...each('ecr', 1_000, 1_000, ['BatchCheckLayerAvailability']),
  ...each('ecr', 100, 100, ['CompleteLayerUpload', 'InitiateLayerUpload']),
  ...each('ecr', 500, 500, ['GetAuthorizationToken', 'UploadLayerPart']),
  ...each('ecr', 3_000, 3_000, ['GetDownloadUrlForLayer']),
  ...each('ecr', 10, 10, ['PutImage']),
];

/** Lambda quotas, "Lambda API requests": all of the control plane but two calls shares one rate. */
const lambda: readonly RequestQuota[] = [
  ...each('lambda', 100, 100, ['GetFunction']),
  ...each('lambda', 15, 15, ['GetPolicy']),
  quota('lambda', 15, 15, /^(?!Invoke|GetFunction$|GetPolicy$)/),
];

/** AWS General Reference, "Amazon CloudWatch endpoints and quotas": rates, without a burst of their own. */
const cloudwatch: readonly RequestQuota[] = [
  ...each('cloudwatch', 3, 3, [
    'DeleteAlarms',
    'DisableAlarmActions',
    'EnableAlarmActions',
    'PutCompositeAlarm',
    'PutMetricAlarm',
    'SetAlarmState',
  ]),
  ...each('cloudwatch', 9, 9, ['DescribeAlarms', 'DescribeAlarmsForMetric']),
  ...each('cloudwatch', 10, 10, [
    'DeleteDashboards',
    'GetDashboard',
    'ListDashboards',
    'ListTagsForResource',
    'PutDashboard',
  ]),
  ...each('cloudwatch', 20, 20, ['DescribeAlarmHistory', 'TagResource', 'UntagResource']),
  ...each('cloudwatch', 25, 25, ['ListMetrics']),
  ...each('cloudwatch', 400, 400, ['GetMetricStatistics']),
  ...each('cloudwatch', 500, 500, ['GetMetricData', 'PutMetricData']),
];

/** Systems Manager quotas: the default throughput of Parameter Store, which the reads share. */
const ssm: readonly RequestQuota[] = [
  quota('ssm', 40, 40, ['GetParameter', 'GetParameters', 'GetParametersByPath']),
];

/**
 * The documented quotas on requests, per account, in this Region; those of one queue or of one prefix of keys are
 * taken where the queue and the bucket are known. What is not here has no published figure: CodeDeploy ("the limit
 * for each endpoint varies and is dynamic, therefore it is not documented", AWS Support in Stack Overflow question
 * 55016714), CloudFormation and IAM (their quota pages count resources only), Application Auto Scaling (one bucket of
 * unknown size, re:Post "autoscaling-api-calls-throttled").
 */
export const requestQuotasIn = (region: string): readonly RequestQuota[] => [
  ...ecs,
  ...workflowQuotas(region),
  ...ecr,
  ...loadBalancingQuotas,
  ...lambda,
  ...cloudwatch,
  ...logsQuotas(region),
  ...ssm,
  ...messagingQuotas(region),
  ...credentialQuotas,
  ...networkQuotas,
];
