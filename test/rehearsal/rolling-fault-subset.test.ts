import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Arena, openArena } from '../../benchmarks/faults/arena.ts';
import { synthesizeArena } from '../../benchmarks/faults/arena-config.ts';
import { parseCaseId } from '../../benchmarks/faults/fault-case.ts';
import { playCase } from '../../benchmarks/faults/play-case.ts';

const limitMs = 180_000;
let arena: Arena;
let scratch: string;

beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'greengate-faults-'));
  arena = await openArena(await synthesizeArena(scratch, 'ecs-rolling'), 'ecs-rolling');
}, limitMs);

afterAll(async () => {
  await arena?.stop();
  rmSync(scratch, { recursive: true, force: true });
});

const update = 'greengate-roll-out/ecs.UpdateService';

/** Of thousands (docs/reference/faults.md), those whose mending is design rather than the SDK's work. */
describe('a rolling update in which something breaks', { timeout: limitMs }, () => {
  it.each([
    [`rolling-success:outage-after@${update}#1`, ['deployed']],
    [`rolling-success:crash-after@${update}#1`, ['deployed']],
    [
      'rolling-rollback:crash-after@greengate-roll-out/ecs.StopServiceDeployment#1',
      ['rolled-back'],
    ],
    [
      'rolling-crash-loop:duplicate@aws.ecs/ECS_Task_State_Change#3+lose@aws.ecr/ECR_Image_Action#1',
      ['rolled-back'],
    ],
    [`rolling-bake:late@${update}#2`, ['rolled-back']],
    [`rolling-queue:crash-after@${update}#2`, ['deployed', 'rolled-back']],
    [`rolling-redrive:crash-before@${update}#2`, ['deployed']],
  ])('keeps every promise: %s', async (id, outcomes) => {
    const played = await playCase(arena, parseCaseId(id));

    expect(played.breaches).toEqual([]);
    expect(played.outcomes).toEqual(outcomes);
    expect(played.fired).toBeGreaterThan(0);
  });
});
