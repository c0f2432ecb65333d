import type { CreateDeploymentGroupInput } from '@aws-sdk/client-codedeploy';
import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  createDeploymentFixture,
  type DeploymentFixture,
  groupInput,
} from './deployment-fixture.ts';

// What CreateDeploymentGroup says of the ECS service, in sentences that users quote.

let deploy: DeploymentFixture;
beforeEach(() => {
  deploy = createDeploymentFixture();
});
afterEach(() => deploy.stop());

const serviceArn = 'arn:aws:ecs:eu-west-1:111122223333:service/main/shop';
const byArn = {
  clusterName: 'arn:aws:ecs:eu-west-1:111122223333:cluster/main',
  serviceName: serviceArn,
};
const refused = (message: string) =>
  expect.objectContaining({ code: 'InvalidECSServiceException', message });

/** A group in the place of the fixture's. */
const createAnew = (members: Partial<CreateDeploymentGroupInput> = {}) => {
  const { applications } = deploy.model;
  applications.deleteGroup('shop', 'shop');
  return applications.createGroup({ ...groupInput(), ...members });
};

it('must be under CODE_DEPLOY', () => {
  deploy.ecs.controller = 'ECS';
  expect(() => createAnew()).toThrow(
    refused(
      "Deployment group's ECS service must be configured for a CODE_DEPLOY deployment controller.",
    ),
  );
  deploy.ecs.controller = 'CODE_DEPLOY';
  expect(createAnew().service).toBe('shop');
});

it('must be there', () => {
  expect(() => createAnew({ ecsServices: [{ clusterName: 'main', serviceName: 'shoe' }] })).toThrow(
    refused(
      'Could not load ECS service information for cluster: main, service: shoe. Cause: The service could not be found.',
    ),
  );
});

it('must be the role’s to read', () => {
  deploy.world.provide('iam', {
    canAssume: () => true,
    authorize: ({ action, resource, context }: Record<string, never>) => ({
      allowed: false,
      reason: 'implicit-deny',
      message: `no ${action} on ${resource} with ${JSON.stringify(context)}`,
    }),
  } as never);
  expect(() => createAnew()).toThrow(
    refused(
      `Could not load ECS service information for cluster: main, service: shop. Cause: no ecs:DescribeServices on ${serviceArn} with {"ecs:cluster":"arn:aws:ecs:eu-west-1:111122223333:cluster/main"}`,
    ),
  );
});

it('is looked at again only when an update names it', () => {
  const { applications } = deploy.model;
  deploy.ecs.controller = 'ECS';
  const group = { applicationName: 'shop', currentDeploymentGroupName: 'shop' };
  const deploymentConfigName = 'CodeDeployDefault.ECSLinear10PercentEvery1Minutes';
  expect(applications.updateGroup({ ...group, deploymentConfigName }).configName).toBe(
    deploymentConfigName,
  );
  expect(() =>
    applications.updateGroup({ ...group, ecsServices: groupInput().ecsServices }),
  ).toThrow(expect.objectContaining({ code: 'InvalidECSServiceException' }));
});

it('may be given by ARNs, which the group shows, and is the same service for the lock and the role', async () => {
  const asked: unknown[] = [];
  deploy.world.provide('iam', {
    canAssume: () => true,
    authorize: ({ action, resource }: Record<string, never>) => {
      asked.push([action, resource]);
      return { allowed: true };
    },
  } as never);
  createAnew({ ecsServices: [byArn] });
  expect(
    await deploy.call('GetDeploymentGroup', {
      applicationName: 'shop',
      deploymentGroupName: 'shop',
    }),
  ).toMatchObject({ deploymentGroupInfo: { ecsServices: [byArn] } });
  expect(() =>
    deploy.model.applications.createGroup({ ...groupInput(), deploymentGroupName: 'second' }),
  ).toThrow(expect.objectContaining({ code: 'ECSServiceMappingLimitExceededException' }));
  const id = deploy.create();
  await deploy.reached(id, 'Succeeded');
  expect(asked).toContainEqual(['ecs:CreateTaskSet', serviceArn]);
  expect(deploy.model.deployments.get(id).target?.targetId).toBe('main:shop');
});
