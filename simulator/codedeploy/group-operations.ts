import type {
  BatchGetDeploymentGroupsCommandInput,
  BatchGetDeploymentGroupsCommandOutput,
  CreateDeploymentGroupCommandInput,
  CreateDeploymentGroupCommandOutput,
  DeleteDeploymentGroupCommandInput,
  DeleteDeploymentGroupCommandOutput,
  GetDeploymentGroupCommandInput,
  GetDeploymentGroupCommandOutput,
  ListDeploymentGroupsCommandInput,
  ListDeploymentGroupsCommandOutput,
  UpdateDeploymentGroupCommandInput,
  UpdateDeploymentGroupCommandOutput,
} from '@aws-sdk/client-codedeploy';
import { operation, type WireService } from '../wire/operation.ts';
import { limitBatch } from './batch-limit.ts';
import type { DeploymentGroup } from './deployment-group.ts';
import type { CodeDeployModel } from './model.ts';
import { page } from './page.ts';
import { groupInfo } from './shapes.ts';

/** What both create and update take; those of the Server platform are refused by their own exceptions. */
const groupMembers = [
  'applicationName',
  'deploymentConfigName',
  'serviceRoleArn',
  'deploymentStyle',
  'blueGreenDeploymentConfiguration',
  'loadBalancerInfo',
  'ecsServices',
  'autoRollbackConfiguration',
  'alarmConfiguration',
  'triggerConfigurations',
  'outdatedInstancesStrategy',
  'terminationHookEnabled',
  'ec2TagFilters',
  'onPremisesInstanceTagFilters',
  'autoScalingGroups',
  'ec2TagSet',
  'onPremisesTagSet',
] as const;

export function groupOperations(model: CodeDeployModel): WireService['operations'] {
  const { applications } = model;
  const shown = (group: DeploymentGroup) => groupInfo(group, model.deployments.ofGroup(group));
  return {
    CreateDeploymentGroup: operation<
      CreateDeploymentGroupCommandInput,
      CreateDeploymentGroupCommandOutput
    >([...groupMembers, 'deploymentGroupName', 'tags'], (input) => ({
      deploymentGroupId: applications.createGroup(input).id,
    })),

    UpdateDeploymentGroup: operation<
      UpdateDeploymentGroupCommandInput,
      UpdateDeploymentGroupCommandOutput
    >([...groupMembers, 'currentDeploymentGroupName', 'newDeploymentGroupName'], (input) => {
      applications.updateGroup(input);
      return { hooksNotCleanedUp: [] };
    }),

    DeleteDeploymentGroup: operation<
      DeleteDeploymentGroupCommandInput,
      DeleteDeploymentGroupCommandOutput
    >(
      ['applicationName', 'deploymentGroupName'],
      ({ applicationName = '', deploymentGroupName = '' }) => {
        applications.deleteGroup(applicationName, deploymentGroupName);
        return { hooksNotCleanedUp: [] };
      },
    ),

    GetDeploymentGroup: operation<GetDeploymentGroupCommandInput, GetDeploymentGroupCommandOutput>(
      ['applicationName', 'deploymentGroupName'],
      ({ applicationName, deploymentGroupName }) => ({
        deploymentGroupInfo: shown(applications.group(applicationName, deploymentGroupName)),
      }),
    ),

    BatchGetDeploymentGroups: operation<
      BatchGetDeploymentGroupsCommandInput,
      BatchGetDeploymentGroupsCommandOutput
    >(['applicationName', 'deploymentGroupNames'], ({ applicationName, deploymentGroupNames }) => {
      const { groups } = applications.get(applicationName);
      const names = limitBatch(deploymentGroupNames, 100, 'DeploymentGroupNameRequiredException');
      const missing = names.filter((name) => !groups.has(name));
      return {
        deploymentGroupsInfo: names.flatMap((name) => {
          const group = groups.get(name);
          return group ? [shown(group)] : [];
        }),
        // No exception for a missing group is declared: the answer says it [model].
        ...(missing.length > 0 && {
          errorMessage: `No Deployment Group found for name: ${missing.join(', ')}`,
        }),
      };
    }),

    ListDeploymentGroups: operation<
      ListDeploymentGroupsCommandInput,
      ListDeploymentGroupsCommandOutput
    >(['applicationName', 'nextToken'], ({ applicationName, nextToken }) => {
      const application = applications.get(applicationName);
      const { items, next } = page([...application.groups.keys()].sort(), nextToken);
      return { applicationName: application.name, deploymentGroups: items, ...next };
    }),
  };
}
