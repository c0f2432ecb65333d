import { beforeEach, describe, expect, it } from 'vitest';
import { PermissionDeniedError, TransientAwsError } from '../../../functions/core/errors.ts';
import type { HookReport } from '../../../functions/core/hooks/hook-report.ts';
import { listenerPropagationMs } from '../../../functions/lifecycle-hook/await-propagation.ts';
import { runLifecycleHook } from '../../../functions/lifecycle-hook/step.ts';
import { BlueGreenScene, deploymentId } from '../../support/blue-green-scene.ts';
import { deploymentTarget } from '../../support/fakes/fake-deployments.ts';

const recordKey = `deployments/${deploymentId}/hooks/AfterAllowTestTraffic.json`;
const call = { deploymentId, hookExecutionId: 'hook-execution-1' };
let scene: BlueGreenScene;

beforeEach(() => {
  scene = new BlueGreenScene();
  scene.allowTestTraffic();
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

/** The event is in progress while it is judged, and over when the hook reports. */
function completeAsFailed(): void {
  const { deployments } = scene;
  const { reportHook } = deployments;
  deployments.reportHook = (...report) => {
    deployments.targets.set(deploymentId, deploymentTarget({ AfterAllowTestTraffic: 'Failed' }));
    return reportHook.apply(deployments, report);
  };
}

describe('runLifecycleHook', () => {
  it('reports Succeeded for a pass, after the record was written', async () => {
    const report = await run();

    expect(report).toMatchObject({ verdict: 'pass', service: 'shop', ...call });
    expect(scene.records.stored(recordKey)).toEqual(report);
    expect(scene.deployments.reports).toEqual([{ ...call, status: 'Succeeded' }]);
  });

  it('reports Failed for a failure and keeps the evidence', async () => {
    scene.answer(500);

    await run();

    expect(scene.deployments.reports).toEqual([{ ...call, status: 'Failed' }]);
    const stored = scene.records.stored(recordKey) as HookReport;
    expect(stored.checks.at(-1)?.evidence[0]).toEqual({ kind: 'statuses', counts: { '500': 20 } });
  });

  it('reports Failed with a sentence for a deployment group that is not configured', async () => {
    scene.deployments.change(deploymentId, { deploymentGroup: 'blog' });

    const report = await run();

    expect(report).toMatchObject({ verdict: 'error', service: undefined, checks: [] });
    expect(report.sentence).toContain(
      'no service with application "shop" and deployment group "blog"',
    );
    expect(scene.deployments.reports).toEqual([{ ...call, status: 'Failed' }]);
  });

  it('tries to report Failed for a deployment that CodeDeploy does not know', async () => {
    const report = await run({ deploymentId: 'd-ZZZZZZZZ9' });

    expect(report.sentence).toBe(
      'Cannot judge deployment d-ZZZZZZZZ9: CodeDeploy knows no deployment of that id',
    );
    expect(scene.deployments.reports).toMatchObject([{ status: 'Failed' }]);
  });

  it('reports Failed when the configuration itself cannot be read', async () => {
    const report = await runLifecycleHook(call, {
      lifecycleEvent: 'AfterAllowTestTraffic',
      judge: () => {
        throw new Error('Cannot read the compiled configuration');
      },
      clock: scene.clock,
      signal: scene.signal,
      reports: scene.deployments,
      records: scene.records,
      notifier: scene.notifier,
      region: () => 'eu-central-1',
      log: scene.log,
    });

    expect(report.verdict).toBe('error');
    expect(scene.deployments.reports).toEqual([{ ...call, status: 'Failed' }]);
  });

  it('reports Failed when an AWS call is refused', async () => {
    scene.alarms.states = () => Promise.reject(new PermissionDeniedError('Not permitted'));
    scene.check('afterAllowTestTraffic', {
      type: 'alarms',
      names: ['shop-5xx'],
      allowInconclusive: false,
    });

    expect(await run()).toMatchObject({ verdict: 'error', sentence: 'Not permitted' });
  });

  it('repeats a throttled call instead of failing the release for it', async () => {
    const { targetHealth } = scene.loadBalancing;
    let calls = 0;
    scene.loadBalancing.targetHealth = (arn) => {
      calls += 1;
      return calls < 3
        ? Promise.reject(new TransientAwsError('Rate exceeded'))
        : targetHealth.call(scene.loadBalancing, arn);
    };

    await run();

    expect(scene.deployments.reports).toEqual([{ ...call, status: 'Succeeded' }]);
    expect(calls).toBe(3);
    expect(scene.clock.sleeps.slice(2)).toEqual([listenerPropagationMs]);
  });

  it('reports Failed when calls stay throttled', async () => {
    scene.loadBalancing.targetHealth = () => Promise.reject(new TransientAwsError('Rate exceeded'));

    expect(await run()).toMatchObject({ verdict: 'error', sentence: 'Rate exceeded' });
    expect(scene.deployments.reports).toEqual([{ ...call, status: 'Failed' }]);
  });

  it('tries to report for as long as it can', async () => {
    const { reportHook } = scene.deployments;
    let tries = 0;
    scene.deployments.reportHook = (...report) => {
      tries += 1;
      return tries < 4
        ? Promise.reject(new TransientAwsError('Rate exceeded'))
        : reportHook.apply(scene.deployments, report);
    };

    await run();

    expect(scene.deployments.reports).toEqual([{ ...call, status: 'Succeeded' }]);
    expect(scene.clock.sleeps).toEqual([listenerPropagationMs, 1_000, 3_000, 6_000]);
  });

  it('does not stand in the way of a rollback, which has no replacement to judge', async () => {
    scene.deployments.change(deploymentId, {
      creator: 'codeDeployRollback',
      rollbackTriggeringDeploymentId: 'd-FAILED001',
    });
    scene.answer(500);

    const report = await run();

    expect(report).toMatchObject({ verdict: 'pass', service: 'shop' });
    expect(report.checks.map(({ sentence }) => sentence)).toEqual([
      'd-AAAAAAAA1 rolls back d-FAILED001: nothing new to judge, the rollback is verified at its end',
    ]);
    expect(scene.deployments.reports).toEqual([{ ...call, status: 'Succeeded' }]);
  });

  it('reports Failed before the deadline though the work ignores its signal', async () => {
    scene.probe.answer = () => new Promise(() => scene.abort.abort());

    const report = await run();

    expect(report).toMatchObject({
      verdict: 'inconclusive',
      sentence: 'The checks did not end before the time for the report',
    });
    expect(scene.deployments.reports).toEqual([{ ...call, status: 'Failed' }]);
  });

  it('reports Failed at once when the time was up before it began', async () => {
    scene.abort.abort();
    scene.deployments.get = () => new Promise(() => undefined);

    expect((await run()).verdict).toBe('inconclusive');
    expect(scene.deployments.reports).toHaveLength(1);
  });

  it('still reports when records can be neither read nor written', async () => {
    scene.records.failure = new TransientAwsError('S3 is slow');

    await run();

    expect(scene.deployments.reports).toEqual([{ ...call, status: 'Succeeded' }]);
    expect(scene.log.messages('error')).toEqual(['hook record not written']);
  });

  it('invoked again after its report failed reuses the verdict instead of probing twice', async () => {
    scene.deployments.reportFailure = new TransientAwsError('throttled');
    await expect(run()).rejects.toThrow('throttled');
    scene.deployments.reportFailure = undefined;
    scene.answer(500);

    const report = await run();

    expect(report.verdict).toBe('pass');
    expect(scene.probe.requests).toHaveLength(20);
    expect(scene.deployments.reports).toEqual([{ ...call, status: 'Succeeded' }]);
  });

  it('of another execution judges anew, although a record is there', async () => {
    await run();
    scene.answer(500);

    const report = await run({ hookExecutionId: 'hook-execution-2' });

    expect(report.verdict).toBe('fail');
  });

  it('delivered twice succeeds when the event is completed with its own verdict', async () => {
    await run();
    scene.deployments.targets.set(
      deploymentId,
      deploymentTarget({ AfterAllowTestTraffic: 'Succeeded' }),
    );

    await expect(run()).resolves.toMatchObject({ verdict: 'pass' });
    expect(scene.deployments.reports).toHaveLength(1);
  });

  it.each(['Stopped', 'Failed'])(
    'has nobody to report to once the deployment is %s',
    async (status) => {
      scene.deployments.completedHooks.add(call.hookExecutionId);
      scene.deployments.change(deploymentId, { status });
      completeAsFailed();

      await expect(run()).resolves.toMatchObject({ verdict: 'pass' });
    },
  );

  it('fails when the event is completed with another verdict than its own', async () => {
    scene.deployments.completedHooks.add(call.hookExecutionId);
    completeAsFailed();

    await expect(run()).rejects.toThrow(
      'Cannot report Succeeded for AfterAllowTestTraffic of d-AAAAAAAA1: it is completed as Failed already',
    );
  });
});
