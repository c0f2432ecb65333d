import { describe, expect, it } from 'vitest';
import { sdkError } from '../../support/scripted-client.ts';
import { scriptedCodeDeploy } from './scripted-codedeploy.ts';

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
    const { deployments } = scriptedCodeDeploy(() => ({ deploymentInfo: info }));

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
    const { deployments } = scriptedCodeDeploy(() => ({ deploymentInfo: unsaid }));

    expect((await deployments.get('d-AAAAAAAA1'))?.rollbackEvents).toBeUndefined();
  });

  it('counts no rollback events when rolling back is switched off', async () => {
    const autoRollbackConfiguration = { enabled: false, events: ['DEPLOYMENT_FAILURE'] };
    const { deployments } = scriptedCodeDeploy(() => ({
      deploymentInfo: { ...info, autoRollbackConfiguration },
    }));

    expect((await deployments.get('d-AAAAAAAA1'))?.rollbackEvents).toEqual([]);
  });

  it.each(['DeploymentDoesNotExistException', 'InvalidDeploymentIdException'])(
    'finds nothing on %s',
    async (name) => {
      const { deployments } = scriptedCodeDeploy(() => sdkError(name));

      await expect(deployments.get('d-X')).resolves.toBeUndefined();
    },
  );

  it('passes other errors on by Greengate’s names', async () => {
    const { deployments } = scriptedCodeDeploy(() => sdkError('AccessDeniedException'));

    await expect(deployments.get('d-X')).rejects.toMatchObject({ name: 'PermissionDeniedError' });
  });
});

describe('codeDeployDeployments.list', () => {
  it('joins recent and active deployments over all pages, newest first, each once', async () => {
    const { commands, deployments } = scriptedCodeDeploy(({ operation, input }) => {
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
    const { commands, deployments } = scriptedCodeDeploy(({ operation }) =>
      operation === 'ListDeployments' ? { deployments: ids } : { deploymentsInfo: [] },
    );

    await deployments.list('shop', 'shop', 0);

    const batches = commands.filter(({ operation }) => operation === 'BatchGetDeployments');
    expect(batches.map(({ input }) => (input.deploymentIds as string[]).length)).toEqual([
      25, 25, 10,
    ]);
  });
});
