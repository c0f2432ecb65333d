import { createHash } from 'node:crypto';
import { CodeDeployClient } from '@aws-sdk/client-codedeploy';
import { describe, expect, it } from 'vitest';
import { codeDeployDeployments } from '../../../functions/adapters/codedeploy.ts';
import { type ScriptedCommand, scriptClient, sdkError } from '../../support/scripted-client.ts';

function prepare(answer: (command: ScriptedCommand) => object | Error) {
  const client = new CodeDeployClient({ region: 'eu-central-1' });
  const commands = scriptClient(client, answer);
  return { commands, deployments: codeDeployDeployments(client) };
}

const info = {
  deploymentId: 'd-AAAAAAAA1',
  applicationName: 'shop',
  deploymentGroupName: 'shop',
  status: 'Failed',
  creator: 'user',
  description: 'greengate shop-1 redrive 0',
  createTime: new Date('2026-09-01T10:00:00Z'),
  completeTime: new Date('2026-09-01T10:05:00Z'),
  errorInformation: { code: 'HOOK_EXECUTION_FAILURE', message: 'A function failed.' },
  rollbackInfo: { rollbackDeploymentId: 'd-BBBBBBBB2' },
  autoRollbackConfiguration: { enabled: true, events: ['DEPLOYMENT_FAILURE'] },
};

describe('codeDeployDeployments.get', () => {
  it('shows a deployment with its error and its link to the rollback', async () => {
    const { deployments } = prepare(() => ({ deploymentInfo: info }));

    await expect(deployments.get('d-AAAAAAAA1')).resolves.toEqual({
      deploymentId: 'd-AAAAAAAA1',
      application: 'shop',
      deploymentGroup: 'shop',
      status: 'Failed',
      creator: 'user',
      description: 'greengate shop-1 redrive 0',
      createdAtMs: Date.parse('2026-09-01T10:00:00Z'),
      completedAtMs: Date.parse('2026-09-01T10:05:00Z'),
      error: { code: 'HOOK_EXECUTION_FAILURE', message: 'A function failed.' },
      rollbackDeploymentId: 'd-BBBBBBBB2',
      rollbackTriggeringDeploymentId: undefined,
      rollbackEvents: ['DEPLOYMENT_FAILURE'],
    });
  });

  it('leaves rollback events open when CodeDeploy does not say them', async () => {
    const { autoRollbackConfiguration: _, ...unsaid } = info;
    const { deployments } = prepare(() => ({ deploymentInfo: unsaid }));

    expect((await deployments.get('d-AAAAAAAA1'))?.rollbackEvents).toBeUndefined();
  });

  it('counts no rollback events when rolling back is switched off', async () => {
    const autoRollbackConfiguration = { enabled: false, events: ['DEPLOYMENT_FAILURE'] };
    const { deployments } = prepare(() => ({
      deploymentInfo: { ...info, autoRollbackConfiguration },
    }));

    expect((await deployments.get('d-AAAAAAAA1'))?.rollbackEvents).toEqual([]);
  });

  it.each(['DeploymentDoesNotExistException', 'InvalidDeploymentIdException'])(
    'finds nothing on %s',
    async (name) => {
      const { deployments } = prepare(() => sdkError(name));

      await expect(deployments.get('d-X')).resolves.toBeUndefined();
    },
  );

  it('passes other errors on by Greengate’s names', async () => {
    const { deployments } = prepare(() => sdkError('AccessDeniedException'));

    await expect(deployments.get('d-X')).rejects.toMatchObject({ name: 'PermissionDeniedError' });
  });
});

