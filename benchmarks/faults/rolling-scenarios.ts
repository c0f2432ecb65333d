import { startInventory } from '../../simulator/workloads/inventory-service.ts';
import type { Arena } from './arena.ts';
import { always, type PlayedPush, type PlayedScenario } from './played-scenario.ts';
import { redriveOnceMended } from './redrive-once-mended.ts';
import { awaitEntry, minuteMs, settle, startLimitMs, stopExecution } from './settle.ts';

/** The older one has tasks by then, which a newer push does not stop, and is far from its end. */
const intoRolloutMs = 20_000;

/**
 * The same releases where ECS itself rolls them out. Users see a release from its first healthy task on, so that there
 * is none that they must never see: what is bad must not stay, which *what runs is on record* holds it to.
 */
export const rollingScenarios = {
  'rolling-success': (arena: Arena) => releaseAlone(arena, {}, true),
  'rolling-rollback': (arena: Arena) => releaseAlone(arena, { ERROR_EVERY: '1' }, false),
  'rolling-crash-loop': (arena: Arena) => releaseAlone(arena, { CRASH_AFTER_MS: '1' }, false),

  /** All of production has the release when what it depends on breaks down. */
  'rolling-bake': async (arena: Arena): Promise<PlayedScenario> => {
    const fromSeq = arena.journal().length;
    const inventory = await inventoryUntil(arena, 1);
    const pushed = await push(arena, { INVENTORY_URL: inventory.url });
    await settle(arena, fromSeq, [pushed]);
    inventory.leave();
    return { pushes: [pushed], winner: undefined, fromSeq, complete: true };
  },

  /** An image that will fail in its bake waits for a good one: what comes back is the good one. */
  'rolling-queue': async (arena: Arena): Promise<PlayedScenario> => {
    const fromSeq = arena.journal().length;
    const inventory = await inventoryUntil(arena, 2);
    const older = await push(arena);
    await midRollout(arena, fromSeq);
    const newer = await push(arena, { INVENTORY_URL: inventory.url });
    await settle(arena, fromSeq, [older, newer]);
    inventory.leave();
    return { pushes: [older, newer], winner: undefined, fromSeq, complete: true };
  },

  /** A good image waits for one that fails, and begins as soon as that has been taken back. */
  'rolling-next': async (arena: Arena): Promise<PlayedScenario> => {
    const fromSeq = arena.journal().length;
    const older = await push(arena, { ERROR_EVERY: '1' });
    await midRollout(arena, fromSeq);
    const newer = await push(arena);
    await settle(arena, fromSeq, [older, newer]);
    return { pushes: [older, newer], winner: newer, fromSeq, complete: true };
  },

  'rolling-redrive': async (arena: Arena): Promise<PlayedScenario> => {
    const { pushes, winner, ...played } = await redriveOnceMended(arena);
    return {
      ...played,
      pushes: pushes.map(visibleAlways),
      winner: winner && visibleAlways(winner),
    };
  },

  'rolling-stop': async (arena: Arena): Promise<PlayedScenario> => {
    const fromSeq = arena.journal().length;
    const pushed = await push(arena);
    await midRollout(arena, fromSeq, startLimitMs);
    await stopExecution(arena, fromSeq, pushed);
    await settle(arena, fromSeq, [pushed]);
    return { pushes: [pushed], winner: undefined, fromSeq, complete: true };
  },
};

/** Something to depend on that breaks down for good once so many rollouts have succeeded. */
async function inventoryUntil(
  arena: Arena,
  rollouts: number,
): Promise<{ readonly url: string; leave(): void }> {
  const inventory = await startInventory();
  inventory.repair();
  arena.keep(inventory.stop);
  let completed = 0;
  const leave = arena.simulator.world.journal.subscribe((entry) => {
    if (entry.kind !== 'event.published') return;
    if (!JSON.stringify(entry.detail).includes('SERVICE_DEPLOYMENT_COMPLETED')) return;
    completed += 1;
    if (completed === rollouts) inventory.breakDown();
  });
  return { url: inventory.url, leave };
}

function midRollout(arena: Arena, fromSeq: number, limitMs = 3 * minuteMs): Promise<void> {
  return awaitEntry(
    arena,
    fromSeq,
    (entry) => entry.kind === 'execution.state-entered' && entry.state === 'RollOut',
    { limitMs, thenMs: intoRolloutMs },
  );
}

async function releaseAlone(
  arena: Arena,
  buildArgs: Readonly<Record<string, string>>,
  isGood: boolean,
): Promise<PlayedScenario> {
  const fromSeq = arena.journal().length;
  const pushed = await push(arena, buildArgs);
  await settle(arena, fromSeq, [pushed]);
  return { pushes: [pushed], winner: isGood ? pushed : undefined, fromSeq, complete: true };
}

async function push(
  arena: Arena,
  buildArgs: Readonly<Record<string, string>> = {},
): Promise<PlayedPush> {
  return { ...(await arena.push(buildArgs)), soundFromMs: always };
}

function visibleAlways(pushed: PlayedPush): PlayedPush {
  return { ...pushed, soundFromMs: always };
}
