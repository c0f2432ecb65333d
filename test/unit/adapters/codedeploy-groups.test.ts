import { describe, expect, it } from 'vitest';
import { sdkError } from '../../support/scripted-client.ts';
import { scriptedCodeDeploy } from './scripted-codedeploy.ts';

describe('codeDeployDeployments.group', () => {
  it('derives listeners, target groups and alarms', async () => {
    const { deployments } = scriptedCodeDeploy(() => ({
      deploymentGroupInfo: {
        loadBalancerInfo: {
          targetGroupPairInfoList: [
            {
              targetGroups: [{ name: 'shop-blue' }, { name: 'shop-green' }],
              prodTrafficRoute: { listenerArns: ['arn:production'] },
              testTrafficRoute: { listenerArns: ['arn:test'] },
            },
          ],
        },
        alarmConfiguration: { enabled: true, alarms: [{ name: 'shop-5xx' }] },
      },
    }));

    await expect(deployments.group('shop', 'shop')).resolves.toEqual({
      targetGroupNames: ['shop-blue', 'shop-green'],
      productionListenerArn: 'arn:production',
      testListenerArn: 'arn:test',
      alarmNames: ['shop-5xx'],
    });
  });

  it('has no test listener and no alarms where none are configured', async () => {
    const { deployments } = scriptedCodeDeploy(() => ({
      deploymentGroupInfo: { alarmConfiguration: { enabled: false, alarms: [{ name: 'off' }] } },
    }));

    await expect(deployments.group('shop', 'shop')).resolves.toEqual({
      targetGroupNames: [],
      productionListenerArn: undefined,
      testListenerArn: undefined,
      alarmNames: [],
    });
  });
});

describe('codeDeployDeployments.target', () => {
  it('shows lifecycle events and task sets, the misspelled identifier included', async () => {
    const { deployments } = scriptedCodeDeploy(({ operation }) =>
      operation === 'ListDeploymentTargets'
        ? { targetIds: ['prod:shop'] }
        : {
            deploymentTarget: {
              ecsTarget: {
                lifecycleEvents: [
                  {
                    lifecycleEventName: 'BeforeInstall',
                    status: 'Succeeded',
                    startTime: new Date(1_000),
                    endTime: new Date(2_000),
                  },
                ],
                taskSetsInfo: [
                  {
                    identifer: 'ecs-svc/1',
                    status: 'PRIMARY',
                    trafficWeight: 100,
                    targetGroup: { name: 'shop-blue' },
                    taskSetLabel: 'Blue',
                  },
                ],
              },
            },
          },
    );

    await expect(deployments.target('d-AAAAAAAA1')).resolves.toEqual({
      lifecycleEvents: [
        { name: 'BeforeInstall', status: 'Succeeded', startedAtMs: 1_000, endedAtMs: 2_000 },
      ],
      taskSets: [
        {
          taskSetId: 'ecs-svc/1',
          label: 'Blue',
          status: 'PRIMARY',
          trafficWeight: 100,
          targetGroupName: 'shop-blue',
        },
      ],
    });
  });

  it.each(['DeploymentNotStartedException', 'DeploymentTargetDoesNotExistException'])(
    'is undefined for a deployment that has not started: %s',
    async (name) => {
      const { deployments } = scriptedCodeDeploy(() => sdkError(name));

      await expect(deployments.target('d-AAAAAAAA1')).resolves.toBeUndefined();
    },
  );
});
