import type { ConfiguredArns } from './configured-arns.ts';
import type { Permission } from './statement.ts';

/** What the permissions of the functions point at. */
export interface PermissionTargets {
  readonly configured: ConfiguredArns;
  readonly recordsBucketArn: string;
  readonly notificationTopicArn: string;
}

const describeHasNoResource = (service: string) =>
  `${service} offers no resource level for these read-only actions (aws-facts 7.1)`;

type ImageAction = 'DescribeImages' | 'BatchGetImage' | 'GetDownloadUrlForLayer';

/** Reads of ECR: the image a tag names, its manifest and, for its platform, its config blob (aws-facts 1.5). */
export function readImages(
  { configured }: PermissionTargets,
  actions: readonly ImageAction[],
): Permission {
  return { actions: actions.map((action) => `ecr:${action}`), resources: configured.repositories };
}

export function describeServices({ configured }: PermissionTargets): Permission {
  return { actions: ['ecs:DescribeServices'], resources: configured.services };
}

/** Running tasks of the configured clusters only, held by condition where IAM takes no resource. */
export function readTasks({ configured }: PermissionTargets): Permission[] {
  return [
    {
      actions: ['ecs:ListTasks'],
      resources: ['*'],
      conditions: { ArnEquals: { 'ecs:cluster': configured.clusters } },
      wildcardReason:
        'ListTasks is scoped to container instances, which Fargate has none of; the condition holds it to our clusters',
    },
    {
      actions: ['ecs:DescribeTasks'],
      resources: configured.tasks,
      wildcardReason: 'Task ids exist only once a task runs; held to the configured clusters',
    },
  ];
}

export function readTaskDefinitions(
  actions: readonly ('DescribeTaskDefinition' | 'ListTaskDefinitions')[],
): Permission {
  return {
    actions: actions.map((action) => `ecs:${action}`),
    resources: ['*'],
    wildcardReason: describeHasNoResource('ECS'),
  };
}

/** Families are found through the running service, so configuration cannot list them. */
export function registerTaskDefinitions({ configured }: PermissionTargets): Permission[] {
  return [
    {
      actions: ['ecs:RegisterTaskDefinition'],
      resources: ['*'],
      // Older editions of the authorization reference list none, and then an ARN would match nothing (aws-facts 7.1).
      wildcardReason:
        'The family is read from the running service at deployment time, and not every account knows a resource for this action; deregistering is not granted at all (aws-facts trap 16)',
    },
    {
      actions: ['ecs:TagResource'],
      resources: [configured.taskDefinitions],
      conditions: { StringEquals: { 'ecs:CreateAction': 'RegisterTaskDefinition' } },
      wildcardReason: 'Tags are carried to the new revision, and to nothing that exists already',
    },
    {
      actions: ['iam:PassRole'],
      resources: ['*'],
      conditions: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
      wildcardReason:
        'Execution and task role come from the running task definition, which configuration does not name; they can be handed to ECS tasks only',
    },
  ];
}

type DeploymentRead =
  | 'GetDeployment'
  | 'BatchGetDeployments'
  | 'ListDeployments'
  | 'GetDeploymentGroup';

export function readDeployments(
  { configured }: PermissionTargets,
  actions: readonly DeploymentRead[],
): Permission {
  return {
    actions: actions.map((action) => `codedeploy:${action}`),
    resources: configured.deploymentGroups,
  };
}

export const readDeploymentTargets: Permission = {
  actions: ['codedeploy:ListDeploymentTargets', 'codedeploy:GetDeploymentTarget'],
  resources: ['*'],
  wildcardReason: describeHasNoResource('CodeDeploy'),
};

/** CreateDeployment with an inline AppSpec also reads configuration and registers the revision (7.1). */
export function createDeployments({ configured }: PermissionTargets): Permission[] {
  return [
    { actions: ['codedeploy:CreateDeployment'], resources: configured.deploymentGroups },
    {
      actions: [
        'codedeploy:RegisterApplicationRevision',
        'codedeploy:GetApplicationRevision',
        'codedeploy:GetApplication',
      ],
      resources: configured.applications,
    },
    {
      actions: ['codedeploy:GetDeploymentConfig'],
      resources: [configured.deploymentConfigs],
      wildcardReason:
        'The deployment configuration belongs to the deployment group and may be changed there; reading it is all that is allowed',
    },
  ];
}

/** CodeDeploy offers no resource level for it (aws-facts 7.1). */
export const stopDeployments: Permission = {
  actions: ['codedeploy:StopDeployment'],
  resources: ['*'],
  wildcardReason:
    'CodeDeploy lists no resource for StopDeployment; only deployments that carry the name of an execution of ours are stopped',
};

/** Whether somebody stopped the line: one parameter for each service, and one for all. */
export function readLineSwitch({ configured }: PermissionTargets): Permission {
  return { actions: ['ssm:GetParameters'], resources: configured.lineSwitches };
}

