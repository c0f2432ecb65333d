import { beforeEach, describe, expect, it } from 'vitest';
import type { DeploymentRecord } from '../../../functions/core/deployment/deployment-record.ts';
import { PermissionDeniedError, TransientAwsError } from '../../../functions/core/errors.ts';
import { observeDeployment } from '../../../functions/observe-deployment/step.ts';
import { BlueGreenScene, deploymentId, rollbackId } from '../../support/blue-green-scene.ts';
import { hookReport } from '../../support/builders/hook-reports.ts';
import { digestOf, execution, releaseRequest } from '../../support/builders/releases.ts';
import { ownDescription, trackedDeployment } from '../../support/builders/tracked-deployments.ts';
import { deploymentTarget } from '../../support/fakes/fake-deployments.ts';
import { blueGroup, greenGroup } from '../../support/fakes/fake-load-balancing.ts';
import { unanswered } from '../../support/fakes/fake-probe-transport.ts';

const recordKey = `deployments/${deploymentId}/record.json`;
const pushKey = `pushes/${releaseRequest().eventId}/shop.json`;
let scene: BlueGreenScene;

beforeEach(async () => {
  scene = new BlueGreenScene();
  scene.deployments.change(deploymentId, { description: ownDescription });
  await scene.records.write(`deployments/${deploymentId}/task-token.json`, trackedDeployment());
});

const observe = (id = deploymentId, state: 'START' | 'SUCCESS' | 'FAILURE' | 'STOP' = 'FAILURE') =>
  observeDeployment(
    {
      kind: 'state-change',
      eventId: 'event-1',
      deploymentId: id,
      state,
      application: 'shop',
      deploymentGroup: 'shop',
    },
    scene,
  );

const storedRecord = () => scene.records.stored(recordKey) as DeploymentRecord;

/** AfterAllowTestTraffic failed and the rollback is where `rollbackStatus` says. */
async function failAfterTestTraffic(rollbackStatus = 'Succeeded') {
  const sentence = 'GET /products: expected status 200, got status 500 in 20 of 20 responses';
  scene.deployments.change(deploymentId, {
    status: 'Failed',
    error: { code: 'HOOK_EXECUTION_FAILURE', message: 'A function failed.' },
    rollbackDeploymentId: rollbackId,
  });
  scene.deployments.targets.set(
    deploymentId,
    deploymentTarget({ Install: 'Succeeded', AfterAllowTestTraffic: 'Failed' }, [
      taskSetLine('Blue', 'shop-blue'),
      taskSetLine('Green', 'shop-green'),
    ]),
  );
  scene.deployments.add({
    deploymentId: rollbackId,
    status: rollbackStatus,
    creator: 'codeDeployRollback',
    rollbackTriggeringDeploymentId: deploymentId,
  });
  scene.setTaskSets(scene.original);
  await scene.records.write(
    `deployments/${deploymentId}/hooks/AfterAllowTestTraffic.json`,
    hookReport({ verdict: 'fail', sentence }),
  );
  return `AfterAllowTestTraffic failed: ${sentence}`;
}

const taskSetLine = (label: 'Blue' | 'Green', targetGroupName: string) => ({
  taskSetId: `ecs-svc/${label}`,
  label,
  status: 'ACTIVE',
  trafficWeight: 0,
  targetGroupName,
});

