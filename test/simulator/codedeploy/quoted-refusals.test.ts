import type { CreateDeploymentGroupInput } from '@aws-sdk/client-codedeploy';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  createDeploymentFixture,
  type DeploymentFixture,
  groupInput,
} from './deployment-fixture.ts';

// Sentences that users quote from AWS's answers, in public threads and notes.

let deploy: DeploymentFixture;
beforeEach(() => {
  deploy = createDeploymentFixture();
});
afterEach(() => deploy.stop());

const thrown = (code: string, message: string) => expect.objectContaining({ code, message });

describe('CreateDeploymentGroup says', () => {
  const style =
    'For ECS deployment, the deployment type must be BLUE_GREEN, and deployment option must be WITH_TRAFFIC_CONTROL.';
  const cases: [string, Partial<CreateDeploymentGroupInput>, string, string][] = [
    ['no style', { deploymentStyle: undefined }, 'InvalidDeploymentStyleException', style],
    [
      'an in-place style',
      { deploymentStyle: { deploymentType: 'IN_PLACE' } },
      'InvalidDeploymentStyleException',
      style,
    ],
    [
      'no load balancer',
      { loadBalancerInfo: undefined },
      'InvalidLoadBalancerInfoException',
      'For ECS deployment group, loadBalancerInfo must be specified',
    ],
    [
      'a classic load balancer',
      { loadBalancerInfo: { ...groupInput().loadBalancerInfo, elbInfoList: [{ name: 'web' }] } },
      'InvalidLoadBalancerInfoException',
      'For ECS deployment group, loadBalancerInfo must not contain elbInfo list',
    ],
    [
      'target groups without a pair',
      { loadBalancerInfo: { targetGroupInfoList: [{ name: 'blue' }] } },
      'InvalidLoadBalancerInfoException',
      'For ECS deployment group, loadBalancerInfo must not contain targetGroupInfo list',
    ],
    [
      'no blue/green options',
      { blueGreenDeploymentConfiguration: undefined },
      'InvalidBlueGreenDeploymentConfigurationException',
      'For ECS deployment group, blueGreenDeploymentConfiguration must be specified',
    ],
  ];
  it.each(cases)('%s', (_, members, code, message) => {
    const input = { ...groupInput(), deploymentGroupName: 'second', ...members };
    expect(() => deploy.model.applications.createGroup(input)).toThrow(thrown(code, message));
  });
});

it('CreateDeployment names all platforms without files', () => {
  expect(() => deploy.create({ fileExistsBehavior: 'OVERWRITE' })).toThrow(
    thrown(
      'InvalidFileExistsBehaviorException',
      'For Lambda, ECS and Kubernetes deployment, fileExistsBehavior can not be specified',
    ),
  );
});

describe('a target id', () => {
  const invalid = (id: string) =>
    thrown(
      'InvalidDeploymentTargetIdException',
      `Invalid id ${id} for ECS deployment, valid Id should be in format <cluster-name>:<service-name>`,
    );

  it.each(['main', 'main:', ':shop', 'main:shop:1', 'arn:aws:ecs:eu-west-1:1:service/main/shop'])(
    '%s is not one of ECS',
    async (targetId) => {
      const deploymentId = deploy.create();
      await deploy.started('BeforeInstall');
      await expect(deploy.call('GetDeploymentTarget', { deploymentId, targetId })).rejects.toThrow(
        invalid(targetId),
      );
      await expect(
        deploy.call('BatchGetDeploymentTargets', {
          deploymentId,
          targetIds: ['main:shop', targetId],
        }),
      ).rejects.toThrow(invalid(targetId));
    },
  );

  it('of another service does not exist', async () => {
    const deploymentId = deploy.create();
    await deploy.started('BeforeInstall');
    await expect(
      deploy.call('GetDeploymentTarget', { deploymentId, targetId: 'main:shoe' }),
    ).rejects.toThrow(expect.objectContaining({ code: 'DeploymentTargetDoesNotExistException' }));
  });
});
