import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type HookLifecycleEvent,
  hookLifecycleEvents,
} from '../../functions/core/lifecycle-events.ts';
import { hookName } from '../../infra/names.ts';
import { repositoryConfig, type Synthesized, synthesize } from './synthesized.ts';
import { actionsOf, type Resource, statementsOf } from './template.ts';

let synthesized: Synthesized;
beforeAll(() => {
  synthesized = synthesize();
});
afterAll(() => synthesized.dispose());

function roleOf(functionName: string, { controller } = synthesized): Resource {
  const { Role } = controller.one('AWS::Lambda::Function', {
    FunctionName: functionName,
  }).properties;
  return controller.byId((Role as { 'Fn::GetAtt': [string] })['Fn::GetAtt'][0]);
}

const runtime = [
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
const listeners = [
  'elasticloadbalancing:DescribeListeners',
  'elasticloadbalancing:DescribeLoadBalancers',
  'elasticloadbalancing:DescribeRules',
  'elasticloadbalancing:DescribeTargetGroups',
];
const conclude = [
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
const everyHook = [
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
const judging: Readonly<Record<HookLifecycleEvent, readonly string[]>> = {
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

describe('roles of the functions of services that want approval', () => {
  let approving: Synthesized;
  beforeAll(() => {
    const { services, ...config } = repositoryConfig();
    const approval = { required: true, timeoutMinutes: 45 };
    approving = synthesize({ ...config, services: services.map((one) => ({ ...one, approval })) });
  });
  afterAll(() => approving.dispose());

  it('let one hook ask and the sweep give up; no other function gains', () => {
    const gained = approving.controller
      .ofType('AWS::Lambda::Function')
      .map(({ properties }) => String(properties.FunctionName))
      .flatMap((name) => {
        const before = actionsOf(roleOf(name));
        const now = actionsOf(roleOf(name, approving));
        return now
          .filter((action) => !before.includes(action))
          .map((action) => `${name} ${action}`);
      });

    expect(gained.toSorted()).toEqual([
      'CodeDeployHook_Greengate_BeforeAllowTraffic sns:Publish',
      'greengate-sweep codedeploy:PutLifecycleEventHookExecutionStatus',
    ]);
  });
});

describe('roles of the functions', () => {
  it.each<[string, string[]]>([
    ['greengate-receive-image-push', ['s3:PutObject', 'sqs:SendMessage', 'states:StartExecution']],
    [
      'greengate-resolve-release',
      [
        'codedeploy:BatchGetDeployments',
        'codedeploy:ListDeployments',
        'ecr:BatchGetImage',
        'ecr:DescribeImages',
        'ecr:GetDownloadUrlForLayer',
        'ecs:DescribeServices',
        'ecs:DescribeTaskDefinition',
        'ecs:DescribeTasks',
        'ecs:ListTasks',
        's3:GetObject',
        's3:ListBucket',
        's3:PutObject',
        'ssm:GetParameters',
        'states:DescribeExecution',
        'states:ListExecutions',
      ],
    ],
    [
      'greengate-preflight',
      [
        'application-autoscaling:DescribeScalableTargets',
        'application-autoscaling:DescribeScalingPolicies',
        'cloudwatch:DescribeAlarms',
        'codedeploy:BatchGetDeployments',
        'codedeploy:GetDeploymentConfig',
        'codedeploy:GetDeploymentGroup',
        'codedeploy:GetDeploymentTarget',
        'codedeploy:ListDeploymentTargets',
        'codedeploy:ListDeployments',
        'ec2:DescribeNatGateways',
        'ec2:DescribeNetworkInterfaces',
        'ec2:DescribeSecurityGroups',
        'ec2:DescribeSubnets',
        'ecr:BatchGetImage',
        'ecr:BatchGetRepositoryScanningConfiguration',
        'ecr:DescribeImageScanFindings',
        'ecr:DescribeImages',
        'ecr:GetDownloadUrlForLayer',
        'ecs:DescribeContainerInstances',
        'ecs:DescribeServices',
        'ecs:DescribeTaskDefinition',
        'ecs:DescribeTasks',
        'ecs:ListContainerInstances',
        'ecs:ListTasks',
        'elasticloadbalancing:DescribeListeners',
        'elasticloadbalancing:DescribeLoadBalancers',
        'elasticloadbalancing:DescribeRules',
        'elasticloadbalancing:DescribeTargetGroupAttributes',
        'elasticloadbalancing:DescribeTargetGroups',
        'iam:GetRole',
        'iam:SimulatePrincipalPolicy',
        'inspector2:ListCoverage',
        'inspector2:ListFindings',
        'lambda:GetFunctionConfiguration',
        's3:GetObject',
        's3:ListBucket',
        's3:PutObject',
        'secretsmanager:DescribeSecret',
        'sns:Publish',
        'ssm:DescribeParameters',
      ],
    ],
    [
      'greengate-register-task-definition',
      [
        'ecs:DescribeServices',
        'ecs:DescribeTaskDefinition',
        'ecs:ListTaskDefinitions',
        'ecs:RegisterTaskDefinition',
        'ecs:TagResource',
        'iam:PassRole',
        's3:PutObject',
      ],
    ],
    [
      'greengate-run-deployment',
      [
        ...conclude,
        'codedeploy:ContinueDeployment',
        'codedeploy:CreateDeployment',
        'codedeploy:GetApplication',
        'codedeploy:GetApplicationRevision',
        'codedeploy:GetDeploymentConfig',
        'codedeploy:RegisterApplicationRevision',
        'codedeploy:StopDeployment',
        'ecr:DescribeImages',
        'ecs:DescribeTaskDefinition',
        'ssm:GetParameters',
      ],
    ],
    // No configured service is rolled out by ECS: test/infra/rolling.test.ts has one that is.
    ['greengate-roll-out', []],
    ['greengate-observe-deployment', [...conclude, 'sqs:SendMessage']],
    [
      'greengate-sweep',
      [
        ...conclude,
        'cloudwatch:DescribeAlarms',
        'codedeploy:StopDeployment',
        'ecr:DescribeImages',
        'sqs:SendMessage',
        'states:DescribeExecution',
        'states:DescribeStateMachine',
        'states:ListExecutions',
        'states:StartExecution',
      ],
    ],
    [
      'greengate-observe-task',
      [
        'codedeploy:GetDeployment',
        'codedeploy:StopDeployment',
        'ecs:DescribeServices',
        'ecs:DescribeTaskDefinition',
        'ecs:DescribeTasks',
        'ecs:ListTasks',
        'logs:GetLogEvents',
        's3:GetObject',
        's3:ListBucket',
        's3:PutObject',
        'sqs:SendMessage',
      ],
    ],
    ['greengate-observe-execution', [...conclude, 'codedeploy:StopDeployment', 'sqs:SendMessage']],
    [
      'greengate-verify-release',
      [
        ...listeners,
        'codedeploy:BatchGetDeployments',
        'codedeploy:GetDeploymentGroup',
        'codedeploy:ListDeployments',
        'ecs:DescribeServices',
        'ecs:DescribeTasks',
        'ecs:ListTasks',
        's3:GetObject',
        's3:ListBucket',
        's3:PutObject',
      ],
    ],
    ...hookLifecycleEvents.map((event): [string, string[]] => [
      hookName(event),
      [...new Set([...everyHook, ...judging[event]])],
    ]),
  ])('%s may do exactly what its adapters call', (functionName, actions) => {
    expect(actionsOf(roleOf(functionName))).toEqual([...actions, ...runtime].toSorted());
  });

  it.each([
    'ecs:DeregisterTaskDefinition',
    'ecs:UpdateService',
    'elasticloadbalancing:ModifyListener',
    'elasticloadbalancing:ModifyRule',
    'ecr:PutImage',
    's3:DeleteObject',
    'lambda:InvokeFunction',
    'iam:CreateRole',
  ])('no function may use %s', (forbidden) => {
    const functions = synthesized.controller.ofType('AWS::Lambda::Function');
    const allowed = functions.flatMap(({ properties }) =>
      actionsOf(roleOf(String(properties.FunctionName))),
    );
    expect(allowed).not.toContain(forbidden);
  });

  it.each([
    ['codedeploy:ContinueDeployment', ['greengate-run-deployment']],
    [
      'codedeploy:StopDeployment',
      [
        'greengate-run-deployment',
        'greengate-observe-task',
        'greengate-observe-execution',
        'greengate-sweep',
      ],
    ],
    ['codedeploy:CreateDeployment', ['greengate-run-deployment']],
    ['states:StartExecution', ['greengate-receive-image-push', 'greengate-sweep']],
  ])('%s is for %s alone', (action, functions) => {
    const names = synthesized.controller
      .ofType('AWS::Lambda::Function')
      .map(({ properties }) => String(properties.FunctionName));
    expect(names.filter((name) => actionsOf(roleOf(name)).includes(action))).toEqual(functions);
  });

  it('have no wildcard in an action', () => {
    const roles = [synthesized.controller, synthesized.sample].flatMap((each) =>
      each.ofType('AWS::IAM::Role'),
    );
    expect(roles.flatMap(actionsOf).filter((action) => action.includes('*'))).toEqual([]);
  });

  it('are one for each function', () => {
    const functions = synthesized.controller.ofType('AWS::Lambda::Function');
    const roles = functions.map(
      ({ properties }) => roleOf(String(properties.FunctionName)).logicalId,
    );
    expect(new Set(roles).size).toBe(16);
  });

  it('hand roles to ECS tasks only', () => {
    const passing = statementsOf(roleOf('greengate-register-task-definition')).filter(
      ({ actions }) => actions.includes('iam:PassRole'),
    );
    expect(passing).toEqual([
      {
        actions: ['iam:PassRole'],
        resources: ['*'],
        condition: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
      },
    ]);
  });

  it('tag task definitions only while registering them, under any family', () => {
    const of = (action: string) =>
      statementsOf(roleOf('greengate-register-task-definition')).find(({ actions }) =>
        actions.includes(action),
      );
    // An account whose IAM knows no resource for it would match no ARN (aws-facts 7.1).
    expect(of('ecs:RegisterTaskDefinition')?.resources).toEqual(['*']);
    expect(JSON.stringify(of('ecs:TagResource')?.resources)).toContain(':task-definition/*:*"');
    expect(of('ecs:TagResource')?.condition).toEqual({
      StringEquals: { 'ecs:CreateAction': 'RegisterTaskDefinition' },
    });
  });

  it('name the configured deployment group, with the colon before it', () => {
    const creating = statementsOf(roleOf('greengate-run-deployment')).find(({ actions }) =>
      actions.includes('codedeploy:CreateDeployment'),
    );
    expect(JSON.stringify(creating?.resources)).toContain(':deploymentgroup:shop/shop"');
  });

  it('keep what the sweep saw and found to itself', () => {
    const writers = synthesized.controller
      .ofType('AWS::Lambda::Function')
      .map(({ properties }) => String(properties.FunctionName))
      .filter((name) =>
        statementsOf(roleOf(name)).some(
          ({ actions, resources }) =>
            actions.includes('s3:PutObject') &&
            /\/(?:sweep|drift)\//.test(JSON.stringify(resources)),
        ),
      );
    expect(writers).toEqual(['greengate-sweep']);
  });

  it('let the starter write pushes only', () => {
    const [writing] = statementsOf(roleOf('greengate-receive-image-push')).filter(({ actions }) =>
      actions.includes('s3:PutObject'),
    );
    expect(JSON.stringify(writing?.resources)).toMatch(
      /^\[\{"Fn::Join":\["",\[\{"Fn::GetAtt":\["Records\w+","Arn"\]\},"\/pushes\/\*"\]\]\}\]$/,
    );
  });
});
