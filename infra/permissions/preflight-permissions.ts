import { readListeners } from './balancer-permissions.ts';
import { readDeployments, readDeploymentTargets } from './codedeploy-permissions.ts';
import { describeServices, readTaskDefinitions, readTasks } from './ecs-permissions.ts';
import { type PermissionTargets, readAlarms, readImages } from './function-permissions.ts';
import type { Permission } from './statement.ts';

/** Reads only, and of secrets only that they are there. */
export function preflightPermissions(targets: PermissionTargets): Permission[] {
  return [...releaseChecks(targets), ...trafficChecks(targets)];
}

function releaseChecks(targets: PermissionTargets): Permission[] {
  const { repositories, anyRepository, anyRole, anySecret } = targets.configured;
  return [
    readImages(targets, ['BatchGetImage', 'GetDownloadUrlForLayer']),
    {
      actions: ['ecr:DescribeImageScanFindings', 'ecr:BatchGetRepositoryScanningConfiguration'],
      resources: repositories,
    },
    {
      // ECR hands the question on in the caller's name (ECR user guide, IAM permissions for enhanced scanning).
      actions: ['inspector2:ListCoverage', 'inspector2:ListFindings'],
      resources: ['*'],
      wildcardReason:
        'With enhanced scanning DescribeImageScanFindings is answered by Inspector, which offers no resource level for these',
    },
    {
      actions: ['ecr:DescribeImages'],
      resources: [anyRepository],
      wildcardReason:
        'What runs now, sidecars included, may come from any repository of the account, and a rollback needs it; only whether it is there is read',
    },
    describeServices(targets),
    ...readTasks(targets),
    readTaskDefinitions(['DescribeTaskDefinition']),
    {
      actions: ['iam:GetRole'],
      resources: [anyRole],
      wildcardReason:
        'Execution and task role come from the running task definition, which configuration does not name',
    },
    {
      actions: ['secretsmanager:DescribeSecret'],
      resources: [anySecret],
      wildcardReason:
        'Which secrets tasks use is in the running task definition; describing reads no value',
    },
    {
      actions: ['ssm:DescribeParameters'],
      resources: ['*'],
      wildcardReason:
        'Systems Manager offers no resource level for it (service authorization reference); it reads no value',
    },
  ];
}

function trafficChecks(targets: PermissionTargets): Permission[] {
  const { clusters, containerInstances, deploymentConfigs, hookFunctions, anyRole } =
    targets.configured;
  return [
    readDeployments(targets, ['GetDeploymentGroup', 'ListDeployments', 'BatchGetDeployments']),
    {
      actions: ['codedeploy:GetDeploymentConfig'],
      resources: [deploymentConfigs],
      wildcardReason: 'Which configuration shifts traffic is in the deployment group',
    },
    readDeploymentTargets,
    readListeners,
    {
      actions: ['elasticloadbalancing:DescribeTargetGroupAttributes'],
      resources: ['*'],
      wildcardReason: withoutResource('Elastic Load Balancing'),
    },
    readAlarms,
    {
      actions: [
        'ec2:DescribeSubnets',
        'ec2:DescribeSecurityGroups',
        'ec2:DescribeNatGateways',
        'ec2:DescribeNetworkInterfaces',
      ],
      resources: ['*'],
      wildcardReason: withoutResource('EC2'),
    },
    {
      actions: [
        'application-autoscaling:DescribeScalableTargets',
        'application-autoscaling:DescribeScalingPolicies',
      ],
      resources: ['*'],
      wildcardReason: withoutResource('Application Auto Scaling'),
    },
    { actions: ['ecs:ListContainerInstances'], resources: clusters },
    {
      actions: ['ecs:DescribeContainerInstances'],
      resources: containerInstances,
      wildcardReason: 'Instances come and go; held to the configured clusters',
    },
    {
      actions: ['iam:SimulatePrincipalPolicy'],
      resources: [anyRole],
      wildcardReason:
        'Asked of the role of the deployment group, which configuration does not name; it simulates and changes nothing',
    },
    {
      actions: ['lambda:GetFunctionConfiguration'],
      resources: [hookFunctions],
      wildcardReason: 'The hooks, which share a prefix that is theirs alone',
    },
  ];
}

const withoutResource = (service: string) =>
  `${service} offers no resource level for describing (service authorization reference)`;
