import type { CreateDeploymentGroupInput } from '@aws-sdk/client-codedeploy';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  createDeploymentFixture,
  type DeploymentFixture,
  groupInput,
} from './deployment-fixture.ts';

let deploy: DeploymentFixture;
beforeEach(() => {
  deploy = createDeploymentFixture();
});
afterEach(() => deploy.stop());

const alarms = (count: number) => ({
  enabled: true,
  alarms: Array.from({ length: count }, (_, index) => ({ name: `alarm-${index}` })),
});

describe('CreateDeploymentGroup', () => {
  const cases: [string, string, Partial<CreateDeploymentGroupInput>, RegExp][] = [
    [
      'a second group of a service',
      'ECSServiceMappingLimitExceededException',
      {},
      /service shop in cluster main already belongs to deployment group shop/,
    ],
    [
      'a taken name',
      'DeploymentGroupAlreadyExistsException',
      { deploymentGroupName: 'shop' },
      /shop/,
    ],
    ['no application', 'ApplicationDoesNotExistException', { applicationName: 'x' }, /name: x/],
    ['no role', 'RoleRequiredException', { serviceRoleArn: '' }, /role/],
    [
      'a long name',
      'InvalidDeploymentGroupNameException',
      { deploymentGroupName: 'x'.repeat(101) },
      /100/,
    ],
    [
      'in-place',
      'InvalidDeploymentStyleException',
      { deploymentStyle: { deploymentType: 'IN_PLACE' } },
      /BLUE_GREEN/,
    ],
    [
      'KEEP_ALIVE',
      'InvalidBlueGreenDeploymentConfigurationException',
      {
        blueGreenDeploymentConfiguration: {
          deploymentReadyOption: { actionOnTimeout: 'CONTINUE_DEPLOYMENT' },
          terminateBlueInstancesOnDeploymentSuccess: { action: 'KEEP_ALIVE' },
        },
      },
      /KEEP_ALIVE/,
    ],
    ['two services', 'InvalidECSServiceException', { ecsServices: [{}, {}] }, /exactly one/],
    [
      'no load balancer',
      'InvalidLoadBalancerInfoException',
      { loadBalancerInfo: {} },
      /exactly one target group pair/,
    ],
    [
      'the same group twice',
      'InvalidLoadBalancerInfoException',
      {
        loadBalancerInfo: {
          targetGroupPairInfoList: [
            {
              targetGroups: [{ name: 'blue' }, { name: 'blue' }],
              prodTrafficRoute: { listenerArns: ['a'] },
            },
          ],
        },
      },
      /two different/,
    ],
    [
      'an unknown target group',
      'InvalidLoadBalancerInfoException',
      {
        loadBalancerInfo: {
          targetGroupPairInfoList: [
            {
              targetGroups: [{ name: 'blue' }, { name: 'purple' }],
              prodTrafficRoute: { listenerArns: ['a'] },
            },
          ],
        },
      },
      /purple does not exist/,
    ],
    ['eleven alarms', 'AlarmsLimitExceededException', { alarmConfiguration: alarms(11) }, /10/],
    [
      'an alarm of 256 characters',
      'InvalidAlarmConfigException',
      { alarmConfiguration: { alarms: [{ name: 'a'.repeat(256) }] } },
      /at most 255 characters/,
    ],
    [
      'alarms without a name',
      'InvalidAlarmConfigException',
      { alarmConfiguration: { alarms: [{}] } },
      /name/,
    ],
    [
      'rollback without events',
      'InvalidAutoRollbackConfigException',
      { autoRollbackConfiguration: { enabled: true } },
      /at least one event/,
    ],
    [
      'an unknown configuration',
      'DeploymentConfigDoesNotExistException',
      { deploymentConfigName: 'x' },
      /name: x/,
    ],
  ];
  it.each(cases)('refuses %s with %s', (_, code, members, message) => {
    const input = { ...groupInput(), deploymentGroupName: 'second', ...members };
    expect(() => deploy.model.applications.createGroup(input)).toThrow(
      expect.objectContaining({ code, message: expect.stringMatching(message) }),
    );
  });
});

describe('custom configurations', () => {
  it.each([
    [
      '100 percent',
      { type: 'TimeBasedCanary', timeBasedCanary: { canaryPercentage: 100, canaryInterval: 1 } },
    ],
    ['no interval', { type: 'TimeBasedLinear', timeBasedLinear: { linearPercentage: 10 } }],
    [
      'more than two days',
      { type: 'TimeBasedCanary', timeBasedCanary: { canaryPercentage: 10, canaryInterval: 2881 } },
    ],
    [
      'the other kind',
      { type: 'TimeBasedLinear', timeBasedCanary: { canaryPercentage: 10, canaryInterval: 1 } },
    ],
  ] as const)('with %s are refused', (_, routing) => {
    expect(() => deploy.model.configs.create('mine', routing)).toThrow(
      expect.objectContaining({ code: 'InvalidTrafficRoutingConfigurationException' }),
    );
  });

  it('must not take a predefined name', () => {
    expect(() =>
      deploy.model.configs.create('CodeDeployDefault.Mine', { type: 'AllAtOnce' }),
    ).toThrow(expect.objectContaining({ code: 'InvalidDeploymentConfigNameException' }));
  });
});
