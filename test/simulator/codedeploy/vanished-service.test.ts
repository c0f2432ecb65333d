import { afterEach, expect, it } from 'vitest';
import { AwsError } from '../../../simulator/core/aws-error.ts';
import { createDeploymentFixture, type DeploymentFixture } from './deployment-fixture.ts';

let deploy: DeploymentFixture;
afterEach(() => deploy.stop());

// Somebody deletes the service, or its task set, under a running deployment.
it('what ECS refuses in the middle ends the deployment with ECS_UPDATE_ERROR, not as our fault', async () => {
  deploy = createDeploymentFixture((group) => {
    group.autoRollbackConfiguration = { enabled: false };
  });
  deploy.ecs.updateServicePrimaryTaskSet = () => {
    throw new AwsError('TaskSetNotFoundException', 'The specified task set does not exist.');
  };
  const id = deploy.create();
  await deploy.reached(id, 'Failed');
  const message =
    'The ECS service cannot be updated due to the following error: The specified task set does not exist.';
  expect(deploy.model.deployments.get(id).end).toMatchObject({
    status: 'Failed',
    code: 'ECS_UPDATE_ERROR',
    message,
  });
  expect(deploy.model.deployments.get(id).target?.event('AllowTraffic')).toMatchObject({
    status: 'Failed',
    diagnostics: { errorCode: 'UnknownError', message },
  });
});

it('what fails in the simulator itself is an INTERNAL_ERROR', async () => {
  deploy = createDeploymentFixture((group) => {
    group.autoRollbackConfiguration = { enabled: false };
  });
  deploy.ecs.updateServicePrimaryTaskSet = () => {
    throw new TypeError('a mistake');
  };
  const id = deploy.create();
  await deploy.reached(id, 'Failed');
  expect(deploy.model.deployments.get(id).end).toMatchObject({
    code: 'INTERNAL_ERROR',
    message: 'a mistake',
  });
});
