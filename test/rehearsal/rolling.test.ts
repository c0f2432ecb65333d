import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { StopExecutionCommand } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rollingSample } from '../../cli/rehearsal/strategies.ts';
import type { RolloutRecord } from '../../functions/core/rolling/rollout-record.ts';
import type { PushRecord } from '../../functions/core/workflow/push-record.ts';
import { countSince, type OpenSample, openSample } from '../support/simulator/open-sample.ts';
import { ungrantedCalls } from './granted-actions.ts';

const limitMs = 240_000;
let sample: OpenSample;
let inventory: Server;
/** Whether the service that the release depends on answers. */
let inventoryWorks = true;

beforeAll(async () => {
  sample = await openSample({
    target: rollingSample,
    // The circuit breaker is to be seen at work, which needs three failures here.
    failFast: { stoppedTasks: 100, logLines: 5 },
  });
  inventory = createServer((_, response) => {
    response.writeHead(inventoryWorks ? 200 : 500).end();
  });
  await new Promise<void>((listening) => inventory.listen(0, '127.0.0.1', listening));
}, limitMs);

afterAll(async () => {
  inventory?.close();
  await sample?.stop();
});

const journal = () => sample.simulator.world.journal;

/** The record of the push that was started last, and that of its rollout. */
function records(): { readonly push: PushRecord; readonly rollout: RolloutRecord } {
  const input = journal().of('execution.started').at(-1)?.input as { readonly eventId: string };
  const push = sample.watcher.record(`pushes/${input.eventId}/shop.json`) as PushRecord;
  const rollout = sample.watcher.record(`deployments/${push.deploymentId}/record.json`);
  return { push, rollout: rollout as RolloutRecord };
}

/** Images of the tasks that run now, as the digests that they were pulled by. */
function runningDigests(): string[] {
  const stopped = new Set(
    journal()
      .of('task.stopped')
      .map(({ taskArn }) => taskArn),
  );
  const running = journal()
    .of('task.started')
    .filter(({ taskArn }) => !stopped.has(taskArn));
  return [...new Set(running.map(({ imageDigest }) => imageDigest))];
}

