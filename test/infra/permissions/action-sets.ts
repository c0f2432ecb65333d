import type { HookLifecycleEvent } from '../../../functions/core/lifecycle-events.ts';

/** What every function may use: its log and its traces. */
export const runtime = [
  'logs:CreateLogStream',
  'logs:PutLogEvents',
  'xray:PutTelemetryRecords',
  'xray:PutTraceSegments',
];

const network = [
  'ec2:AssignPrivateIpAddresses',
  'ec2:CreateNetworkInterface',
  'ec2:DeleteNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
  'ec2:UnassignPrivateIpAddresses',
];

/** What finds listeners and where they forward to. */
export const listeners = [
  'elasticloadbalancing:DescribeListeners',
  'elasticloadbalancing:DescribeLoadBalancers',
  'elasticloadbalancing:DescribeRules',
  'elasticloadbalancing:DescribeTargetGroups',
];

/** What concludes a deployment: reads it, records and tells its outcome, answers the token. */
export const conclude = [
  ...listeners,
  'codedeploy:BatchGetDeployments',
  'codedeploy:GetDeployment',
  'codedeploy:GetDeploymentGroup',
  'codedeploy:GetDeploymentTarget',
  'codedeploy:ListDeploymentTargets',
  'codedeploy:ListDeployments',
  'ecs:DescribeServices',
  's3:GetObject',
  's3:ListBucket',
  's3:PutObject',
  'sns:Publish',
  'states:SendTaskFailure',
  'states:SendTaskSuccess',
];

/** What every lifecycle hook may use. */
export const everyHook = [
  ...network,
  'codedeploy:GetDeployment',
  'codedeploy:GetDeploymentGroup',
  'codedeploy:GetDeploymentTarget',
  'codedeploy:ListDeploymentTargets',
  'codedeploy:PutLifecycleEventHookExecutionStatus',
  'ecs:DescribeServices',
  'elasticloadbalancing:DescribeTargetGroups',
  's3:GetObject',
  's3:ListBucket',
  's3:PutObject',
  'sqs:SendMessage',
];

const traffic = [
  ...listeners,
  'cloudwatch:DescribeAlarms',
  'elasticloadbalancing:DescribeTargetHealth',
];

/** What each lifecycle hook may use besides, for its checks. */
export const judging: Readonly<Record<HookLifecycleEvent, readonly string[]>> = {
  BeforeInstall: listeners,
  AfterInstall: [
    'ecr:BatchGetImage',
    'ecr:GetDownloadUrlForLayer',
    'ecs:DescribeTaskDefinition',
    'ecs:DescribeTasks',
    'ecs:ListTasks',
  ],
  AfterAllowTestTraffic: traffic,
  BeforeAllowTraffic: traffic,
  AfterAllowTraffic: traffic,
};