describe('codeDeployDeployments.group', () => {
  it('derives listeners, target groups and alarms', async () => {
    const { deployments } = prepare(() => ({
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
    const { deployments } = prepare(() => ({
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
    const { deployments } = prepare(({ operation }) =>
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
      const { deployments } = prepare(() => sdkError(name));

      await expect(deployments.target('d-AAAAAAAA1')).resolves.toBeUndefined();
    },
  );
});

describe('codeDeployDeployments.list', () => {
  it('joins recent and active deployments over all pages, newest first, each once', async () => {
    const { commands, deployments } = prepare(({ operation, input }) => {
      if (operation === 'BatchGetDeployments') {
        const ids = input.deploymentIds as string[];
        const createTime = (id: string) => new Date(Number(id.slice(2)) * 1_000);
        return {
          deploymentsInfo: ids.map((id) => ({
            ...info,
            deploymentId: id,
            createTime: createTime(id),
          })),
        };
      }
      if (input.includeOnlyStatuses) return { deployments: ['d-1', 'd-3'] };
      return input.nextToken
        ? { deployments: ['d-2'] }
        : { deployments: ['d-3'], nextToken: 'more' };
    });

    const found = await deployments.list('shop', 'shop', 5_000);

    expect(found.map(({ deploymentId }) => deploymentId)).toEqual(['d-3', 'd-2', 'd-1']);
    expect(commands[0]?.input.createTimeRange).toEqual({ start: new Date(5_000) });
    expect(
      commands.find(({ input }) => input.includeOnlyStatuses)?.input.includeOnlyStatuses,
    ).toEqual(['Created', 'Queued', 'InProgress', 'Baking', 'Ready']);
  });

  it('asks for at most 25 deployments at a time', async () => {
    const ids = Array.from({ length: 60 }, (_, index) => `d-${index}`);
    const { commands, deployments } = prepare(({ operation }) =>
      operation === 'ListDeployments' ? { deployments: ids } : { deploymentsInfo: [] },
    );

    await deployments.list('shop', 'shop', 0);

    const batches = commands.filter(({ operation }) => operation === 'BatchGetDeployments');
    expect(batches.map(({ input }) => (input.deploymentIds as string[]).length)).toEqual([
      25, 25, 10,
    ]);
  });
});

describe('codeDeployDeployments.create', () => {
  const request = {
    application: 'shop',
    deploymentGroup: 'shop',
    appSpec: '{"version":0}',
    description: 'greengate shop-1 redrive 0',
  };

  it('sends the AppSpec as content with its hexadecimal sha256', async () => {
    const { commands, deployments } = prepare(() => ({ deploymentId: 'd-AAAAAAAA1' }));

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
    const { deployments } = prepare(() =>
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
    const { commands, deployments } = prepare(() => ({ status: 'Pending' }));

    await expect(deployments.stop('d-A')).resolves.toBe('stopping');
    expect(commands[0]?.input).toEqual({ deploymentId: 'd-A', autoRollbackEnabled: true });
  });

  it('tells a stop that came too late', async () => {
    const { deployments } = prepare(() => sdkError('DeploymentAlreadyCompletedException'));

    await expect(deployments.stop('d-A')).resolves.toBe('already-completed');
  });

  it('ends the wait before the original is terminated', async () => {
    const { commands, deployments } = prepare(() => ({}));

    await expect(deployments.endRetention('d-A')).resolves.toBe('ended');
    expect(commands[0]?.input).toEqual({
      deploymentId: 'd-A',
      deploymentWaitType: 'TERMINATION_WAIT',
    });
  });

  it.each(['DeploymentAlreadyCompletedException', 'InvalidDeploymentStatusException'])(
    'finds no wait to end with %s',
    async (name) => {
      const { deployments } = prepare(() => sdkError(name));

      await expect(deployments.endRetention('d-A')).resolves.toBe('not-waiting');
    },
  );

  it('reports under the hook’s execution id', async () => {
    const { commands, deployments } = prepare(() => ({}));

    await expect(deployments.reportHook('d-A', 'hook-1', 'Failed')).resolves.toBe('accepted');
    expect(commands[0]?.input).toEqual({
      deploymentId: 'd-A',
      lifecycleEventHookExecutionId: 'hook-1',
      status: 'Failed',
    });
  });

  it('tells an event that was completed before', async () => {
    const { deployments } = prepare(() => sdkError('LifecycleEventAlreadyCompletedException'));

    await expect(deployments.reportHook('d-A', 'hook-1', 'Failed')).resolves.toBe(
      'already-completed',
    );
  });
});
