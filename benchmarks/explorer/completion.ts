import { keyOf, moveTo } from './explore.ts';
import type { Move, Moving } from './move.ts';
import { movesOf } from './moves.ts';
import { checkEnd } from './properties.ts';
import type { Budget, World } from './world.ts';

export interface Completion {
  readonly violations: readonly string[];
  readonly continuation: readonly string[];
  readonly reachedNewEnd: boolean;
}

/** Without a fault nothing takes longer: past it the state is taken to go round in circles. */
const longestContinuation = 3_000;

/** What a state's own recovery is made of, whatever its scenario allows on the way. */
const recovery: Budget = { sweep: Number.POSITIVE_INFINITY, timeout: Number.POSITIVE_INFINITY };

/**
 * Follows the one continuation in which no further fault happens and everything that is due does happen, and judges
 * where it ends. `completed` holds the states that are known to end well, so that each is gone through once.
 */
export async function completes(
  from: World,
  moving: Moving,
  completed: Map<string, true>,
): Promise<Completion> {
  const scenario = { ...moving.scenario, budget: recovery, faults: Number.POSITIVE_INFINITY };
  const steady: Moving = { ...moving, scenario };
  const passed: string[] = [];
  const continuation: string[] = [];
  let world = from;
  let beforeSweep: string | undefined;
  const settle = (reachedNewEnd: boolean): Completion => {
    for (const key of passed) completed.set(key, true);
    return { violations: [], continuation: [], reachedNewEnd };
  };
  const fail = (violations: readonly string[]): Completion => ({
    violations,
    continuation,
    reachedNewEnd: false,
  });
  for (let moves = 0; moves < longestContinuation; moves++) {
    const key = settledKey(world);
    if (completed.has(key)) return settle(false);
    passed.push(key);
    const move = nextMove(movesOf(world, steady), world, beforeSweep === key);
    if (move === undefined) {
      const violations = checkEnd(world, moving.scenario);
      return violations.length > 0 ? fail(violations) : settle(true);
    }
    if (move.costs === 'sweep') beforeSweep = key;
    const made = await moveTo(move, steady);
    if (made === undefined) throw new Error(`${move.label} is no move`);
    continuation.push(move.label);
    if (made.violations.length > 0) return fail(made.violations);
    world = made.world;
  }
  return fail(['it never comes to rest']);
}

/** Sweeps and timeouts may be without number here; what they cost makes no difference. */
function settledKey(world: World): string {
  return keyOf({
    ...world,
    spent: { crash: world.spent.crash ?? 0, orphan: world.spent.orphan ?? 0 },
  });
}

/** Functions first, then deployments, tasks and events; a sweep when all is quiet, a timeout when that found nothing. */
function nextMove(moves: readonly Move[], world: World, swept: boolean): Move | undefined {
  const free = moves.find(({ costs, label }) => costs === undefined && !label.startsWith('image '));
  if (free !== undefined) return free;
  const sweep = moves.find(({ costs }) => costs === 'sweep');
  if (sweep !== undefined && !swept) return sweep;
  return world.processes.length > 0 ? undefined : moves.find(({ costs }) => costs === 'timeout');
}
