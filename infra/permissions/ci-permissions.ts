import { ArnFormat, type Stack } from 'aws-cdk-lib';
import { controllerStackName, stateMachineName } from '../names.ts';
import { readDeploymentTargets } from './codedeploy-permissions.ts';
import type { Permission } from './statement.ts';

export interface CiTargets {
  /** Names of ECR repositories. */
  readonly imageRepositories: readonly string[];
  readonly recordsBucketName?: string;
}

/** What a CI job needs to push an image and to run `greengate wait` for it, and nothing else. */
export function ciPermissions(stack: Stack, targets: CiTargets): Permission[] {
  return [...pushImages(stack, targets), ...watchReleases(stack), ...readChecks(stack, targets)];
}

/** The actions of `docker push` (ECR user guide, "Repository policy examples"; aws-facts 1). */
function pushImages(stack: Stack, { imageRepositories }: CiTargets): Permission[] {
  return [
    {
      actions: ['ecr:GetAuthorizationToken'],
      resources: ['*'],
      wildcardReason: 'A registry login is of the account, ECR offers no resource level for it',
    },
    {
      actions: [
        'ecr:BatchCheckLayerAvailability',
        'ecr:BatchGetImage',
        'ecr:InitiateLayerUpload',
        'ecr:UploadLayerPart',
        'ecr:CompleteLayerUpload',
        'ecr:PutImage',
      ],
      resources: imageRepositories.map((name) =>
        stack.formatArn({ service: 'ecr', resource: 'repository', resourceName: name }),
      ),
    },
  ];
}

function watchReleases(stack: Stack): Permission[] {
  const states = (resource: string, name: string) =>
    stack.formatArn({
      service: 'states',
      resource,
      resourceName: name,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
  return [
    {
      actions: ['states:ListExecutions'],
      resources: [states('stateMachine', stateMachineName)],
    },
    {
      actions: ['states:DescribeExecution', 'states:GetExecutionHistory'],
      resources: [states('execution', `${stateMachineName}:*`)],
      wildcardReason: 'Every push makes an execution with a name of its own',
    },
    readDeploymentTargets,
  ];
}

/** Evidence only: task tokens lie below `deployments/` as well, and whoever has one can answer for CodeDeploy. */
function readChecks(stack: Stack, { recordsBucketName }: CiTargets): Permission[] {
  if (recordsBucketName === undefined) return [];
  const object = (key: string) =>
    stack.formatArn({
      ...{ service: 's3', region: '', account: '' },
      ...{ resource: recordsBucketName, resourceName: key },
    });
  return [
    {
      actions: ['s3:GetObject'],
      resources: [
        object('pushes/*'),
        object('deployments/*/hooks/*'),
        // Of a rolling update, which has no hooks.
        object('deployments/*/rollout.json'),
        object('deployments/*/record.json'),
      ],
      wildcardReason: 'Every push and every deployment has records below a key of its own',
    },
    {
      actions: ['cloudformation:DescribeStacks'],
      resources: [
        stack.formatArn({
          service: 'cloudformation',
          resource: 'stack',
          resourceName: `${controllerStackName}/*`,
        }),
      ],
      wildcardReason: 'The id of a stack ends in a random part',
    },
  ];
}
