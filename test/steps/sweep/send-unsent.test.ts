import { beforeEach, describe, expect, it } from 'vitest';
import { parseExecutionStatusChange } from '../../../functions/core/events/execution-status-change.ts';
import { notifyOnce } from '../../../functions/core/notification/notify-once.ts';
import { observeExecution } from '../../../functions/observe-execution/step.ts';
import { sendUnsent } from '../../../functions/sweep/send-unsent.ts';
import { type BlueGreenScene, deploymentId } from '../../support/blue-green-scene.ts';
import { executionEvent } from '../../support/builders/execution-events.ts';
import { execution, releaseRequest } from '../../support/builders/releases.ts';
import { observe, observedScene, recordKey } from '../observe-deployment/observed-scene.ts';

const claimKey = `deployments/${deploymentId}/notification.json`;
const minuteMs = 60_000;
let scene: BlueGreenScene;

beforeEach(async () => {
  scene = await observedScene();
  scene.notifier.failure = new Error('no topic');
});

/** A success of which people could not be told; nothing else comes here again. */
async function succeedUntold(): Promise<void> {
  scene.deployments.change(deploymentId, { status: 'Succeeded' });
  await observe(scene, deploymentId, 'SUCCESS');
  expect(scene.workflow.answers).toMatchObject([{ kind: 'success' }]);
}

const subjects = () => scene.notifier.published.map(({ subject }) => subject);

describe('a notification that the topic did not take', () => {
  it('of a success is told by the next sweep, once, and noted in the record', async () => {
    await succeedUntold();
    const failedAt = new Date(scene.clock.now()).toISOString();
    scene.notifier.failure = undefined;
    scene.clock.advance(10 * minuteMs);

    await expect(sendUnsent(scene)).resolves.toEqual(['Greengate: shop v2 deployed']);
    await expect(sendUnsent(scene)).resolves.toEqual([]);

    expect(subjects()).toEqual(['Greengate: shop v2 deployed']);
    expect(scene.notifier.published[0]?.message).toMatch(
      new RegExp(`\\n\\nLate: the topic did not take this at ${failedAt}$`),
    );
    expect(scene.records.stored(recordKey)).toMatchObject({
      outcome: 'deployed',
      notifiedAt: new Date(scene.clock.now()).toISOString(),
    });
  });

  it('is told once by two sweeps at the same moment', async () => {
    await succeedUntold();
    scene.notifier.failure = undefined;

    const told = await Promise.all([sendUnsent(scene), sendUnsent(scene)]);

    expect(told.flat()).toHaveLength(1);
    expect(subjects()).toHaveLength(1);
  });

  it('is tried again at every sweep until the topic takes it, also past midnight', async () => {
    scene.clock.advance(Date.parse('2026-09-01T23:55:00Z') - scene.clock.now());
    await succeedUntold();
    for (let sweeps = 0; sweeps < 3; sweeps++) {
      scene.clock.advance(10 * minuteMs);
      await expect(sendUnsent(scene)).resolves.toEqual([]);
    }
    scene.notifier.failure = undefined;

    await expect(sendUnsent(scene)).resolves.toEqual(['Greengate: shop v2 deployed']);
    // What was said once too late is not said three times too late.
    expect(scene.notifier.published[0]?.message.match(/Late:/g)).toHaveLength(1);
  });

  it('is given up after two days', async () => {
    await succeedUntold();
    scene.notifier.failure = undefined;
    scene.clock.advance(48 * 60 * minuteMs);

    await expect(sendUnsent(scene)).resolves.toEqual([]);
  });

  it('is not repeated when an observer told it meanwhile', async () => {
    await succeedUntold();
    scene.notifier.failure = undefined;
    await observe(scene, deploymentId, 'SUCCESS');

    await expect(sendUnsent(scene)).resolves.toEqual([]);

    expect(subjects()).toEqual(['Greengate: shop v2 deployed']);
  });

  it('is overtaken by a later one under its key', async () => {
    const tell = (occasion: string) =>
      notifyOnce(claimKey, occasion, { subject: occasion, message: occasion }, scene);
    await tell('redrive 0');
    scene.notifier.failure = undefined;
    await tell('redrive 1');

    await expect(sendUnsent(scene)).resolves.toEqual([]);

    expect(subjects()).toEqual(['redrive 1']);
  });

  it('is not noted in a record that was written anew since', async () => {
    await succeedUntold();
    const record = scene.records.stored(recordKey) as Record<string, unknown>;
    await scene.records.write(recordKey, { ...record, recordedAt: '2026-09-02T00:00:00.000Z' });
    scene.notifier.failure = undefined;

    await sendUnsent(scene);

    expect(scene.records.stored(recordKey)).not.toHaveProperty('notifiedAt');
  });

  it.each([
    ['of another key', { claimKey: 'deployments/d-A/record.json' }],
    [
      'that notes elsewhere',
      { notedIn: { key: 'sweep/shop.json', recordedAt: '2026-09-01T10:00:00Z' } },
    ],
    ['with a subject of two lines', { notification: { subject: 'a\nb', message: 'm' } }],
    ['without a message', { notification: { subject: 'a' } }],
    ['that is a text', 'deployments'],
  ])('%s is none of ours', async (_, changes) => {
    scene.notifier.failure = undefined;
    const sound = {
      claimKey,
      occasion: 'deployment ended',
      notification: { subject: 'a', message: 'm' },
      failedAt: '2026-09-01T10:00:00.000Z',
    };
    const document = typeof changes === 'string' ? changes : { ...sound, ...changes };
    const day = new Date(scene.clock.now()).toISOString().slice(0, 10);
    await scene.records.write(`pushes/unsent/${day}/forged.json`, document);

    await expect(sendUnsent(scene)).resolves.toEqual([]);

    await scene.records.write(`pushes/unsent/${day}/forged.json`, sound);
    await expect(sendUnsent(scene)).resolves.toEqual(['a']);
  });
});

