import { describe, expect, it } from 'vitest';
import type { Arena } from '../../benchmarks/faults/arena.ts';
import { parseCaseId } from '../../benchmarks/faults/fault-case.ts';
import { StageHand } from '../../benchmarks/faults/stage-hand.ts';

const lost = 'success:lose@aws.ecr/ECR_Image_Action#2';

/** Every question to it fails, as a connection that is reset does. */
function brokenArena() {
  const seen = { resets: 0 };
  const failing = { send: () => Promise.reject(new Error('read ECONNRESET')) };
  const arena = {
    aws: { codeDeploy: failing, ecs: failing, elbv2: failing, s3: failing, states: failing },
    names: { target: {} },
    journal: () => [],
    simulator: { world: {} },
    reset: async () => void seen.resets++,
  } as unknown as Arena;
  return { arena, seen };
}

describe('a case that cannot be played', () => {
  it('is told as one that did not end, after it failed in a new world as well', async () => {
    const { arena, seen } = brokenArena();
    const played = await new StageHand(arena).play(parseCaseId(lost));
    expect(played).toMatchObject({
      id: lost,
      breaches: [
        { invariant: 'the case ends', sentence: 'Could not be played: Error: read ECONNRESET' },
      ],
      again: true,
      outcomes: [],
      fired: 0,
    });
    expect(seen.resets).toBe(2);
  });

  it('stops the recording, which nothing can be planned without', async () => {
    const { arena } = brokenArena();
    await expect(new StageHand(arena).record('success')).rejects.toThrow(
      'success:nothing breaks without a fault:\nthe case ends: Could not be played: Error: read ECONNRESET',
    );
  });
});
