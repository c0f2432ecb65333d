import type { ConfiguredArns } from './configured-arns.ts';
import type { Permission } from './statement.ts';

/** What the permissions of the functions point at. */
export interface PermissionTargets {
  readonly configured: ConfiguredArns;
  readonly recordsBucketArn: string;
  readonly notificationTopicArn: string;
}

type ImageAction = 'DescribeImages' | 'BatchGetImage' | 'GetDownloadUrlForLayer';

/** Reads of ECR: the image a tag names, its manifest and, for its platform, its config blob (aws-facts 1.5). */
export function readImages(
  { configured }: PermissionTargets,
  actions: readonly ImageAction[],
): Permission {
  return { actions: actions.map((action) => `ecr:${action}`), resources: configured.repositories };
}

/** Which executions there are, and what they were started with. */
export function readExecutions({ configured }: PermissionTargets): Permission[] {
  return [
    { actions: ['states:ListExecutions'], resources: [configured.workflow] },
    {
      actions: ['states:DescribeExecution'],
      resources: [configured.executions],
      wildcardReason: 'Executions exist only once they are started; held to our state machine',
    },
  ];
}

/** Whether somebody stopped the line: one parameter for each service, and one for all. */
export function readLineSwitch({ configured }: PermissionTargets): Permission {
  return { actions: ['ssm:GetParameters'], resources: configured.lineSwitches };
}

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

type RecordsPrefix = 'pushes' | 'deployments' | 'balancing' | 'sweep' | 'drift';

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

/** How BeforeAllowTraffic asks people for an approval, where a service wants one. */
export function askForApproval(targets: PermissionTargets): Permission[] {
  return targets.configured.approvalGroups.length === 0 ? [] : [publishNotifications(targets)];
}

export function publishNotifications({ notificationTopicArn }: PermissionTargets): Permission {
  return { actions: ['sns:Publish'], resources: [notificationTopicArn] };
}
