import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hookLifecycleEvents } from '../../../functions/core/lifecycle-events.ts';
import { hookName } from '../../../infra/names.ts';
import { type Synthesized, synthesize } from '../synthesized.ts';
import { actionsOf } from '../template.ts';
import { conclude, everyHook, judging, listeners, runtime } from './action-sets.ts';

let synthesized: Synthesized;
beforeAll(() => {
  synthesized = synthesize();
});
afterAll(() => synthesized.dispose());

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
    expect(actionsOf(synthesized.controller.roleOf(functionName))).toEqual(
      [...actions, ...runtime].toSorted(),
    );
  });
});
