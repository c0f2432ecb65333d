import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { sdkError } from '../../support/scripted-client.ts';
import { scriptedCodeDeploy } from './scripted-codedeploy.ts';

describe('codeDeployDeployments.create', () => {
  const request = {
    application: 'shop',
    deploymentGroup: 'shop',
    appSpec: '{"version":0}',
    description: 'greengate shop-1 redrive 0',
  };

  it('sends the AppSpec as content with its hexadecimal sha256', async () => {
    const { commands, deployments } = scriptedCodeDeploy(() => ({ deploymentId: 'd-AAAAAAAA1' }));

    await expect(deployments.create(request)).resolves.toBe('d-AAAAAAAA1');
    expect(commands[0]?.input).toEqual({
      applicationName: 'shop',
      deploymentGroupName: 'shop',
      description: 'greengate shop-1 redrive 0',
      revision: {
        revisionType: 'AppSpecContent',
        appSpecContent: {
          content: '{"version":0}',
          sha256: createHash('sha256').update('{"version":0}').digest('hex'),
        },
      },
    });
  });

  it('calls an active deployment a conflict, whatever the message says', async () => {
    const { deployments } = scriptedCodeDeploy(() =>
      sdkError('DeploymentLimitExceededException', 'new words'),
    );

    await expect(deployments.create(request)).rejects.toMatchObject({
      name: 'DeploymentConflictError',
      retryable: true,
    });
  });
});

describe('codeDeployDeployments.reportHook', () => {
  it('stops with a rollback, whatever the group is configured to', async () => {
    const { commands, deployments } = scriptedCodeDeploy(() => ({ status: 'Pending' }));

    await expect(deployments.stop('d-A')).resolves.toBe('stopping');
    expect(commands[0]?.input).toEqual({ deploymentId: 'd-A', autoRollbackEnabled: true });
  });

  it('tells a stop that came too late', async () => {
    const { deployments } = scriptedCodeDeploy(() =>
      sdkError('DeploymentAlreadyCompletedException'),
    );

    await expect(deployments.stop('d-A')).resolves.toBe('already-completed');
  });

  it('ends the wait before the original is terminated', async () => {
    const { commands, deployments } = scriptedCodeDeploy(() => ({}));

    await expect(deployments.endRetention('d-A')).resolves.toBe('ended');
    expect(commands[0]?.input).toEqual({
      deploymentId: 'd-A',
      deploymentWaitType: 'TERMINATION_WAIT',
    });
  });

  it.each(['DeploymentAlreadyCompletedException', 'InvalidDeploymentStatusException'])(
    'finds no wait to end with %s',
    async (name) => {
      const { deployments } = scriptedCodeDeploy(() => sdkError(name));

      await expect(deployments.endRetention('d-A')).resolves.toBe('not-waiting');
    },
  );

  it('reports under the hook’s execution id', async () => {
    const { commands, deployments } = scriptedCodeDeploy(() => ({}));

    await expect(deployments.reportHook('d-A', 'hook-1', 'Failed')).resolves.toBe('accepted');
    expect(commands[0]?.input).toEqual({
      deploymentId: 'd-A',
      lifecycleEventHookExecutionId: 'hook-1',
      status: 'Failed',
    });
  });

  it('tells an event that was completed before', async () => {
    const { deployments } = scriptedCodeDeploy(() =>
      sdkError('LifecycleEventAlreadyCompletedException'),
    );

    await expect(deployments.reportHook('d-A', 'hook-1', 'Failed')).resolves.toBe(
      'already-completed',
    );
  });
});
