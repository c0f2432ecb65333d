import { TagResourceCommand } from '@aws-sdk/client-codedeploy';
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

const { tagsOf, group, update } = groupRequests(() => served);

describe('UpdateDeploymentGroup', () => {
  it('replaces what is given and keeps the rest', async () => {
    const before = await group();
    const alarmConfiguration = {
      enabled: true,
      ignorePollAlarmFailure: true,
      alarms: [{ name: '5xx' }],
    };
    expect(
      await update({
        deploymentConfigName: 'CodeDeployDefault.ECSCanary10Percent5Minutes',
        alarmConfiguration,
        autoRollbackConfiguration: { enabled: false },
        triggerConfigurations: [
          {
            triggerName: 'all',
            triggerTargetArn: 'arn:aws:sns:eu-west-1:111122223333:t',
            triggerEvents: ['DeploymentStart'],
          },
        ],
      }),
    ).toMatchObject({ hooksNotCleanedUp: [] });
    expect(await group()).toEqual({
      ...before,
      deploymentConfigName: 'CodeDeployDefault.ECSCanary10Percent5Minutes',
      alarmConfiguration,
      autoRollbackConfiguration: { enabled: false, events: [] },
      triggerConfigurations: [
        {
          triggerName: 'all',
          triggerTargetArn: 'arn:aws:sns:eu-west-1:111122223333:t',
          triggerEvents: ['DeploymentStart'],
        },
      ],
    });
    await update({ triggerConfigurations: [], alarmConfiguration: {} });
    expect(await group()).toMatchObject({
      triggerConfigurations: [],
      alarmConfiguration: { enabled: false, ignorePollAlarmFailure: false, alarms: [] },
      deploymentConfigName: 'CodeDeployDefault.ECSCanary10Percent5Minutes',
    });
  });

  it('renames with tags and history', async () => {
    const { deploy, client } = served;
    const id = deploy.create();
    await deploy.reached(id, 'Succeeded');
    await client.send(
      new TagResourceCommand({ ResourceArn: groupArn, Tags: [{ Key: 'a', Value: '1' }] }),
    );
    await update({ newDeploymentGroupName: 'web' });
    expect(await group('web')).toMatchObject({
      deploymentGroupName: 'web',
      lastAttemptedDeployment: { deploymentId: id },
    });
    expect(await tagsOf(groupArn.replace('shop/shop', 'shop/web'))).toEqual([
      { Key: 'a', Value: '1' },
    ]);
    await expect(group('shop')).rejects.toMatchObject({
      name: 'DeploymentGroupDoesNotExistException',
    });
  });

  it('leaves a running deployment with the group it began with', async () => {
    const { deploy } = served;
    const id = deploy.create();
    await deploy.started('BeforeInstall');
    await update({ deploymentConfigName: 'CodeDeployDefault.ECSLinear10PercentEvery1Minutes' });
    await deploy.reached(id, 'Succeeded');
    expect(deploy.loadBalancer.changes).not.toContain('listener/production blue:90 green:10');
  });

  it.each([
    ['no such group', { currentDeploymentGroupName: 'x' }, 'DeploymentGroupDoesNotExistException'],
    [
      'an unknown configuration',
      { deploymentConfigName: 'x' },
      'DeploymentConfigDoesNotExistException',
    ],
    [
      "another platform's configuration",
      { deploymentConfigName: 'CodeDeployDefault.OneAtATime' },
      'InvalidDeploymentConfigNameException',
    ],
    ['instances', { autoScalingGroups: ['asg'] }, 'InvalidAutoScalingGroupException'],
    ['instance tags', { ec2TagFilters: [{ Key: 'a' }] }, 'InvalidEC2TagException'],
    [
      'a tag set',
      { ec2TagSet: { ec2TagSetList: [[{ Key: 'a' }]] } },
      'InvalidEC2TagCombinationException',
    ],
    ['on-premises tags', { onPremisesInstanceTagFilters: [{ Key: 'a' }] }, 'InvalidTagException'],
    [
      'an on-premises tag set',
      { onPremisesTagSet: { onPremisesTagSetList: [[{ Key: 'a' }]] } },
      'InvalidOnPremisesTagCombinationException',
    ],
    [
      'a classic balancer',
      { loadBalancerInfo: { elbInfoList: [{ name: 'x' }] } },
      'InvalidLoadBalancerInfoException',
    ],
    ['a termination hook', { terminationHookEnabled: true }, 'InvalidInputException'],
    [
      'a green fleet',
      {
        blueGreenDeploymentConfiguration: {
          ...groupInput().blueGreenDeploymentConfiguration,
          greenFleetProvisioningOption: { action: 'COPY_AUTO_SCALING_GROUP' },
        },
      },
      'InvalidBlueGreenDeploymentConfigurationException',
    ],
    [
      'a trigger without events',
      {
        triggerConfigurations: [
          {
            triggerName: 't',
            triggerTargetArn: 'arn:aws:sns:eu-west-1:111122223333:x',
            triggerEvents: [],
          },
        ],
      },
      'InvalidTriggerConfigException',
    ],
    [
      'in-place deployments',
      { deploymentStyle: { deploymentType: 'IN_PLACE', deploymentOption: 'WITH_TRAFFIC_CONTROL' } },
      'InvalidDeploymentStyleException',
    ],
  ])('refuses %s and changes nothing', async (_, members, name) => {
    const before = await group();
    await expect(update(members)).rejects.toMatchObject({ name });
    expect(await group()).toEqual(before);
  });

  it('words a refused member as AWS does [observed in terraform-provider-aws #7128]', async () => {
    await expect(update({ autoScalingGroups: ['asg'] })).rejects.toMatchObject({
      message: 'For ECS deployment group, autoScalingGroups can not be specified',
    });
  });
});
