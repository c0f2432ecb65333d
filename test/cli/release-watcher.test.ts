import { afterEach, describe, expect, it, vi } from 'vitest';
import { ReleaseWatcher } from '../../cli/rehearsal/release-watcher.ts';
import { createTestWorld } from '../support/simulator/fake-world.ts';

const executionArn = 'arn:aws:states:eu-west-1:111122223333:execution:greengate-deploy:one';

function prepare(objects: Record<string, unknown> = {}) {
  const world = createTestWorld({
    services: {
      s3: {
        getObject: (_bucket, key) =>
          key in objects ? Buffer.from(JSON.stringify(objects[key])) : undefined,
      },
    },
  });
  return { world, watcher: new ReleaseWatcher(world, 'records', 5_000) };
}

const ended = (fields: object) => ({ executionArn, status: 'FAILED' as const, ...fields });

afterEach(() => {
  vi.useRealTimers();
});

describe('ReleaseWatcher', () => {
  it('reads outcome and reason of a failed execution from its cause', async () => {
    const { world, watcher } = prepare();
    const cause = JSON.stringify({
      sentence: 'Rolled back: because',
      deploymentId: 'd-A',
      rollbackDeploymentId: 'd-B',
    });
    world.journal.record('execution.ended', ended({ error: 'DeploymentRolledBack', cause }));
    expect(await watcher.attempt(executionArn, 0)).toMatchObject({
      outcome: 'rolled-back',
      reason: 'Rolled back: because',
      deploymentId: 'd-A',
      rollbackDeploymentId: 'd-B',
    });
  });

  it('reads why preflight refused from what the function threw', async () => {
    const { world, watcher } = prepare();
    const cause = JSON.stringify({
      errorType: 'PreflightRefused',
      errorMessage: 'Preflight refused the release, 1 check is not good: alarms-ready: …',
      trace: [],
    });
    world.journal.record('execution.ended', ended({ error: 'PreflightRefused', cause }));
    expect(await watcher.attempt(executionArn, 0)).toMatchObject({
      outcome: 'refused',
      reason: 'Preflight refused the release, 1 check is not good: alarms-ready: …',
      deploymentId: null,
    });
  });

  it('takes any other error for a failure', async () => {
    const { world, watcher } = prepare();
    world.journal.record(
      'execution.ended',
      ended({ error: 'RollbackFailed', cause: 'plain text' }),
    );
    expect(await watcher.attempt(executionArn, 0)).toMatchObject({
      outcome: 'failed',
      reason: 'plain text',
      deploymentId: null,
    });
  });

  it('finds the rollout of a rolling update that failed, and its checks, on record', async () => {
    const check = { name: '/products', verdict: 'fail', sentence: 's' };
    const { world, watcher } = prepare({
      'pushes/event-1/shop.json': { deploymentId: 'ROLLOUT1' },
      'deployments/ROLLOUT1/record.json': { phases: [{ phase: 'during', checks: [check] }] },
    });
    const input = { eventId: 'event-1', service: 'shop' };
    world.journal.record('execution.started', { executionArn, name: 'one', input });
    const cause = JSON.stringify({ errorMessage: 'Rolled back: because' });
    world.journal.record('execution.ended', ended({ error: 'DeploymentRolledBack', cause }));

    expect(await watcher.attempt(executionArn, 0)).toMatchObject({
      outcome: 'rolled-back',
      deploymentId: 'ROLLOUT1',
      evidence: [{ lifecycleEvent: 'rollout-during', check: '/products', verdict: 'fail' }],
    });
  });

  it('lists evidence in the order of the lifecycle', async () => {
    const check = {
      name: 'c',
      verdict: 'pass',
      sentence: 's',
      expected: 'e',
      observed: 'o',
      samples: 1,
    };
    const { world, watcher } = prepare({
      'deployments/d-A/hooks/AfterInstall.json': { checks: [check] },
      'deployments/d-A/hooks/BeforeInstall.json': { checks: [check, check] },
    });
    const output = { outcome: 'deployed', reason: 'r', deploymentId: 'd-A' };
    world.journal.record('execution.ended', { executionArn, status: 'SUCCEEDED', output });
    const { evidence } = await watcher.attempt(executionArn, 0);
    expect(evidence.map(({ lifecycleEvent }) => lifecycleEvent)).toEqual([
      'BeforeInstall',
      'BeforeInstall',
      'AfterInstall',
    ]);
  });

  it('ignores what was there before, and waits for what comes', async () => {
    const { world, watcher } = prepare();
    world.journal.record('execution.ended', ended({ error: 'Old' }));
    const waiting = watcher.attempt(executionArn, 1);
    world.journal.record('execution.ended', ended({ error: 'New', cause: 'new' }));
    expect((await waiting).reason).toBe('new');
  });

  it('gives up with one sentence that says what holds the clock', async () => {
    vi.useFakeTimers();
    const { world, watcher } = prepare();
    const release = world.clock.hold('function greengate-run-deployment');
    const waiting = expect(watcher.attempt(executionArn, 0)).rejects.toThrow(
      'The rehearsal stalled: no execution.ended within 5 s of real time, in flight: function greengate-run-deployment',
    );
    await vi.advanceTimersByTimeAsync(5_000);
    await waiting;
    release();
  });

  it('waits on while something happens, as on a busy machine, and not for ever', async () => {
    vi.useFakeTimers();
    const { world, watcher } = prepare();
    const progress = { executionArn, state: 'RunDeployment' };
    const slow = watcher.attempt(executionArn, 0);
    const endless = expect(watcher.attempt('another', 0)).rejects.toThrow(
      'The rehearsal stalled: no execution.ended within 25 s of real time, nothing holds the clock',
    );
    for (let elapsedMs = 0; elapsedMs < 24_000; elapsedMs += 4_000) {
      await vi.advanceTimersByTimeAsync(4_000);
      world.journal.record('execution.state-exited', progress);
    }
    world.journal.record('execution.ended', ended({ error: 'Late', cause: 'late' }));
    expect((await slow).reason).toBe('late');
    await vi.advanceTimersByTimeAsync(1_000);
    await endless;
    expect(vi.getTimerCount()).toBe(0);
  });
});
