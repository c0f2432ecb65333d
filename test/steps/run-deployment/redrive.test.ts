import { beforeEach, describe, expect, it } from 'vitest';
import { BlueGreenScene, deploymentId } from '../../support/blue-green-scene.ts';
import { execution } from '../../support/builders/releases.ts';
import { created, runIn, tokenKey } from './run-scene.ts';

let scene: BlueGreenScene;
beforeEach(() => {
  scene = new BlueGreenScene();
  scene.deployments.deployments.clear();
});

const run = (changes: Parameters<typeof runIn>[1] = {}) => runIn(scene, changes);

describe('runDeployment after a crash or a timeout', () => {
  it.each(['InProgress', 'Succeeded'])(
    'of a redrive adopts what an earlier attempt left behind as %s',
    async (status) => {
      await run();
      scene.deployments.change(created, { status });

      await run({ execution: execution({ redriveCount: 1 }), taskToken: 'token-2' });

      expect(scene.deployments.created).toHaveLength(1);
      expect(scene.records.stored(tokenKey(created))).toMatchObject({ taskToken: 'token-2' });
      expect(scene.workflow.answers.map(({ kind }) => kind)).toEqual(
        status === 'Succeeded' ? ['success'] : [],
      );
    },
  );

  it('of a redrive waits while the stopped deployment of an earlier attempt is rolled back', async () => {
    await run();
    await scene.records.write(`deployments/${created}/stop-request.json`, {
      cause: 'execution-stopped',
      sentence: 'execution shop-222222222222-ab was stopped',
      requestedAt: '2026-09-01T10:04:00Z',
      evidence: [],
    });

    await expect(run({ execution: execution({ redriveCount: 1 }) })).rejects.toMatchObject({
      name: 'DeploymentConflictError',
      message: expect.stringContaining(`deployment ${created}`),
    });
    scene.deployments.change(created, { status: 'Stopped' });
    await expect(run({ execution: execution({ redriveCount: 1 }) })).resolves.toMatchObject({
      state: 'created',
    });
  });

  it('of a redrive deploys again when others deployed after its earlier success', async () => {
    await run();
    scene.deployments.change(created, { status: 'Succeeded' });
    const createdAtMs = Date.parse('2026-09-01T11:00:00Z');
    scene.deployments.add({ deploymentId, status: 'Succeeded', createdAtMs });

    await expect(run({ execution: execution({ redriveCount: 1 }) })).resolves.toMatchObject({
      state: 'created',
    });
  });

  it('of a redrive starts a deployment of its own', async () => {
    await run();
    scene.deployments.change(created, { status: 'Failed' });

    await expect(run({ execution: execution({ redriveCount: 1 }) })).resolves.toEqual({
      deploymentId: 'd-CREATED02',
      state: 'created',
    });
    expect(scene.deployments.created[1]?.description).toBe(
      'greengate shop-222222222222-ab redrive 1',
    );
  });
});
