import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenSample, openSample } from '../support/simulator/open-sample.ts';

const limitMs = 120_000;
let sample: OpenSample;

beforeAll(async () => {
  sample = await openSample();
}, limitMs);

afterAll(() => sample?.stop());

const journal = () => sample.simulator.world.journal;

describe('a replacement that cannot run', { timeout: limitMs }, () => {
  // The sample runs two tasks, which crash at the same moment: the third stop comes with a fourth.
  it('is given up within three minutes of its first stop, saying why', async () => {
    const fromSeq = journal().entries.length;
    const release = await sample.release('v2', { CRASH_AFTER_MS: '300' });

    expect(release).toMatchObject({ error: 'DeploymentRolledBack', outcome: 'rolled-back' });
    expect(release.reason).toMatch(
      /^Rolled back: [2-4] tasks of the replacement stopped within \d+ s, the last one: Essential container in task exited, exit code 1, container app, last log line "shop gives up"$/,
    );
    const since = journal().entries.slice(fromSeq);
    const firstStop = since.find(({ kind }) => kind === 'task.stopped');
    const end = since.find(
      (entry) => entry.kind === 'deployment.status' && entry.status === 'Stopped',
    );
    if (!firstStop || !end) throw new Error('No task stopped, or no deployment was stopped');
    expect(end.atMs - firstStop.atMs).toBeLessThanOrEqual(180_000);
  });
});
