import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { memberAt } from '../../functions/core/config/loose-value.ts';
import { pushRecordKeys } from '../../functions/core/workflow/push-record.ts';
import { type OpenSample, openSample } from '../support/simulator/open-sample.ts';

const limitMs = 240_000;
const tags = Array.from({ length: 10 }, (_, index) => `v${index + 2}`);
let sample: OpenSample;

beforeAll(async () => {
  sample = await openSample({ onNewerPush: 'supersede' });
}, limitMs);

afterAll(() => sample?.stop());

/** Deployments, rollbacks included, that were under way at the same time at most. */
function mostAtOnce(fromSeq: number): number {
  const active = new Set<string>();
  let most = 0;
  for (const entry of sample.simulator.world.journal.entries.slice(fromSeq)) {
    if (entry.kind === 'deployment.created') active.add(entry.deploymentId);
    if (entry.kind === 'deployment.status' && /^(Succeeded|Failed|Stopped)$/.test(entry.status)) {
      active.delete(entry.deploymentId);
    }
    most = Math.max(most, active.size);
  }
  return most;
}

describe('ten pushes within a minute', { timeout: limitMs }, () => {
  it('end with the newest deployed, and every other one on record as passed over', async () => {
    const { world } = sample.simulator;
    const fromSeq = world.journal.entries.length;
    const beganMs = world.clock.now();
    const pushes = [];
    for (const tag of tags) pushes.push(await sample.push(tag));
    expect(world.clock.now() - beganMs).toBeLessThan(60_000);

    const ends = [];
    for (const { digest } of pushes) {
      const { executionArn } = await sample.watcher.execution(fromSeq, digest);
      ends.push(await sample.watcher.attempt(executionArn, fromSeq));
    }

    expect(ends.map(({ outcome }) => outcome)).toEqual([
      ...tags.slice(1).map(() => 'superseded'),
      'deployed',
    ]);
    expect(mostAtOnce(fromSeq)).toBe(1);
    const shifted = world.journal
      .of('lifecycle.started')
      .filter(({ seq, lifecycleEvent }) => seq >= fromSeq && lifecycleEvent === 'AllowTraffic')
      .map(({ deploymentId }) => deploymentId);
    // Nothing but the newest ever met production, so that no older image came over a newer one.
    expect(shifted).toEqual([ends.at(-1)?.deploymentId]);
    expect(recordedOutcomes()).toEqual(
      new Map(tags.map((tag, index) => [tag, index === 9 ? 'deployed' : 'superseded'])),
    );
  });
});

/** By tag, as the bucket has them; each tag was pushed once. */
function recordedOutcomes(): Map<string, unknown> {
  const started = sample.simulator.world.journal.of('execution.started');
  return new Map(
    started.flatMap(({ input }) => {
      const [tag, eventId] = [memberAt(input, 'tag'), memberAt(input, 'eventId')].map(String);
      if (!tags.includes(String(tag))) return [];
      const record = sample.watcher.record(pushRecordKeys.outcome(String(eventId), 'shop'));
      return [[String(tag), memberAt(record, 'outcome')] as const];
    }),
  );
}
