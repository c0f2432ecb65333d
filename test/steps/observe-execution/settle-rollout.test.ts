import { beforeEach, describe, expect, it } from 'vitest';
import { parseExecutionStatusChange } from '../../../functions/core/events/execution-status-change.ts';
import type { RolloutRecord } from '../../../functions/core/rolling/rollout-record.ts';
import { observeExecution } from '../../../functions/observe-execution/step.ts';
import { executionEvent } from '../../support/builders/execution-events.ts';
import { digestOf, execution, release, releaseRequest } from '../../support/builders/releases.ts';
import { rolloutArn } from '../../support/fakes/fake-service-deployments.ts';
import {
  newTaskDefinition,
  originalTaskDefinition,
  RollingScene,
} from '../../support/rolling-scene.ts';

const arn = rolloutArn('OURS');
const pushKey = `pushes/${releaseRequest().eventId}/shop.json`;
const intentKey = `pushes/${releaseRequest().eventId}/rollout/shop.json`;
const progress = {
  release: release(),
  taskDefinitionArn: newTaskDefinition,
  execution: execution(),
  phases: [],
  answers: { before: {}, since: {} },
};
const intent = { ...progress, attemptStartedAt: execution().startedAt };
const stopped = 'execution shop-222222222222-ab was stopped: Operator: wrong tag';
let scene: RollingScene;

/** A rollout of the execution goes forward, and ends once it is asked to go back. */
beforeEach(() => {
  scene = new RollingScene();
  scene.serviceDeployments.add({ arn, taskDefinitionArn: newTaskDefinition });
  scene.clock.duringSleep = () => {
    if (scene.serviceDeployments.stopped.length > 0) scene.end(arn, 'ROLLBACK_SUCCESSFUL');
  };
});

const observeEnd = (detail: Readonly<Record<string, unknown>> = {}) =>
  observeExecution(parseExecutionStatusChange(executionEvent(detail)), scene);
const record = () => scene.records.stored('deployments/OURS/record.json') as RolloutRecord;

