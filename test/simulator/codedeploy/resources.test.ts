import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ResourceContext } from '../../../simulator/cloudformation/resource-provider.ts';
import { codedeployResources } from '../../../simulator/codedeploy/resources.ts';
import { createDeploymentFixture, type DeploymentFixture } from './deployment-fixture.ts';

let deploy: DeploymentFixture;
beforeEach(() => {
  deploy = createDeploymentFixture();
});
afterEach(() => deploy.stop());

describe('the templates', () => {
  it('create application, configuration and group', async () => {
    // It has the one service that there is.
    deploy.model.applications.deleteGroup('shop', 'shop');
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
      ECSServices: [{ ClusterName: 'main', ServiceName: 'shop' }],
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
      OutdatedInstancesStrategy: 'IGNORE',
      TerminationHookEnabled: 'false',
      TriggerConfigurations: [
        {
          TriggerName: 'all',
          TriggerTargetArn: 'arn:aws:sns:eu-west-1:111122223333:releases',
          TriggerEvents: ['DeploymentStart', 'InstanceStart'],
        },
      ],
      Tags: [{ Key: 'team', Value: 'group' }],
    });
    const tags = (resource: string) =>
      deploy.model.applications.tags.list(`arn:aws:codedeploy:eu-west-1:111122223333:${resource}`);
    expect(tags('application:web')).toEqual([{ Key: 'team', Value: 'web' }]);
    expect(tags('deploymentgroup:web/web')).toEqual([{ Key: 'team', Value: 'group' }]);
    expect(deploy.model.applications.group('web', 'web')).toMatchObject({
      configName: 'S-L-GENERATED',
      targetGroupNames: ['green', 'blue'],
      testListenerArn: undefined,
      cluster: 'main',
      service: 'shop',
      autoRollback: { enabled: true, events: ['DEPLOYMENT_FAILURE'] },
      alarms: { enabled: true, alarms: [{ name: 'shop-5xx' }] },
      outdatedInstancesStrategy: 'IGNORE',
      triggers: [{ triggerName: 'all', triggerEvents: ['DeploymentStart', 'InstanceStart'] }],
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
