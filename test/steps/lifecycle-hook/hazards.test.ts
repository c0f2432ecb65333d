import { beforeEach, describe, expect, it } from 'vitest';
import {
  InvalidEventError,
  PermissionDeniedError,
  TransientAwsError,
} from '../../../functions/core/errors.ts';
import { parseHookPayload } from '../../../functions/core/hooks/parse-hook-payload.ts';
import { listenerPropagationMs } from '../../../functions/lifecycle-hook/await-propagation.ts';
import { runLifecycleHook } from '../../../functions/lifecycle-hook/step.ts';
import { BlueGreenScene, deploymentId } from '../../support/blue-green-scene.ts';
import { deployment, deploymentTarget } from '../../support/fakes/fake-deployments.ts';

const recordKey = `deployments/${deploymentId}/hooks/AfterAllowTestTraffic.json`;
const call = { deploymentId, hookExecutionId: 'hook-execution-1' };
let scene: BlueGreenScene;

beforeEach(() => {
  scene = new BlueGreenScene();
  scene.allowTestTraffic();
  event('InProgress');
});

const run = (changes: Partial<typeof call> = {}) =>
  runLifecycleHook(
    { ...call, ...changes },
    {
      lifecycleEvent: 'AfterAllowTestTraffic',
      judge: () => scene,
      clock: scene.clock,
      signal: scene.signal,
      reports: scene.deployments,
      records: scene.records,
      notifier: scene.notifier,
      region: () => 'eu-central-1',
      log: scene.log,
    },
  );

function event(status: string): void {
  scene.deployments.targets.set(deploymentId, deploymentTarget({ AfterAllowTestTraffic: status }));
}

const failed = [{ ...call, status: 'Failed' }];
const succeeded = [{ ...call, status: 'Succeeded' }];

/** What may go wrong around a hook: always a report when one is possible, always the truth. */
describe('a hook', () => {
  it('deadline near: keeps what it has and reports Failed, never Succeeded for want of time', async () => {
    scene.abort.abort();

    const report = await run();

    expect(report.verdict).toBe('inconclusive');
    expect(scene.records.stored(recordKey)).toMatchObject({ verdict: 'inconclusive' });
    expect(scene.deployments.reports).toEqual(failed);
  });

  it('probe hangs: reports Failed although the probe neither answers nor heeds the signal', async () => {
    scene.probe.answer = () => new Promise(() => scene.abort.abort());

    const report = await run();

    expect(report.sentence).toBe('The checks did not end before the time for the report');
    expect(scene.deployments.reports).toEqual(failed);
  });

  it('report throttled: tries on within its reserve, and judges only once', async () => {
    const { reportHook } = scene.deployments;
    let tries = 0;
    scene.deployments.reportHook = (...report) => {
      tries += 1;
      return tries <= 3
        ? Promise.reject(new TransientAwsError('Rate exceeded'))
        : reportHook.apply(scene.deployments, report);
    };

    await run();

    expect(scene.deployments.reports).toEqual(succeeded);
    expect(scene.clock.sleeps).toEqual([listenerPropagationMs, 1_000, 3_000, 6_000]);
    expect(scene.probe.requests).toHaveLength(20);
  });

  it('report refused: fails at once, so that Lambda invokes it again, and then only reports', async () => {
    scene.deployments.reportFailure = new PermissionDeniedError('Not permitted to report');

    await expect(run()).rejects.toThrow('Not permitted to report');
    expect(scene.clock.sleeps).toEqual([listenerPropagationMs]);
    expect(scene.records.stored(recordKey)).toMatchObject({ verdict: 'pass' });
    scene.deployments.reportFailure = undefined;
    scene.answer(500);
    await run();

    expect(scene.deployments.reports).toEqual(succeeded);
  });

  it('invoked twice: judges once and reports once, the second meets its own report', async () => {
    await run();
    event('Succeeded');
    scene.answer(500);

    const second = await run();

    expect(second.verdict).toBe('pass');
    expect(scene.probe.requests).toHaveLength(20);
    expect(scene.deployments.reports).toEqual(succeeded);
  });

  it.each([
    ["after CodeDeploy's hour", 'Failed'],
    ['after a stop', 'Stopped'],
  ])('invoked late, %s: judges nothing and does not say that it passed', async (_, status) => {
    scene.deployments.change(deploymentId, { status });
    scene.deployments.completedHooks.add(call.hookExecutionId);
    event('Failed');

    const report = await run();

    expect(report.verdict).not.toBe('pass');
    expect(scene.probe.requests).toEqual([]);
    expect(scene.deployments.reports).toEqual([]);
  });

  it.each([
    ['no object', null],
    ['empty', {}],
    ['another service’s event', { detail: { deploymentId } }],
    ['an id of another kind', { DeploymentId: 'x', LifecycleEventHookExecutionId: 'hook-1' }],
    ['no execution id', { DeploymentId: deploymentId }],
  ])('payload unknown, %s: has nobody to report to and says so', (_, payload) => {
    expect(() => parseHookPayload(payload)).toThrow(InvalidEventError);
  });

  it('service not configured: reports Failed and says which group it is', async () => {
    scene.deployments.deployments.set(
      deploymentId,
      deployment({ deploymentId, deploymentGroup: 'blog' }),
    );

    const report = await run();

    expect(report.sentence).toContain('no service with application "shop" and deployment group');
    expect(scene.deployments.reports).toEqual(failed);
  });
});
