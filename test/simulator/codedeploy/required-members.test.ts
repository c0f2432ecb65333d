import {
  BatchGetApplicationsCommand,
  BatchGetDeploymentGroupsCommand,
  BatchGetDeploymentsCommand,
  BatchGetDeploymentTargetsCommand,
  CreateDeploymentGroupCommand,
  GetDeploymentTargetCommand,
  TagResourceCommand,
  UpdateDeploymentGroupCommand,
} from '@aws-sdk/client-codedeploy';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { groupArn, type ServedDeployments, serveDeployments } from './served-deployments.ts';

let served: ServedDeployments;
beforeEach(async () => {
  served = await serveDeployments();
});
afterEach(() => served.stop());

const application = { applicationName: 'shop' };
const deploymentId = 'd-AAAAAAAA1';

it.each([
  ['deploymentIds', new BatchGetDeploymentsCommand({} as never), 'DeploymentId'],
  ['targetId', new GetDeploymentTargetCommand({ deploymentId } as never), 'DeploymentTargetId'],
  [
    'targetIds',
    new BatchGetDeploymentTargetsCommand({ deploymentId } as never),
    'DeploymentTargetId',
  ],
  ['applicationNames', new BatchGetApplicationsCommand({} as never), 'ApplicationName'],
  [
    'deploymentGroupNames',
    new BatchGetDeploymentGroupsCommand(application as never),
    'DeploymentGroupName',
  ],
  [
    'currentDeploymentGroupName',
    new UpdateDeploymentGroupCommand(application as never),
    'DeploymentGroupName',
  ],
  [
    'serviceRoleArn',
    new CreateDeploymentGroupCommand({ ...application, deploymentGroupName: 'new' } as never),
    'Role',
  ],
  ['Tags', new TagResourceCommand({ ResourceArn: groupArn } as never), 'Tag'],
] as const)('a request without %s has the error of its own', async (_, command, error) => {
  await expect(served.client.send(command as never)).rejects.toMatchObject({
    name: `${error}RequiredException`,
  });
});
