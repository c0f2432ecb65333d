import type { GetDeploymentTargetOutput } from '@aws-sdk/client-codedeploy';
import { afterEach, expect, it } from 'vitest';
import { createDeploymentFixture, type DeploymentFixture } from './deployment-fixture.ts';
import { otherArn, production, productionRule } from './fake-load-balancer.ts';

let deploy: DeploymentFixture;
afterEach(() => deploy.stop());

// Many services behind one listener: each has a rule by host or path, and the default action is somebody else's.
it('a target shows its groups’ weights where only a rule forwards to them', async () => {
  deploy = createDeploymentFixture((group) => {
    group.deploymentConfigName = 'CodeDeployDefault.ECSCanary10Percent5Minutes';
  });
  deploy.loadBalancer.setWeights(production, [{ targetGroupArn: otherArn, weight: 1 }]);
  const seen: unknown[] = [];
  const deploymentId = deploy.create();
  const weights = async () => {
    const answer: unknown = await deploy.call('GetDeploymentTarget', {
      deploymentId,
      targetId: 'main:shop',
    });
    const { deploymentTarget } = answer as Pick<GetDeploymentTargetOutput, 'deploymentTarget'>;
    return deploymentTarget?.ecsTarget?.taskSetsInfo?.map(
      ({ taskSetLabel, trafficWeight }) => `${taskSetLabel} ${trafficWeight}`,
    );
  };
  await deploy.started('BeforeInstall');
  seen.push(await weights());
  await deploy.started('AllowTraffic');
  deploy.loadBalancer.onChange = async (text) => {
    if (text.endsWith('green:10')) seen.push(await weights());
  };
  await deploy.reached(deploymentId, 'Succeeded');
  expect(seen).toEqual([['Blue 100'], ['Blue 90', 'Green 10']]);
  expect(await weights()).toEqual(['Blue 0', 'Green 100']);
  expect(deploy.loadBalancer.weights(production)).toBe('other:1');
  expect(deploy.loadBalancer.weights(productionRule)).toBe('blue:0 green:100');
});