describe('observeDeployment of a success', () => {
  beforeEach(() => scene.deployments.change(deploymentId, { status: 'Succeeded' }));

  it('records, notifies and then answers the token with the release', async () => {
    await expect(observe(deploymentId, 'SUCCESS')).resolves.toEqual({
      kind: 'answered',
      deploymentId,
    });

    expect(scene.workflow.answers).toEqual([
      {
        kind: 'success',
        taskToken: 'token-1',
        output: {
          outcome: 'deployed',
          reason: `Deployed: v2 (sha256:222222222222) serves production of shop, deployment ${deploymentId} succeeded`,
          service: 'shop',
          tag: 'v2',
          digest: digestOf('2'),
          deploymentId,
        },
      },
    ]);
    expect(scene.notifier.published.map(({ subject }) => subject)).toEqual([
      'Greengate: shop v2 deployed',
    ]);
    expect(scene.records.stored(pushKey)).toMatchObject({
      ...releaseRequest(),
      ...execution(),
      outcome: 'deployed',
      deploymentId,
    });
  });

  it('delivered twice neither notifies again nor answers anew', async () => {
    await observe(deploymentId, 'SUCCESS');

    await expect(observe(deploymentId, 'SUCCESS')).resolves.toMatchObject({ kind: 'answered' });

    expect(scene.notifier.published).toHaveLength(1);
    expect(scene.workflow.answers).toHaveLength(1);
  });

  it('acts on the state, not on the word of a late event', async () => {
    await expect(observe(deploymentId, 'START')).resolves.toMatchObject({ kind: 'answered' });
  });

  it('answers although nothing can be published, and publishes with the next event', async () => {
    scene.notifier.failure = new PermissionDeniedError('Not permitted to call sns:Publish');
    await observe();
    expect(scene.workflow.answers).toHaveLength(1);
    scene.notifier.failure = undefined;

    await observe();

    expect(scene.notifier.published).toHaveLength(1);
    expect(storedRecord().notifiedAt).toBe('2026-09-01T10:00:00.000Z');
  });

  it('answers although no record can be written', async () => {
    const failure = new TransientAwsError('S3 is slow');
    scene.records.write = () => Promise.reject(failure);

    await observe();

    expect(scene.workflow.answers).toHaveLength(1);
    expect(scene.log.messages('error')).toContain('record not written');
  });
});