/** CodeDeploy offers no resource level for it (aws-facts 7.1). */
export const endRetentions: Permission = {
  actions: ['codedeploy:ContinueDeployment'],
  resources: ['*'],
  wildcardReason:
    'CodeDeploy lists no resource for ContinueDeployment; only waits of deployments of ours are ended',
};

/** What it takes to bring a deployment to its recorded end; a finished one is concluded where it is found. */
export function concludeDeployments(targets: PermissionTargets): Permission[] {
  return [
    readDeployments(targets, ['GetDeployment', 'GetDeploymentGroup']),
    readDeploymentTargets,
    describeServices(targets),
    readListeners,
    answerTaskTokens,
    publishNotifications(targets),
    ...records(targets, { read: ['deployments'], write: ['deployments', 'pushes'] }),
  ];
}

/** Whatever an execution left behind is stopped, or concluded where it ended unheard. */
export function observeExecutionPermissions(targets: PermissionTargets): Permission[] {
  return [
    readDeployments(targets, [
      'GetDeployment',
      'GetDeploymentGroup',
      'ListDeployments',
      'BatchGetDeployments',
    ]),
    readDeploymentTargets,
    stopDeployments,
    describeServices(targets),
    readListeners,
    answerTaskTokens,
    publishNotifications(targets),
    ...records(targets, { read: ['deployments', 'pushes'], write: ['deployments', 'pushes'] }),
  ];
}

/** Reads why tasks of a replacement stopped, and stops its deployment. */
export function observeTaskPermissions(targets: PermissionTargets): Permission[] {
  return [
    readDeployments(targets, ['GetDeployment']),
    stopDeployments,
    describeServices(targets),
    ...readTasks(targets),
    readTaskDefinitions(['DescribeTaskDefinition']),
    {
      actions: ['logs:GetLogEvents'],
      resources: [targets.configured.anyLogStream],
      wildcardReason:
        'The log group of a container is read from the task definition that runs, which configuration does not name',
    },
    ...records(targets, { read: ['deployments'], write: ['deployments'] }),
  ];
}

/** Real denials name the deployment group although none is listed (aws-facts 7.1). */
export function reportHooks({ configured }: PermissionTargets): Permission {
  return {
    actions: ['codedeploy:PutLifecycleEventHookExecutionStatus'],
    resources: configured.deploymentGroups,
  };
}

/** The pair of the deployment group, by name. */
export const readTargetGroups: Permission = {
  actions: ['elasticloadbalancing:DescribeTargetGroups'],
  resources: ['*'],
  wildcardReason: describeHasNoResource('Elastic Load Balancing'),
};

/** Listeners with their rules and balancer, and the groups they forward to. */
const listenerActions = [
  'elasticloadbalancing:DescribeListeners',
  'elasticloadbalancing:DescribeLoadBalancers',
  'elasticloadbalancing:DescribeRules',
  'elasticloadbalancing:DescribeTargetGroups',
];

export const readListeners: Permission = {
  actions: listenerActions,
  resources: ['*'],
  wildcardReason: describeHasNoResource('Elastic Load Balancing'),
};

export const readListenersAndTargetHealth: Permission = {
  ...readListeners,
  actions: [...listenerActions, 'elasticloadbalancing:DescribeTargetHealth'],
};

/** Alarms of the checks; those of the deployment group are known to CodeDeploy only. */
export const readAlarms: Permission = {
  actions: ['cloudwatch:DescribeAlarms'],
  resources: ['*'],
  wildcardReason:
    'Besides the configured alarms, those of the deployment group are read; CodeDeploy knows them, configuration does not',
};

/** The token itself is the secret: IAM cannot narrow these (aws-facts 7.1). */
export const answerTaskTokens: Permission = {
  actions: ['states:SendTaskSuccess', 'states:SendTaskFailure'],
  resources: ['*'],
  wildcardReason: 'Task tokens are not resources; holding the token is the permission',
};

type RecordsPrefix = 'pushes' | 'deployments';

export interface RecordsAccess {
  readonly read?: readonly RecordsPrefix[];
  readonly write: readonly RecordsPrefix[];
}

/** Records below the named prefixes. Nobody may delete one. */
export function records(
  { recordsBucketArn }: PermissionTargets,
  { read = [], write }: RecordsAccess,
): Permission[] {
  const objects = (action: string, prefixes: readonly RecordsPrefix[]): Permission => ({
    actions: [action],
    resources: prefixes.map((prefix) => `${recordsBucketArn}/${prefix}/*`),
    wildcardReason: 'Records are objects named after event and deployment ids, below this prefix',
  });
  if (read.length === 0) return [objects('s3:PutObject', write)];
  return [
    objects('s3:GetObject', read),
    objects('s3:PutObject', write),
    // Without it a missing object reads as denied. No prefix condition: GetObject carries no prefix to meet it.
    { actions: ['s3:ListBucket'], resources: [recordsBucketArn] },
  ];
}

export function publishNotifications({ notificationTopicArn }: PermissionTargets): Permission {
  return { actions: ['sns:Publish'], resources: [notificationTopicArn] };
}
