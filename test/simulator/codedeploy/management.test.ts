import {
  BatchGetApplicationsCommand,
  BatchGetDeploymentGroupsCommand,
  CreateDeploymentGroupCommand,
  DeleteApplicationCommand,
  DeleteDeploymentConfigCommand,
  DeleteDeploymentGroupCommand,
  GetApplicationCommand,
  GetDeploymentCommand,
  ListApplicationsCommand,
  ListDeploymentsCommand,
  TagResourceCommand,
  UpdateApplicationCommand,
} from '@aws-sdk/client-codedeploy';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { groupInput } from './deployment-fixture.ts';
import {
  groupArn,
  groupRequests,
  type ServedDeployments,
  serveDeployments,
} from './served-deployments.ts';

let served: ServedDeployments;
beforeEach(async () => {
  served = await serveDeployments();
});
afterEach(() => served.stop());

const names = { applicationName: 'shop', deploymentGroupName: 'shop' };
const { tagsOf, group, update } = groupRequests(() => served);

describe('an application', () => {
  it('keeps its id, groups, tags and deployments under a new name', async () => {
    const { client, deploy } = served;
    const before = await group();
    await client.send(
      new TagResourceCommand({ ResourceArn: groupArn, Tags: [{ Key: 'team', Value: 'web' }] }),
    );
    const id = deploy.create();
    await deploy.reached(id, 'Succeeded');
    await client.send(
      new UpdateApplicationCommand({ applicationName: 'shop', newApplicationName: 'store' }),
    );
    expect((await client.send(new ListApplicationsCommand({}))).applications).toEqual(['store']);
    const after = await group('shop', 'store');
    expect(after).toMatchObject({
      applicationName: 'store',
      deploymentGroupId: before?.deploymentGroupId,
      lastSuccessfulDeployment: { deploymentId: id },
    });
    expect(await tagsOf(groupArn.replace('shop/shop', 'store/shop'))).toEqual([
      { Key: 'team', Value: 'web' },
    ]);
    const { deployments } = await client.send(
      new ListDeploymentsCommand({ applicationName: 'store', deploymentGroupName: 'shop' }),
    );
    expect(deployments).toEqual([id]);
    await expect(group()).rejects.toMatchObject({ name: 'ApplicationDoesNotExistException' });
  });

  it('must not take the name of another', async () => {
    served.deploy.model.applications.create('other', 'ECS');
    await expect(
      served.client.send(
        new UpdateApplicationCommand({ applicationName: 'shop', newApplicationName: 'other' }),
      ),
    ).rejects.toMatchObject({ name: 'ApplicationAlreadyExistsException' });
  });

  it('goes with its groups and finished deployments, and may go twice', async () => {
    const { client, deploy } = served;
    const id = deploy.create();
    await deploy.reached(id, 'Succeeded');
    await client.send(new DeleteApplicationCommand({ applicationName: 'shop' }));
    await client.send(new DeleteApplicationCommand({ applicationName: 'shop' }));
    await expect(
      client.send(new GetApplicationCommand({ applicationName: 'shop' })),
    ).rejects.toMatchObject({
      name: 'ApplicationDoesNotExistException',
      message: 'No application found for name: shop',
    });
    await expect(client.send(new GetDeploymentCommand({ deploymentId: id }))).rejects.toMatchObject(
      { name: 'DeploymentDoesNotExistException' },
    );
  });

  it('comes in batches', async () => {
    const batch = (applicationNames: string[]) =>
      served.client.send(new BatchGetApplicationsCommand({ applicationNames }));
    expect((await batch(['shop'])).applicationsInfo).toEqual([
      {
        applicationId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        applicationName: 'shop',
        computePlatform: 'ECS',
        createTime: expect.any(Date),
        linkedToGitHub: false,
      },
    ]);
    await expect(batch([])).rejects.toMatchObject({ name: 'ApplicationNameRequiredException' });
    await expect(batch(['shop', 'x'])).rejects.toMatchObject({
      name: 'ApplicationDoesNotExistException',
    });
    await expect(batch(Array.from({ length: 101 }, () => 'shop'))).rejects.toMatchObject({
      name: 'BatchLimitExceededException',
    });
  });
});

describe('a deployment group', () => {
  it('is created with what Terraform always sends', async () => {
    await served.client.send(new DeleteDeploymentGroupCommand(names));
    await served.client.send(
      new CreateDeploymentGroupCommand({
        ...groupInput(),
        outdatedInstancesStrategy: 'IGNORE',
        terminationHookEnabled: false,
        ec2TagFilters: [],
        onPremisesInstanceTagFilters: [],
        autoScalingGroups: [],
        ec2TagSet: { ec2TagSetList: [] },
        triggerConfigurations: [],
        tags: [{ Key: 'team', Value: 'shop' }],
      }),
    );
    expect(await group()).toMatchObject({
      outdatedInstancesStrategy: 'IGNORE',
      terminationHookEnabled: false,
      computePlatform: 'ECS',
    });
    expect(await tagsOf(groupArn)).toEqual([{ Key: 'team', Value: 'shop' }]);
  });

  it('frees its service when it is deleted, and StopDeployment then misses it', async () => {
    const { client, deploy } = served;
    const id = deploy.create();
    await deploy.started('BeforeInstall');
    await client.send(new DeleteDeploymentGroupCommand(names));
    expect(() => deploy.model.stopDeployment(id)).toThrow(
      expect.objectContaining({ code: 'DeploymentGroupDoesNotExistException' }),
    );
    await client.send(
      new CreateDeploymentGroupCommand({ ...groupInput(), deploymentGroupName: 'second' }),
    );
  });

  it('that is missing is named in the answer of a batch', async () => {
    const answer = await served.client.send(
      new BatchGetDeploymentGroupsCommand({
        applicationName: 'shop',
        deploymentGroupNames: ['shop', 'x'],
      }),
    );
    expect(answer.deploymentGroupsInfo?.map((info) => info.deploymentGroupName)).toEqual(['shop']);
    expect(answer.errorMessage).toBe('No Deployment Group found for name: x');
  });
});

it('a configuration in use is not deleted, a predefined one never', async () => {
  const { client, deploy } = served;
  deploy.model.configs.create('mine', { type: 'AllAtOnce' });
  await update({ deploymentConfigName: 'mine' });
  const remove = (deploymentConfigName: string) =>
    client.send(new DeleteDeploymentConfigCommand({ deploymentConfigName }));
  await expect(remove('mine')).rejects.toMatchObject({ name: 'DeploymentConfigInUseException' });
  await expect(remove('CodeDeployDefault.ECSAllAtOnce')).rejects.toMatchObject({
    name: 'InvalidOperationException',
  });
  await update({ deploymentConfigName: 'CodeDeployDefault.ECSAllAtOnce' });
  await remove('mine');
  expect(deploy.model.configs.names()).not.toContain('mine');
});