describe('a rolling update', { timeout: limitMs }, () => {
  it('takes a healthy release to production and counts answers by release', async () => {
    const release = await sample.release('v2');
    expect(release).toMatchObject({ status: 'SUCCEEDED', outcome: 'deployed' });

    const record = records().rollout;
    expect(record.rollout.status).toBe('SUCCESSFUL');
    expect(record.phases.map(({ phase, verdict }) => `${phase} ${verdict}`)).toEqual(
      expect.arrayContaining(['before pass', 'after pass', 'bake pass']),
    );
    expect(Object.keys(record.answers.before)).toEqual(['v1']);
    expect(record.answers.since.v2?.requests).toBeGreaterThan(0);
    expect(record.notJudged).toEqual(['replacement against original']);
  });

  it('deploys a tag that was pushed again, because the digest is what is deployed', async () => {
    const before = runningDigests();
    const release = await sample.release('v2', { VERSION: 'v2-again' });
    expect(release.outcome).toBe('deployed');
    expect(runningDigests()).not.toEqual(before);
  });

  it('goes back by hand to the release before, and forth again by its digest', async () => {
    const before = runningDigests();
    const { digest } = (journal().of('execution.started').at(-1)?.input ?? {}) as {
      readonly digest?: string;
    };
    const back = await sample.start({ service: 'shop', action: 'rollback' });
    expect(back.outcome).toBe('deployed');
    expect(back.reason).toContain('Deployed: v2 (');
    expect(runningDigests()).not.toEqual(before);
    expect(
      sample.watcher.record(`pushes/hand-${back.executionArn.split(':').at(-1)}/shop.json`),
    ).toMatchObject({ outcome: 'deployed', byHand: 'rollback' });

    const forth = await sample.start({ service: 'shop', image: `team/shop@${digest}` });
    expect(forth.outcome).toBe('deployed');
    expect(runningDigests()).toEqual(before);
    expect(ungrantedCalls(sample.simulator)).toEqual([]);
  });

  it('stops a release that fails its checks while it rolls out, and verifies the way back', async () => {
    const before = runningDigests();
    const release = await sample.release('v3', { OMIT_FIELD: 'price', VERSION: 'v3' });
    expect(release).toMatchObject({ error: 'DeploymentRolledBack', outcome: 'rolled-back' });
    expect(release.reason).toMatch(
      /^Rolled back: checks failed during the rollout: GET \/products/,
    );
    expect(runningDigests()).toEqual(before);

    const record = records().rollout;
    expect(record.rollout.status).toBe('ROLLBACK_SUCCESSFUL');
    expect(record.back?.checks.map(({ name, verdict }) => `${name} ${verdict}`)).toEqual([
      'service deployment pass',
      'running tasks pass',
      'production answers pass',
    ]);
  });

  it('follows the circuit breaker back, with the reason of the stopped tasks', async () => {
    const release = await sample.release('v4', { CRASH_AFTER_MS: '1' });
    expect(release).toMatchObject({ error: 'DeploymentRolledBack', outcome: 'rolled-back' });
    expect(release.reason).toMatch(
      /circuit breaker.*, 3 tasks failed, the last one: Essential container in task exited, exit code 1, container app/,
    );
  });

  it('redeploys the previous revision when the release fails in its bake', async () => {
    const before = runningDigests();
    const { port } = inventory.address() as AddressInfo;
    const fromSeq = journal().entries.length;
    const unsubscribe = journal().subscribe((entry) => {
      const over =
        'detail' in entry && JSON.stringify(entry.detail).includes('DEPLOYMENT_COMPLETED');
      if (over && entry.seq >= fromSeq) inventoryWorks = false;
    });
    const release = await sample.release('v5', { INVENTORY_URL: `http://127.0.0.1:${port}` });
    unsubscribe();
    inventoryWorks = true;

    expect(release).toMatchObject({ error: 'DeploymentRolledBack', outcome: 'rolled-back' });
    expect(release.reason).toMatch(
      /^Rolled back: checks failed (after the rollout|during the bake)/,
    );
    expect(runningDigests()).toEqual(before);
    const record = records().rollout;
    expect(record.rollout.status).toBe('SUCCESSFUL');
    expect(record.back?.rollout?.status).toBe('SUCCESSFUL');
  });

  it('goes back to the release that it waited for, not to the one before that', async () => {
    const { digest, fromSeq } = await sample.push('v6', { VERSION: 'v6' });
    const { imageDigest } = await sample.watcher.entry('task.started', fromSeq, () => true);
    const waiting = await sample.release('v7', { OMIT_FIELD: 'price', VERSION: 'v7' });

    expect(waiting).toMatchObject({ error: 'DeploymentRolledBack', outcome: 'rolled-back' });
    expect(records().rollout.back?.checks.map(({ verdict }) => verdict)).toEqual([
      'pass',
      'pass',
      'pass',
    ]);
    expect(runningDigests()).toEqual([imageDigest]);
    const { executionArn } = await sample.watcher.execution(fromSeq, digest);
    expect((await sample.watcher.attempt(executionArn, fromSeq)).outcome).toBe('deployed');
  });

  it('stops the rollout with rollback when somebody stops the execution', async () => {
    const before = runningDigests();
    const { digest, fromSeq } = await sample.push('v8', { VERSION: 'v8' });
    const { executionArn } = await sample.watcher.execution(fromSeq, digest);
    await sample.watcher.entry('task.started', fromSeq, () => true);
    await sample.states.send(new StopExecutionCommand({ executionArn, cause: 'wrong tag' }));
    await sample.watcher.entry('notification.published', fromSeq, () => true);

    expect(records().push).toMatchObject({
      outcome: 'rolled-back',
      reason: expect.stringMatching(/^Rolled back: execution shop-\w+-\w+ was stopped: wrong tag$/),
    });
    expect(runningDigests()).toEqual(before);
    await sample.simulator.world.clock.sleep(600_000);
    expect(countSince(sample, 'notification.published', fromSeq)).toBe(1);
  });
});
