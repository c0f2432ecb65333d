import type { Arena } from './arena.ts';
import type { ScenarioName } from './fault-case.ts';
import { always, never, type PlayedScenario } from './played-scenario.ts';
import { redriveOnceMended } from './redrive-once-mended.ts';
import { rollingScenarios } from './rolling-scenarios.ts';
import { awaitEntry, minuteMs, settle, startLimitMs, stopExecution } from './settle.ts';

/**
 * A newer push asks for the older one's end ten seconds after it, since preflight waits for the image's scan; Install
 * takes sixteen and AfterAllowTestTraffic waits ten. So the older one is stopped amid that hook, seconds before and
 * behind either edge, however busy the machine.
 */
const intoInstallMs = 10_000;

export const scenarios: Readonly<Record<ScenarioName, (arena: Arena) => Promise<PlayedScenario>>> =
  {
    success: async (arena) => {
      const fromSeq = arena.journal().length;
      const push = { ...(await arena.push()), soundFromMs: always };
      await settle(arena, fromSeq, [push]);
      return { pushes: [push], winner: push, fromSeq, complete: true };
    },

    rollback: async (arena) => {
      const fromSeq = arena.journal().length;
      const push = { ...(await arena.push({ ERROR_EVERY: '1' })), soundFromMs: never };
      await settle(arena, fromSeq, [push]);
      return { pushes: [push], winner: undefined, fromSeq, complete: true };
    },

    supersede: async (arena) => {
      const fromSeq = arena.journal().length;
      const older = { ...(await arena.push()), soundFromMs: always };
      await midInstall(arena, fromSeq, 3 * minuteMs);
      const newer = { ...(await arena.push()), soundFromMs: always };
      await settle(arena, fromSeq, [older, newer]);
      return { pushes: [older, newer], winner: newer, fromSeq, complete: true };
    },

    redrive: redriveOnceMended,

    stop: async (arena) => {
      const fromSeq = arena.journal().length;
      // Nothing is wrong with it: what has moved production before it could be stopped may stay.
      const push = { ...(await arena.push()), soundFromMs: always };
      await midInstall(arena, fromSeq, startLimitMs);
      await stopExecution(arena, fromSeq, push);
      await settle(arena, fromSeq, [push]);
      return { pushes: [push], winner: undefined, fromSeq, complete: true };
    },

    ...rollingScenarios,
  };

function midInstall(arena: Arena, fromSeq: number, limitMs: number): Promise<void> {
  return awaitEntry(
    arena,
    fromSeq,
    (entry) => entry.kind === 'lifecycle.started' && entry.lifecycleEvent === 'Install',
    { limitMs, thenMs: intoInstallMs },
  );
}
