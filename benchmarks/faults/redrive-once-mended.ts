import { startInventory } from '../../simulator/workloads/inventory-service.ts';
import type { Arena } from './arena.ts';
import { executionsOf } from './executions-since.ts';
import type { PlayedScenario } from './played-scenario.ts';
import { redrive, settle } from './settle.ts';

/** A release fails for what it depends on; that is mended, and its execution redriven, which the scenario is about. */
export async function redriveOnceMended(arena: Arena): Promise<PlayedScenario> {
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
}
