import type { CreateDeploymentGroupInput, CreateDeploymentInput } from '@aws-sdk/client-codedeploy';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ResourceContext } from '../../../simulator/cloudformation/resource-provider.ts';
import { codedeployResources } from '../../../simulator/codedeploy/resources.ts';
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
      'alarms without a name',
      'InvalidAlarmConfigException',
      { alarmConfiguration: { alarms: [{}] } },
      /name/,
    ],
    [
      'rollback without events',
      'InvalidAutoRollbackConfigException',
      { autoRollbackConfiguration: { enabled: true } },
      /no event/,
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

describe('CreateDeployment', () => {
  const cases: [string, string, Partial<CreateDeploymentInput>][] = [
    ['an unknown application', 'ApplicationDoesNotExistException', { applicationName: 'x' }],
    ['an unknown group', 'DeploymentGroupDoesNotExistException', { deploymentGroupName: 'x' }],
    ['no group', 'DeploymentGroupNameRequiredException', { deploymentGroupName: undefined }],
    ['no revision', 'RevisionRequiredException', { revision: undefined }],
    ['a GitHub revision', 'InvalidRevisionException', { revision: { revisionType: 'GitHub' } }],
    [
      'an unknown configuration',
      'DeploymentConfigDoesNotExistException',
      { deploymentConfigName: 'x' },
    ],
    ['a long description', 'DescriptionTooLongException', { description: 'x'.repeat(257) }],
    [
      'EC2 file behaviour',
      'InvalidFileExistsBehaviorException',
      { fileExistsBehavior: 'OVERWRITE' },
    ],
    ['EC2 targets', 'InvalidTargetInstancesException', { targetInstances: {} }],
    ['eleven alarms', 'AlarmsLimitExceededException', { overrideAlarmConfiguration: alarms(11) }],
    [
      'rollback without events',
      'InvalidAutoRollbackConfigException',
      { autoRollbackConfiguration: { enabled: true, events: [] } },
    ],
  ];
  it.each(cases)('refuses %s with %s', (_, code, members) => {
    expect(() => deploy.create(members)).toThrow(expect.objectContaining({ code }));
    expect(deploy.world.journal.of('deployment.created')).toEqual([]);
  });

  it('takes a description of 256 characters', () => {
    expect(deploy.create({ description: 'x'.repeat(256) })).toMatch(/^d-/);
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

describe('the templates', () => {
  it('create application, configuration and group', async () => {
    const providers = codedeployResources(deploy.model, deploy.world);
    const create = async (type: string, properties: object) => {
      const provider = providers[type];
      const context: ResourceContext = {
        world: deploy.world,
        stackName: 'S',
        logicalId: 'L',
        generatedName: () => 'S-L-GENERATED',
      };
      return provider?.create(provider.properties.parse(properties) as never, context);
    };
    expect(
      await create('AWS::CodeDeploy::Application', {
        ApplicationName: 'web',
        ComputePlatform: 'ECS',
        Tags: [{ Key: 'team', Value: 'web' }],
      }),
    ).toEqual({ physicalId: 'web' });
    expect(
      await create('AWS::CodeDeploy::DeploymentConfig', {
        ComputePlatform: 'ECS',
        TrafficRoutingConfig: {
          Type: 'TimeBasedCanary',
          TimeBasedCanary: { CanaryPercentage: '20', CanaryInterval: 1 },
        },
      }),
    ).toEqual({ physicalId: 'S-L-GENERATED' });
    await create('AWS::CodeDeploy::DeploymentGroup', {
      ApplicationName: 'web',
      DeploymentGroupName: 'web',
      DeploymentConfigName: 'S-L-GENERATED',
      ServiceRoleArn: 'arn:aws:iam::111122223333:role/codedeploy',
      DeploymentStyle: { DeploymentType: 'BLUE_GREEN', DeploymentOption: 'WITH_TRAFFIC_CONTROL' },
      ECSServices: [{ ClusterName: 'main', ServiceName: 'web' }],
      BlueGreenDeploymentConfiguration: {
        DeploymentReadyOption: { ActionOnTimeout: 'CONTINUE_DEPLOYMENT' },
        TerminateBlueInstancesOnDeploymentSuccess: {
          Action: 'TERMINATE',
          TerminationWaitTimeInMinutes: '10',
        },
      },
      LoadBalancerInfo: {
        TargetGroupPairInfoList: [
          {
            TargetGroups: [{ Name: 'green' }, { Name: 'blue' }],
            ProdTrafficRoute: { ListenerArns: ['arn:listener/production'] },
          },
        ],
      },
      AutoRollbackConfiguration: { Enabled: 'true', Events: ['DEPLOYMENT_FAILURE'] },
      AlarmConfiguration: { Enabled: true, Alarms: [{ Name: 'shop-5xx' }] },
      Tags: [{ Key: 'team', Value: 'group' }],
    });
    const tags = (resource: string) =>
      deploy.model.applications.tagsOf(`arn:aws:codedeploy:eu-west-1:111122223333:${resource}`);
    expect(tags('application:web')).toEqual([{ Key: 'team', Value: 'web' }]);
    expect(tags('deploymentgroup:web/web')).toEqual([{ Key: 'team', Value: 'group' }]);
    expect(() => tags('application:none')).toThrow(
      expect.objectContaining({ code: 'InvalidArnException' }),
    );
    expect(deploy.model.applications.group('web', 'web')).toMatchObject({
      configName: 'S-L-GENERATED',
      targetGroupNames: ['green', 'blue'],
      testListenerArn: undefined,
      cluster: 'main',
      service: 'web',
      autoRollback: { enabled: true, events: ['DEPLOYMENT_FAILURE'] },
      alarms: { enabled: true, alarms: [{ name: 'shop-5xx' }] },
      blueGreen: {
        terminateBlueInstancesOnDeploymentSuccess: { terminationWaitTimeInMinutes: 10 },
      },
    });
  });

  it('without compute platform ECS are refused', async () => {
    const provider = codedeployResources(deploy.model, deploy.world)[
      'AWS::CodeDeploy::Application'
    ];
    expect(() => provider?.create({ ApplicationName: 'web' } as never, {} as never)).toThrow(
      expect.objectContaining({ code: 'InvalidComputePlatformException' }),
    );
  });
});

it('SNS triggers get JSON inside JSON', async () => {
  await deploy.stop();
  deploy = createDeploymentFixture((group) => {
    group.triggerConfigurations = [
      {
        triggerName: 'failures',
        triggerTargetArn: 'arn:topic',
        triggerEvents: ['DeploymentFailure', 'DeploymentRollback'],
      },
    ];
  });
  deploy.onHook = ({ deploymentId, executionId, functionName }) =>
    deploy.model.reportHook(
      deploymentId,
      executionId,
      functionName === 'hook-AfterInstall' ? 'Failed' : 'Succeeded',
    );
  const id = deploy.create();
  await deploy.reached(id, 'Failed');
  await deploy.world.clock.sleep(60_000);
  expect(deploy.topics.map(({ message }) => message.status)).toEqual([
    'FAILED',
    'CREATED',
    'SUCCEEDED',
  ]);
  const [{ message = {} } = {}] = deploy.topics;
  expect(message).toMatchObject({ deploymentId: id, eventTriggerName: 'failures' });
  expect(JSON.parse(String(message.errorInformation))).toEqual({
    ErrorCode: 'HOOK_EXECUTION_FAILURE',
    ErrorMessage: expect.stringContaining('validation functions failed'),
  });
});