describe('a refusal that preflight could not tell', () => {
  const { eventId } = releaseRequest();
  const preflightKey = `pushes/${eventId}/preflight/shop.json`;
  const ended = () =>
    observeExecution(
      parseExecutionStatusChange(executionEvent({ status: 'FAILED', error: 'PreflightRefused' })),
      scene,
    );

  beforeEach(async () => {
    scene.notifier.failure = undefined;
    scene.deployments.deployments.clear();
    await scene.records.write(`pushes/${eventId}/shop.json`, {
      ...releaseRequest(),
      ...execution(),
      outcome: 'refused',
      reason: 'Preflight refused the release',
      recordedAt: '2026-09-01T10:00:00Z',
    });
    const finding = { check: 'tag-unmoved', title: 'The tag has not moved', warnOnly: false };
    await scene.records.write(preflightKey, {
      ...releaseRequest(),
      ...execution(),
      passed: false,
      sentence: 'Preflight refused the release',
      findings: [
        { ...finding, status: 'NG', expected: 'a', observed: 'b', remedy: 'Push tag v2 again' },
      ],
      durationMs: 5,
      recordedAt: '2026-09-01T10:00:00Z',
    });
  });

  it('is told with its remedies by who hears of the end, once', async () => {
    await ended();
    await ended();

    expect(scene.notifier.published).toMatchObject([
      {
        subject: 'Greengate: shop v2 refused',
        message: expect.stringContaining('remedy    Push tag v2 again'),
      },
    ]);
  });

  it('is told without them where the findings are of another attempt', async () => {
    const record = scene.records.stored(preflightKey) as object;
    await scene.records.write(preflightKey, { ...record, redriveCount: 7 });

    await ended();

    expect(subjects()).toEqual(['Greengate: shop v2 refused']);
    expect(scene.notifier.published[0]?.message).not.toContain('remedy');
  });

  it('is not told again when preflight told it', async () => {
    const { executionName } = execution();
    await notifyOnce(
      `pushes/${eventId}/notification/shop.json`,
      `${executionName} redrive 0 ended`,
      { subject: 'Greengate: shop v2 refused', message: 'by preflight' },
      scene,
    );

    await ended();

    expect(scene.notifier.published.map(({ message }) => message)).toEqual(['by preflight']);
  });
});
