import { beforeEach, describe, expect, it } from 'vitest';
import type { ApprovalRequest } from '../../../functions/core/approval/approval-request.ts';
import { PermissionDeniedError, TransientAwsError } from '../../../functions/core/errors.ts';
import type { HookLifecycleEvent } from '../../../functions/core/lifecycle-events.ts';
import { runLifecycleHook } from '../../../functions/lifecycle-hook/step.ts';
import { BlueGreenScene, deploymentId } from '../../support/blue-green-scene.ts';
import { httpCheck } from '../../support/builders/checks.ts';
import { configOf, serviceConfig } from '../../support/builders/releases.ts';
import { deploymentTarget } from '../../support/fakes/fake-deployments.ts';

const call = { deploymentId, hookExecutionId: 'hook-execution-1' };
const key = `deployments/${deploymentId}/approval.json`;
let scene: BlueGreenScene;

beforeEach(() => {
  scene = new BlueGreenScene();
  scene.config = configOf(serviceConfig({ approval: { required: true, timeoutMinutes: 30 } }));
  scene.check('afterAllowTestTraffic', httpCheck({ requests: 20 }));
  scene.allowTestTraffic();
});

const run = (lifecycleEvent: HookLifecycleEvent = 'BeforeAllowTraffic') =>
  runLifecycleHook(call, {
    lifecycleEvent,
    judge: () => scene,
    clock: scene.clock,
    signal: scene.signal,
    reports: scene.deployments,
    records: scene.records,
    notifier: scene.notifier,
    region: () => 'eu-central-1',
    log: scene.log,
  });

const kept = () => scene.records.stored(key) as ApprovalRequest;

describe('BeforeAllowTraffic of a service that wants approval', () => {
  it('asks instead of reporting when the checks pass', async () => {
    const began = deploymentTarget({ BeforeAllowTraffic: 'InProgress' });
    const startedAtMs = scene.clock.now() - 60_000;
    scene.deployments.targets.set(deploymentId, {
      ...began,
      lifecycleEvents: began.lifecycleEvents.map((event) => ({ ...event, startedAtMs })),
    });

    const report = await run();

    expect(report).toMatchObject({ verdict: 'pass', awaitsApproval: { timeoutMinutes: 30 } });
    expect(scene.deployments.reports).toEqual([]);
    expect(scene.notifier.published).toHaveLength(1);
    expect(scene.notifier.published[0]?.message).toContain(
      '--lifecycle-event-hook-execution-id hook-execution-1 --status Succeeded',
    );
    expect(kept()).toMatchObject({
      ...call,
      service: 'shop',
      expiresAt: new Date(startedAtMs + 30 * 60_000).toISOString(),
      notifiedAt: expect.any(String),
    });
  });

  it('invoked twice neither reports nor asks twice', async () => {
    await run();
    const asked = kept();
    scene.clock.advance(60_000);

    await run();

    expect(scene.notifier.published).toHaveLength(1);
    expect(scene.deployments.reports).toEqual([]);
    expect(kept()).toEqual(asked);
  });

  it('invoked twice at the same moment asks once', async () => {
    await Promise.all([run(), run()]);

    expect(scene.notifier.published).toHaveLength(1);
    expect(scene.deployments.reports).toEqual([]);
  });

  it('invoked again after a crash before the notification asks then', async () => {
    await run();
    const { notifiedAt: _, ...unasked } = kept();
    await scene.records.write(key, unasked);
    await run();
    // Who claimed it may be about to ask; Lambda's own retry comes after a minute.
    expect(scene.notifier.published).toHaveLength(1);
    scene.clock.advance(60_000);

    await run();

    expect(scene.notifier.published).toHaveLength(2);
    expect(scene.deployments.reports).toEqual([]);
    expect(kept()).toHaveProperty('notifiedAt');
  });

  it('reports Failed at once when the checks do not pass', async () => {
    scene.answer(500);

    await run();

    expect(scene.deployments.reports).toEqual([{ ...call, status: 'Failed' }]);
    expect(scene.notifier.published).toEqual([]);
    expect(scene.records.stored(key)).toBeUndefined();
  });

  it('reports Failed with the reason when nobody can be asked', async () => {
    scene.notifier.failure = new PermissionDeniedError('Not permitted to publish');

    const report = await run();

    const sentence =
      'BeforeAllowTraffic passed, but nobody could be asked for approval: Not permitted to publish';
    expect(report).toMatchObject({ verdict: 'error', sentence });
    expect(scene.deployments.reports).toEqual([{ ...call, status: 'Failed' }]);
    expect(
      scene.records.stored(`deployments/${deploymentId}/hooks/BeforeAllowTraffic.json`),
    ).toMatchObject({ verdict: 'error', sentence });
  });

  it('tries to ask for some seconds', async () => {
    const { notifier } = scene;
    const publish = notifier.publish.bind(notifier);
    let tries = 0;
    notifier.publish = (notification) => {
      tries += 1;
      return tries < 3
        ? Promise.reject(new TransientAwsError('Rate exceeded'))
        : publish(notification);
    };

    await run();

    expect(notifier.published).toHaveLength(1);
    expect(scene.deployments.reports).toEqual([]);
  });

  it('asks though records can be neither read nor written', async () => {
    scene.records.failure = new TransientAwsError('S3 is slow');

    await run();

    expect(scene.notifier.published).toHaveLength(1);
    expect(scene.deployments.reports).toEqual([]);
  });

  it('asks nobody about a rollback', async () => {
    scene.deployments.change(deploymentId, {
      creator: 'codeDeployRollback',
      rollbackTriggeringDeploymentId: 'd-FAILED001',
    });

    await run();

    expect(scene.deployments.reports).toEqual([{ ...call, status: 'Succeeded' }]);
    expect(scene.notifier.published).toEqual([]);
  });

  it('holds no other lifecycle event', async () => {
    await run('AfterAllowTestTraffic');

    expect(scene.deployments.reports).toEqual([{ ...call, status: 'Succeeded' }]);
  });
});
