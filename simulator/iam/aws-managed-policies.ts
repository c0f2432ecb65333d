import { type PolicyDocument, policyDocument } from './policy-document.ts';

const ecsTasksOnly = {
  StringLike: { 'iam:PassedToService': ['ecs-tasks.amazonaws.com'] },
};
const taskSetActions = [
  'ecs:DescribeServices',
  'ecs:CreateTaskSet',
  'ecs:UpdateServicePrimaryTaskSet',
  'ecs:DeleteTaskSet',
  'cloudwatch:DescribeAlarms',
];
const balancerActions = [
  'DescribeTargetGroups',
  'DescribeListeners',
  'ModifyListener',
  'DescribeRules',
  'ModifyRule',
].map((action) => `elasticloadbalancing:${action}`);
const logActions = ['CreateLogGroup', 'CreateLogStream', 'PutLogEvents'];
const interfaceActions = [
  'CreateNetworkInterface',
  'DescribeNetworkInterfaces',
  'DescribeSubnets',
  'DeleteNetworkInterface',
  'AssignPrivateIpAddresses',
  'UnassignPrivateIpAddresses',
];
const pullActions = [
  'GetAuthorizationToken',
  'BatchCheckLayerAvailability',
  'GetDownloadUrlForLayer',
  'BatchGetImage',
];

const allow = (Action: readonly string[], Resource: string | readonly string[] = '*') => ({
  Effect: 'Allow',
  Action,
  Resource,
});

/** Statements by path and name below `arn:aws:iam::aws:policy/` (aws-facts 7.2). */
const statements: Readonly<Record<string, readonly object[]>> = {
  AWSCodeDeployRoleForECS: [
    allow([
      ...taskSetActions,
      ...balancerActions,
      'lambda:InvokeFunction',
      'sns:Publish',
      's3:GetObject',
      's3:GetObjectVersion',
    ]),
    { ...allow(['iam:PassRole']), Condition: ecsTasksOnly },
  ],
  AWSCodeDeployRoleForECSLimited: [
    allow([...taskSetActions, ...balancerActions]),
    allow(['sns:Publish'], 'arn:aws:sns:*:*:CodeDeployTopic_*'),
    allow(['lambda:InvokeFunction'], 'arn:aws:lambda:*:*:function:CodeDeployHook_*'),
    {
      ...allow(['s3:GetObject', 's3:GetObjectVersion']),
      Condition: { StringEquals: { 's3:ExistingObjectTag/UseWithCodeDeploy': 'true' } },
    },
    {
      ...allow(
        ['iam:PassRole'],
        ['arn:aws:iam::*:role/ecsTaskExecutionRole', 'arn:aws:iam::*:role/ECSTaskExecution*'],
      ),
      Condition: ecsTasksOnly,
    },
  ],
  'service-role/AmazonECSTaskExecutionRolePolicy': [
    allow([
      ...pullActions.map((action) => `ecr:${action}`),
      'logs:CreateLogStream',
      'logs:PutLogEvents',
    ]),
  ],
  'service-role/AWSLambdaBasicExecutionRole': [allow(logActions.map((action) => `logs:${action}`))],
  'service-role/AWSLambdaVPCAccessExecutionRole': [
    allow([
      ...logActions.map((action) => `logs:${action}`),
      ...interfaceActions.map((action) => `ec2:${action}`),
    ]),
  ],
  AdministratorAccess: [allow(['*'])],
};

export const awsManagedPrefix = 'arn:aws:iam::aws:policy/';

/** The managed policies of AWS that deployments meet, by ARN. */
export function awsManagedPolicies(): Map<string, PolicyDocument> {
  return new Map(
    Object.entries(statements).map(([name, Statement]) => [
      `${awsManagedPrefix}${name}`,
      policyDocument.parse({ Version: '2012-10-17', Statement }),
    ]),
  );
}