describe('a rollout whose execution was stopped', () => {
  it('is stopped with rollback, verified, recorded and told of once', async () => {
    await scene.records.write('deployments/OURS/rollout.json', progress);

    await expect(observeEnd()).resolves.toEqual({ kind: 'concluding', deploymentId: 'OURS' });
    await expect(observeEnd()).resolves.toMatchObject({ kind: 'already-recorded' });

    expect(scene.serviceDeployments.stopped).toEqual([arn]);
    expect(record()).toMatchObject({
      outcome: 'rolled-back',
      reason: `Rolled back: ${stopped}`,
      stop: { cause: 'execution-stopped' },
    });
    expect(record().back?.checks.map(({ verdict }) => verdict)).toEqual(['pass', 'pass', 'pass']);
    expect(scene.records.stored(pushKey)).toMatchObject({ outcome: 'rolled-back' });
    expect(scene.notifier.published).toHaveLength(1);
  });

  it('is told of by the next who looks when the topic did not take it', async () => {
    await scene.records.write('deployments/OURS/rollout.json', progress);
    scene.notifier.failure = new Error('no topic');
    await observeEnd();
    scene.notifier.failure = undefined;

    await observeEnd();
    await observeEnd();

    expect(scene.notifier.published.map(({ subject }) => subject)).toEqual([
      'Greengate: shop v2 rolled-back',
    ]);
    expect(record()).toMatchObject({ notifiedAt: expect.any(String) });
  });

  it('is found without its own record by what the execution wanted', async () => {
    await scene.records.write(intentKey, intent);

    await expect(observeEnd()).resolves.toEqual({ kind: 'concluding', deploymentId: 'OURS' });

    expect(scene.serviceDeployments.stopped).toEqual([arn]);
    expect(record()).toMatchObject({ outcome: 'rolled-back', release: { tag: 'v2' } });
  });

  it.each([
    ['another execution', { ...intent, execution: execution({ executionName: 'by-kim' }) }],
    ['an earlier attempt', { ...intent, execution: execution({ redriveCount: 3 }) }],
    ['what is no intent', { ...intent, attemptStartedAt: 'soon' }],
  ])('is left alone when the intent is of %s', async (_, document) => {
    await scene.records.write(intentKey, document);

    await expect(observeEnd()).resolves.toEqual({ kind: 'recorded' });

    expect(scene.serviceDeployments.stopped).toEqual([]);
    expect(scene.records.stored(pushKey)).toMatchObject({ outcome: 'failed' });
  });

  it('stays in production when it had all of it, and the record says that nothing proved it', async () => {
    await scene.records.write('deployments/OURS/rollout.json', progress);
    scene.serviceDeployments.change(arn, { status: 'SUCCESSFUL' });
    scene.runs(newTaskDefinition, digestOf('2'));

    await observeEnd();

    expect(scene.serviceDeployments.stopped).toEqual([]);
    expect(record()).toMatchObject({ outcome: 'deployed', unproven: stopped });
  });

  describe('after its checks had failed in production', () => {
    const backArn = rolloutArn('BACK');
    const beginBack = (changes = {}) =>
      scene.serviceDeployments.add({
        arn: backArn,
        taskDefinitionArn: originalTaskDefinition,
        createdAtMs: Date.parse('2026-09-01T10:05:00Z'),
        ...changes,
      });
    const sentence = 'checks failed during the bake: GET /: 500';

    beforeEach(async () => {
      await scene.records.write('deployments/OURS/rollout.json', progress);
      await scene.records.write('deployments/OURS/stop-request.json', {
        cause: 'check-failed',
        sentence,
        requestedAt: '2026-09-01T10:04:00Z',
        evidence: [],
      });
      scene.serviceDeployments.change(arn, { status: 'SUCCESSFUL' });
      scene.runs(newTaskDefinition, digestOf('2'));
    });

    it('is followed to the end of the way back that its function has begun', async () => {
      scene.clock.duringSleep = () => {
        if (scene.serviceDeployments.rollouts.length === 1) beginBack();
        else scene.end(backArn, 'SUCCESSFUL');
      };

      await expect(observeEnd()).resolves.toEqual({ kind: 'concluding', deploymentId: 'OURS' });

      expect(record()).toMatchObject({
        outcome: 'rolled-back',
        reason: `Rolled back: ${sentence}`,
        rollbackDeploymentId: 'BACK',
      });
    });

    it('is looked at again while the way back goes on', async () => {
      scene.clock.duringSleep = () => undefined;
      beginBack();

      await expect(observeEnd()).rejects.toMatchObject({
        name: 'TransientAwsError',
        message: 'Rollout BACK, the way back of OURS, is IN_PROGRESS, expected it to end',
      });
    });

    it('is left to a newer release that has begun meanwhile', async () => {
      beginBack({ taskDefinitionArn: newTaskDefinition.replace(':4', ':5') });

      await observeEnd();

      expect(record()).toMatchObject({
        outcome: 'deployed',
        reason: expect.stringMatching(/not proven to the end: rollout BACK has taken its place/),
      });
    });

    it('is no success where nothing goes back', async () => {
      await observeEnd();

      expect(scene.serviceDeployments.started).toEqual([]);
      expect(record()).toMatchObject({
        outcome: 'failed',
        error: 'RollbackMissing',
        reason: `Not taken back, tasks of the release serve production: ${sentence}; nobody rolled the previous revision out again, as ${stopped}`,
      });
      expect(scene.notifier.published[0]?.subject).toMatch(/^ALARM Greengate: shop v2 failed/);
    });
  });

  it('is looked at again when its way back takes longer than one invocation', async () => {
    await scene.records.write('deployments/OURS/rollout.json', progress);
    scene.clock.duringSleep = () => undefined;

    await expect(observeEnd()).rejects.toMatchObject({
      name: 'TransientAwsError',
      message: 'Rollout OURS is ROLLBACK_IN_PROGRESS, expected its rollback to end',
    });
    expect(scene.notifier.published).toEqual([]);
  });

  it('of an execution that recorded its own end is not touched', async () => {
    await scene.records.write('deployments/OURS/rollout.json', progress);
    await scene.records.write(pushKey, {
      ...releaseRequest(),
      ...execution(),
      outcome: 'rolled-back',
      reason: 'Rolled back: because',
      deploymentId: 'OURS',
      recordedAt: '2026-09-01T10:04:00Z',
    });

    await expect(observeEnd()).resolves.toEqual({ kind: 'already-recorded' });
    expect(scene.serviceDeployments.stopped).toEqual([]);
  });
});
