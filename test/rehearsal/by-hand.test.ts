import { StartExecutionCommand } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countSince, type OpenSample, openSample } from '../support/simulator/open-sample.ts';
import { ungrantedCalls } from './granted-actions.ts';

const limitMs = 180_000;
const digests: Record<string, string> = {};
let sample: OpenSample;

/** v2 and v3 are deployed one after the other, and v3 still keeps its original. */
beforeAll(async () => {
  sample = await openSample();
  for (const tag of ['v2', 'v3']) {
    const { digest, fromSeq } = await sample.push(tag);
    const { executionArn } = await sample.watcher.execution(fromSeq, digest);
    expect(await sample.watcher.attempt(executionArn, fromSeq)).toMatchObject({
      outcome: 'deployed',
    });
    digests[tag] = digest;
  }
}, limitMs);

afterAll(() => sample?.stop());

const journal = () => sample.simulator.world.journal;
const recordOf = (executionName: string) =>
  sample.watcher.record(`pushes/hand-${executionName}/shop.json`);

describe('a release that a person chooses', { timeout: limitMs }, () => {
  it('goes back to the one before, and no sweep brings the newest again', async () => {
    const fromSeq = journal().entries.length;
    const { outcome, reason, executionArn } = await sample.start({
      service: 'shop',
      action: 'rollback',
    });

    expect(outcome).toBe('deployed');
    expect(reason).toContain(`runs v2 (${digests.v2?.slice(0, 19)}`);
    expect(recordOf(executionArn.split(':').at(-1) ?? '')).toMatchObject({
      outcome: 'deployed',
      tag: 'v2',
      digest: digests.v2,
      force: true,
      byHand: 'rollback',
    });
    await sample.simulator.world.clock.sleep(30 * 60_000);
    expect(countSince(sample, 'execution.started', fromSeq)).toBe(1);
  });

  it('is refused where nothing is left to go back to', async () => {
    const { outcome, reason, executionArn } = await sample.start({
      service: 'shop',
      action: 'rollback',
    });

    expect(reason).toMatch(
      /^Cannot roll "shop" back: no release before the running one \(sha256:\w{12}\) is on record/,
    );
    expect(outcome).toBe('failed');
    expect(recordOf(executionArn.split(':').at(-1) ?? '')).toMatchObject({
      outcome: 'refused',
      asked: 'rollback',
      reason,
    });
  });

  it('deploys an image by its digest, then the same is already running by its tag', async () => {
    const chosen = await sample.start({ service: 'shop', image: `team/shop@${digests.v3}` });
    const again = await sample.start({ service: 'shop', image: 'team/shop:v3' });

    expect(chosen.outcome).toBe('deployed');
    expect(again.outcome).toBe('already-running');
    expect(ungrantedCalls(sample.simulator)).toEqual([]);
  });

  it('tells in one line what an input may look like', async () => {
    const { error, reason } = await sample.start({ service: 'shop', image: 'team/shop' });

    expect(error).toBe('InvalidEventError');
    expect(reason).toMatch(
      /image is "team\/shop".*expected \{ "service": "NAME", "action": "rollback" \}/,
    );
    expect(reason).not.toContain('\n');
  });

  it('does not release an older image that only its old input names, unless it is forced', async () => {
    const input = {
      ...{ service: 'shop', repository: 'team/shop', tag: 'v2', digest: digests.v2 },
      ...{ pushedAt: '2026-01-01T00:00:00Z', eventId: 'old-push' },
    };

    expect((await sample.start(input)).outcome).toBe('superseded');
    const fromSeq = journal().entries.length;
    const { executionArn = '' } = await sample.states.send(
      new StartExecutionCommand({
        stateMachineArn: sample.stateMachineArn,
        input: JSON.stringify({ ...input, force: true }),
      }),
    );
    const forced = await sample.watcher.attempt(executionArn, fromSeq);
    expect(forced.outcome).toBe('deployed');
    expect(sample.watcher.record(`deployments/${forced.deploymentId}/record.json`)).toMatchObject({
      actor: 'new-execution',
      release: { force: true, tag: 'v2' },
    });
  });
});
