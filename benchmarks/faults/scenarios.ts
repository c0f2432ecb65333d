import { RedriveExecutionCommand } from '@aws-sdk/client-sfn';
import { startInventory } from '../../simulator/workloads/inventory-service.ts';
import type { Arena, Pushed } from './arena.ts';
import { activeDeployments, executionsOf, hasEnded } from './executions-since.ts';
import type { ScenarioName } from './fault-case.ts';

/** A push as the judge needs to know it. */
export interface PlayedPush extends Pushed {
  /** Until when it must not see production: never, always, or from the instant on (virtual, epoch ms). */
  readonly soundFromMs: number;
}

export interface PlayedScenario {
  readonly pushes: readonly PlayedPush[];
  /** The push that is to serve in the end when nothing is broken; none where the original is. */
  readonly winner: PlayedPush | undefined;
  /** Length of the journal when the part began that the scenario is about. */
  readonly fromSeq: number;
  /** False when the scenario did not come as far as it is about. */
  readonly complete: boolean;
}

const minuteMs = 60_000;
/**
 * A push whose event was lost is found by the sweep after five minutes of grace and at most ten more, and a sweep
 * may itself be lost or late, or several of them in random cases.
 */
const startLimitMs = 60 * minuteMs;
/** A hook that never answers costs an hour, its rollback and retries the rest. */
const endLimitMs = 4 * 60 * minuteMs;
/** Two sweeps, and whatever was delayed (fault-point.ts). */
const quietMs = 21 * minuteMs;
/**
 * A newer push asks for the older one's end ten seconds after it, since preflight waits for the image's scan; Install
 * takes sixteen and AfterAllowTestTraffic waits ten. So the older one is stopped amid that hook, seconds before and
 * behind either edge, however busy the machine.
 */
const intoInstallMs = 10_000;
const always = Number.NEGATIVE_INFINITY;
const never = Number.POSITIVE_INFINITY;

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
      const installing = () =>
        arena
          .journal()
          .slice(fromSeq)
          .some(
            (entry) => entry.kind === 'lifecycle.started' && entry.lifecycleEvent === 'Install',
          );
      await arena.until(installing, 3 * minuteMs);
      await arena.simulator.world.clock.sleep(intoInstallMs);
      const newer = { ...(await arena.push()), soundFromMs: always };
      await settle(arena, fromSeq, [older, newer]);
      return { pushes: [older, newer], winner: newer, fromSeq, complete: true };
    },

    redrive: async (arena) => {
      const inventory = await startInventory();
      // The release that it mends may serve in the cases that follow.
      arena.keep(inventory.stop);
      const beganSeq = arena.journal().length;
      const pushed = await arena.push({ INVENTORY_URL: inventory.url });
      await settle(arena, beganSeq, [pushed]);
      inventory.repair();
      const fromSeq = arena.journal().length;
      const push = { ...pushed, soundFromMs: arena.simulator.world.clock.now() };
      const [executionArn] = executionsOf(arena.journal().slice(beganSeq), push.digest);
      const complete = executionArn !== undefined && (await redrive(arena, executionArn));
      if (complete) await settle(arena, beganSeq, [push]);
      return { pushes: [push], winner: complete ? push : undefined, fromSeq, complete };
    },
  };

/** False when the execution cannot be redriven, because it has not failed. */
async function redrive({ aws }: Arena, executionArn: string): Promise<boolean> {
  try {
    await aws.states.send(new RedriveExecutionCommand({ executionArn }));
    return true;
  } catch (error) {
    if (error instanceof Error && error.name === 'ExecutionNotRedrivable') return false;
    throw error;
  }
}

/** Waits until nothing is under way any more, or should not be, and lets two more sweeps run. */
async function settle(arena: Arena, fromSeq: number, pushes: readonly Pushed[]): Promise<void> {
  const since = () => arena.journal().slice(fromSeq);
  const started = () => pushes.every(({ digest }) => executionsOf(since(), digest).length > 0);
  const ended = () => {
    const entries = since();
    const executions = pushes.flatMap(({ digest }) => executionsOf(entries, digest));
    return (
      executions.every((arn) => hasEnded(entries, arn)) && activeDeployments(entries).length === 0
    );
  };
  await arena.until(started, startLimitMs);
  await arena.until(ended, endLimitMs);
  await arena.simulator.world.clock.sleep(quietMs);
}