describe('observeDeployment of a rollback', () => {
  it('verifies it and fails the task as DeploymentRolledBack with the reason', async () => {
    const why = await failAfterTestTraffic();

    await expect(observe(rollbackId, 'SUCCESS')).resolves.toEqual({
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
    expect(storedRecord()).toMatchObject({
      outcome: 'rolled-back',
      rollbackDeploymentId: rollbackId,
      hooks: [{ lifecycleEvent: 'AfterAllowTestTraffic', verdict: 'fail' }],
    });
    expect(storedRecord().rollback?.checks.map(({ name, verdict }) => [name, verdict])).toEqual([
      ['primary task set', 'pass'],
      ['production listener', 'pass'],
      ['test listener', 'pass'],
      ['production answers', 'pass'],
    ]);
    expect(scene.records.stored(pushKey)).toMatchObject({ outcome: 'rolled-back' });
    expect(scene.probe.requests.map(({ url }) => url)).toEqual([
      'http://shop.elb.test:80/products',
    ]);
  });

  it('is pending while the linked rollback runs, and says nothing to anybody', async () => {
    await failAfterTestTraffic('InProgress');

    await expect(observe()).resolves.toEqual({ kind: 'pending', deploymentId });

    expect(scene.workflow.answers).toEqual([]);
    expect(scene.notifier.published).toEqual([]);
    expect(scene.records.stored(recordKey)).toBeUndefined();
  });

  it('waits out the gap in which the link is not filled in yet', async () => {
    await failAfterTestTraffic();
    scene.deployments.change(deploymentId, { rollbackDeploymentId: undefined });
    let reads = 0;
    scene.deployments.beforeGet = (id) => {
      if (id !== deploymentId || ++reads < 5) return;
      scene.deployments.change(deploymentId, { rollbackDeploymentId: rollbackId });
    };

    await observe();

    expect(storedRecord()).toMatchObject({
      outcome: 'rolled-back',
      rollbackDeploymentId: rollbackId,
    });
    expect(scene.clock.sleeps.every((ms) => ms === 500)).toBe(true);
  });

  it('that never comes ends as DeploymentFailed after a bounded wait', async () => {
    await failAfterTestTraffic();
    scene.deployments.change(deploymentId, { rollbackDeploymentId: undefined });

    await observe();

    expect(scene.workflow.answers).toMatchObject([{ error: 'DeploymentFailed' }]);
    expect(scene.clock.sleeps.reduce((sum, ms) => sum + ms, 0)).toBe(15_000);
  });

  it('that Failed itself ends as RollbackFailed', async () => {
    await failAfterTestTraffic('Failed');

    await observe(rollbackId);

    expect(scene.workflow.answers).toMatchObject([{ error: 'RollbackFailed' }]);
    expect(storedRecord().reason).toContain(`${rollbackId} ended as Failed, expected Succeeded`);
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
    await failAfterTestTraffic();
    spoil(scene);

    await observe(rollbackId);

    expect(scene.workflow.answers).toMatchObject([{ kind: 'failure', error: 'RollbackFailed' }]);
    expect(storedRecord().outcome).toBe('failed');
    expect(storedRecord().reason).toContain(sentence);
  });

  it('looks again when listeners are shown late', async () => {
    await failAfterTestTraffic();
    scene.allowTestTraffic();
    const { sleep } = scene.clock;
    scene.clock.sleep = async (ms) => {
      await sleep.call(scene.clock, ms);
      scene.loadBalancing.forward('arn:listener/test', { [blueGroup.arn]: 100 });
    };

    await observe(rollbackId);

    expect(scene.workflow.answers).toMatchObject([{ error: 'DeploymentRolledBack' }]);
  });

  it('is told of the original by events of either deployment, once', async () => {
    await failAfterTestTraffic();

    await observe(deploymentId, 'FAILURE');
    await observe(rollbackId, 'SUCCESS');

    expect(scene.notifier.published).toHaveLength(1);
    expect(scene.workflow.answers).toHaveLength(1);
  });
});

describe('observeDeployment of a failure before Install', () => {
  it('ends as DeploymentFailed at once, without looking for a rollback', async () => {
    scene.deployments.change(deploymentId, { status: 'Failed' });
    scene.deployments.targets.set(
      deploymentId,
      deploymentTarget({ BeforeInstall: 'Failed', Install: 'Skipped' }),
    );

    await observe();

    expect(scene.workflow.answers).toMatchObject([{ error: 'DeploymentFailed' }]);
    expect(storedRecord().reason).toMatch(/^Failed before anything changed: BeforeInstall failed/);
    expect(scene.clock.sleeps).toEqual([]);
  });
});

describe('observeDeployment of what is none of its business', () => {
  it.each<[string, (scene: BlueGreenScene) => void, string]>([
    [
      'somebody else’s deployment',
      ({ deployments }) =>
        deployments.change(deploymentId, { status: 'Failed', description: 'by hand' }),
      'The deployment was not started by Greengate',
    ],
    ['a deployment in flight', () => undefined, 'The deployment is still in flight'],
    [
      'an unknown deployment',
      ({ deployments }) => deployments.deployments.clear(),
      `CodeDeploy knows no deployment ${deploymentId} and no original of it`,
    ],
  ])('ignores %s and logs why', async (_, arrange, reason) => {
    arrange(scene);
    const writes = scene.records.writes.length;

    await expect(observe()).resolves.toEqual({ kind: 'ignored', reason });

    expect(scene.records.writes).toHaveLength(writes);
    expect(scene.log.lines.at(-1)).toMatchObject({
      message: 'state change ignored',
      fields: { reason },
    });
  });

  it('leaves a deployment whose token is not stored yet to run-deployment', async () => {
    scene.deployments.add({
      deploymentId: 'd-EARLY0001',
      status: 'Failed',
      description: ownDescription,
    });

    await expect(observe('d-EARLY0001')).resolves.toEqual({
      kind: 'ignored',
      reason: 'No task waits for the deployment yet',
    });
  });

  it('ignores other events with the parser’s reason', async () => {
    const event = { kind: 'ignored', eventId: 'event-1', reason: 'not a state change' } as const;

    await expect(observeDeployment(event, scene)).resolves.toEqual({
      kind: 'ignored',
      reason: 'not a state change',
    });
  });
});
