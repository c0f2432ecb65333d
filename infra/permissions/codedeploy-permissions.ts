import type { PermissionTargets } from './function-permissions.ts';
import { describeHasNoResource, type Permission } from './statement.ts';

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

/** CodeDeploy offers no resource level for it (aws-facts 7.1). */
export const endRetentions: Permission = {
  actions: ['codedeploy:ContinueDeployment'],
  resources: ['*'],
  wildcardReason:
    'CodeDeploy lists no resource for ContinueDeployment; only waits of deployments of ours are ended',
};

/** Only of services whose deployments wait for a person, to end the wait that nobody answered. */
export function expireApprovals({ configured }: PermissionTargets): Permission {
  return {
    actions: ['codedeploy:PutLifecycleEventHookExecutionStatus'],
    resources: configured.approvalGroups,
  };
}

/** Real denials name the deployment group although none is listed (aws-facts 7.1). */
export function reportHooks({ configured }: PermissionTargets): Permission {
  return {
    actions: ['codedeploy:PutLifecycleEventHookExecutionStatus'],
    resources: configured.deploymentGroups,
  };
}
