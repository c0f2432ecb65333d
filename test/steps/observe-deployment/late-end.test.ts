import { beforeEach, describe, expect, it } from 'vitest';
import { execution, releaseRequest } from '../../support/builders/releases.ts';
import {
  failAfterTestTraffic,
  observe,
  observedScene,
  pushKey,
  storedRecord,
} from './observed-scene.ts';

let scene: Awaited<ReturnType<typeof observedScene>>;

beforeEach(async () => {
  scene = await observedScene();
  await failAfterTestTraffic(scene);
});

const outcomeOf = (redriveCount: number) => ({
  ...releaseRequest(),
  ...execution({ redriveCount }),
  outcome: 'deployed',
  reason: 'Deployed by the redrive',
  recordedAt: '2026-09-01T10:30:00Z',
});

describe('the end of a deployment that is heard of after its redrive is over', () => {
  it('leaves the outcome of the redrive on record, and has a record of its own', async () => {
    await scene.records.write(pushKey, outcomeOf(1));

    await observe(scene);

    expect(scene.records.stored(pushKey)).toEqual(outcomeOf(1));
    expect(storedRecord(scene)).toMatchObject({ outcome: 'rolled-back' });
  });

  it('replaces the outcome that the same attempt has left', async () => {
    await scene.records.write(pushKey, outcomeOf(0));

    await observe(scene);

    expect(scene.records.stored(pushKey)).toMatchObject({ outcome: 'rolled-back' });
  });
});
