import { beforeEach, describe, expect, it } from 'vitest';
import { PermissionDeniedError, TransientAwsError } from '../../../functions/core/errors.ts';
import { type BlueGreenScene, deploymentId, rollbackId } from '../../support/blue-green-scene.ts';
import { ownDescription } from '../../support/builders/tracked-deployments.ts';
import { blueGroup, greenGroup } from '../../support/fakes/fake-load-balancing.ts';
import { answered, unanswered } from '../../support/fakes/fake-probe-transport.ts';
import {
  failAfterTestTraffic,
  observe,
  observedScene,
  pushKey,
  recordKey,
  storedRecord,
} from './observed-scene.ts';

let scene: BlueGreenScene;

beforeEach(async () => {
  scene = await observedScene();
});

describe('observeDeployment of a rollback', () => {
  it('verifies it and fails the task as DeploymentRolledBack with the reason', async () => {
    const why = await failAfterTestTraffic(scene);

    await expect(observe(scene, rollbackId, 'SUCCESS')).resolves.toEqual({
      kind: 'answered',
      deploymentId,
    });

    const [answer] = scene.workflow.answers;
    if (answer?.kind !== 'failure') throw new Error('expected a failure');
    expect(answer.error).toBe('DeploymentRolledBack');
    expect(JSON.parse(answer.cause)).toMatchObject({
      sentence: `Rolled back: ${why}`,
      deploymentId,
      rollbackDeploymentId: rollbackId,
    });
    expect(storedRecord(scene)).toMatchObject({
      outcome: 'rolled-back',
      rollbackDeploymentId: rollbackId,
      hooks: [{ lifecycleEvent: 'AfterAllowTestTraffic', verdict: 'fail' }],
    });
    expect(
      storedRecord(scene).rollback?.checks.map(({ name, verdict }) => [name, verdict]),
    ).toEqual([
      ['primary task set', 'pass'],
      ['production listener', 'pass'],
      ['test listener', 'pass'],
      ['production answers', 'pass'],
    ]);
    expect(scene.records.stored(pushKey)).toMatchObject({ outcome: 'rolled-back' });
    expect(scene.probe.requests.map(({ url }) => url)).toEqual(
      Array.from({ length: 3 }, () => 'http://shop.elb.test:80/products'),
    );
  });

  it('is pending while the linked rollback runs, and says nothing to anybody', async () => {
    await failAfterTestTraffic(scene, 'InProgress');

    await expect(observe(scene)).resolves.toEqual({ kind: 'pending', deploymentId });

    expect(scene.workflow.answers).toEqual([]);
    expect(scene.notifier.published).toEqual([]);
    expect(scene.records.stored(recordKey)).toBeUndefined();
  });

  it('waits out the gap in which the link is not filled in yet', async () => {
    await failAfterTestTraffic(scene);
    scene.deployments.change(deploymentId, { rollbackDeploymentId: undefined });
    let reads = 0;
    scene.deployments.beforeGet = (id) => {
      if (id !== deploymentId || ++reads < 5) return;
      scene.deployments.change(deploymentId, { rollbackDeploymentId: rollbackId });
    };

    await observe(scene);

    expect(storedRecord(scene)).toMatchObject({
      outcome: 'rolled-back',
      rollbackDeploymentId: rollbackId,
    });
    expect(scene.clock.sleeps.every((ms) => ms === 500)).toBe(true);
  });

  it('that never comes ends as RollbackMissing after a bounded wait, loudly', async () => {
    await failAfterTestTraffic(scene);
    scene.deployments.change(deploymentId, { rollbackDeploymentId: undefined });

    await observe(scene);

    expect(scene.workflow.answers).toMatchObject([{ error: 'RollbackMissing' }]);
    expect(scene.notifier.published).toMatchObject([
      { subject: 'ALARM Greengate: shop v2 failed, RollbackMissing', alarm: 'RollbackMissing' },
    ]);
    expect(scene.log.lines).toContainEqual({
      level: 'error',
      message: 'alarm raised',
      fields: {
        alarm: 'RollbackMissing',
        subject: 'ALARM Greengate: shop v2 failed, RollbackMissing',
      },
    });
    expect(scene.clock.sleeps.reduce((sum, ms) => sum + ms, 0)).toBe(15_000);
  });

  it('that is expected but not linked soon after the end is looked for again, not denied', async () => {
    await failAfterTestTraffic(scene);
    scene.deployments.change(deploymentId, {
      rollbackDeploymentId: undefined,
      completedAtMs: scene.clock.now(),
    });

    await expect(observe(scene)).rejects.toMatchObject({
      name: 'TransientAwsError',
      message: `Deployment ${deploymentId} is Failed and names no rollback yet, expected one by its auto rollback configuration`,
    });
    expect(scene.workflow.answers).toEqual([]);

    await scene.clock.sleep(120_000);
    await observe(scene);
    expect(scene.workflow.answers).toMatchObject([{ error: 'RollbackMissing' }]);
  });

  it('that its group is not configured to is not missing', async () => {
    await failAfterTestTraffic(scene);
    scene.deployments.change(deploymentId, { rollbackDeploymentId: undefined, rollbackEvents: [] });

    await observe(scene);

    expect(scene.workflow.answers).toMatchObject([{ error: 'DeploymentFailed' }]);
    expect(scene.notifier.published[0]).not.toHaveProperty('alarm');
  });

  it.each<[string, (scene: BlueGreenScene) => void, string]>([
    [
      'without the ECS service',
      (spoilt) => spoilt.services.services.clear(),
      'ECS has no service "shop"',
    ],
    [
      'without permission for the listeners',
      (spoilt) => {
        spoilt.loadBalancing.listener = () =>
          Promise.reject(new PermissionDeniedError('Not permitted to call DescribeListeners'));
      },
      'Not permitted to call DescribeListeners',
    ],
  ])(
    'that cannot be verified %s ends as RollbackFailed and is notified',
    async (_, spoil, said) => {
      await failAfterTestTraffic(scene);
      spoil(scene);

      await observe(scene, rollbackId);

      expect(scene.workflow.answers).toMatchObject([{ error: 'RollbackFailed' }]);
      expect(storedRecord(scene).reason).toContain(said);
      expect(scene.notifier.published).toHaveLength(1);
    },
  );

  it('whose verification is throttled is left to the next try', async () => {
    await failAfterTestTraffic(scene);
    scene.loadBalancing.listener = () => Promise.reject(new TransientAwsError('Rate exceeded'));

    await expect(observe(scene, rollbackId)).rejects.toThrow('Rate exceeded');
    expect(scene.workflow.answers).toEqual([]);
  });

  it('that Failed itself ends as RollbackFailed', async () => {
    await failAfterTestTraffic(scene, 'Failed');

    await observe(scene, rollbackId);

    expect(scene.workflow.answers).toMatchObject([{ error: 'RollbackFailed' }]);
    expect(storedRecord(scene).reason).toContain(
      `${rollbackId} ended as Failed, expected Succeeded`,
    );
  });

  it.each<[string, (scene: BlueGreenScene) => void, string]>([
    [
      'the production listener still on the replacement',
      (spoilt) =>
        spoilt.loadBalancing.forward('arn:listener/production', {
          [blueGroup.arn]: 0,
          [greenGroup.arn]: 100,
        }),
      'production listener: expected to forward to shop-blue only, got shop-blue 0, shop-green 100',
    ],
    [
      'the test listener still on the replacement',
      (spoilt) => spoilt.allowTestTraffic(),
      'test listener: expected to forward to shop-blue only',
    ],
    [
      'the replacement still PRIMARY',
      (spoilt) => spoilt.setTaskSets({ ...spoilt.replacement, status: 'PRIMARY' }),
      'primary task set: expected the original task set to be PRIMARY',
    ],
    [
      'an original whose tasks are gone',
      (spoilt) => spoilt.setTaskSets({ ...spoilt.original, runningCount: 0 }),
      'got ecs-svc/1111111111111111111 of d-ORIGINAL1 without a running task',
    ],
    [
      'production answering every third time with 503',
      (spoilt) => {
        let count = 0;
        spoilt.probe.answer = () => answered(++count % 3 === 0 ? 503 : 200, '{}');
      },
      'expected a status below 500 from production, got status 503',
    ],
    [
      'production answering with 503',
      (spoilt) => spoilt.answer(503),
      'GET http://shop.elb.test:80/products: expected a status below 500 from production, got status 503',
    ],
    [
      'production not answering',
      (spoilt) => {
        spoilt.probe.answer = () => unanswered('ECONNREFUSED');
      },
      'got no response (ECONNREFUSED)',
    ],
  ])('with %s ends as RollbackFailed, never as a success', async (_, spoil, sentence) => {
    await failAfterTestTraffic(scene);
    spoil(scene);

    await observe(scene, rollbackId);

    expect(scene.workflow.answers).toMatchObject([{ kind: 'failure', error: 'RollbackFailed' }]);
    expect(storedRecord(scene).outcome).toBe('failed');
    expect(storedRecord(scene).reason).toContain(sentence);
  });

  it('looks again when listeners are shown late', async () => {
    await failAfterTestTraffic(scene);
    scene.allowTestTraffic();
    const { sleep } = scene.clock;
    scene.clock.sleep = async (ms) => {
      await sleep.call(scene.clock, ms);
      scene.loadBalancing.forward('arn:listener/test', { [blueGroup.arn]: 100 });
    };

    await observe(scene, rollbackId);

    expect(scene.workflow.answers).toMatchObject([{ error: 'DeploymentRolledBack' }]);
  });

  it('that is not linked yet is not taken for a deployment of ours', async () => {
    await failAfterTestTraffic(scene);
    scene.deployments.change(rollbackId, {
      rollbackTriggeringDeploymentId: undefined,
      description: ownDescription,
    });

    await expect(observe(scene, rollbackId, 'SUCCESS')).resolves.toMatchObject({ kind: 'ignored' });
  });

  it('is told of the original by events of either deployment, once', async () => {
    await failAfterTestTraffic(scene);

    await observe(scene, deploymentId, 'FAILURE');
    await observe(scene, rollbackId, 'SUCCESS');

    expect(scene.notifier.published).toHaveLength(1);
    expect(scene.workflow.answers).toHaveLength(1);
  });
});
