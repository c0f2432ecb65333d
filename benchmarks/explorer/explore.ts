import { createHash } from 'node:crypto';
import { completes } from './completion.ts';
import { configOfScenario } from './facts.ts';
import type { Lens, Move, Moving } from './move.ts';
import { movesOf } from './moves.ts';
import { checkAlways } from './properties.ts';
import { ReplayTree } from './replay.ts';
import { firstWorld, type Scenario, type World } from './world.ts';

export interface Counterexample {
  readonly violations: readonly string[];
  /** What happened from the first state on, in plain words; no shorter way leads there. */
  readonly trace: readonly string[];
  /** What happened then, with no further fault, until it showed. */
  readonly continuation: readonly string[];
}

export interface Exploration {
  readonly scenario: string;
  readonly states: number;
  readonly transitions: number;
  /** Moves from the first state to the farthest one. */
  readonly depth: number;
  /** States in which nothing is left to happen, reached without further faults from every other. */
  readonly ends: number;
  /** Different histories of shipped steps that were run. */
  readonly histories: number;
  readonly seconds: number;
  /** Whether a limit ended it before all was seen. */
  readonly cut: boolean;
  readonly counterexample?: Counterexample;
}

export interface ExploreOptions {
  readonly lens?: Lens;
  readonly slowFunctions?: boolean;
  readonly maxStates?: number;
  onProgress?(states: number, frontier: number, depth: number): void;
}

/** How a state was first reached. */
interface Origin {
  readonly from: string | undefined;
  readonly label: string;
}

export function keyOf(world: World): string {
  return createHash('sha1').update(JSON.stringify(world)).digest('base64').slice(0, 20);
}

/**
 * Every state that a scenario can come to, breadth first, so that the first violation found has a shortest way to it.
 * From each of them the continuation without faults is followed to its end.
 */
export async function explore(
  scenario: Scenario,
  options: ExploreOptions = {},
): Promise<Exploration> {
  const startedMs = performance.now();
  const { lens, slowFunctions, maxStates = Number.POSITIVE_INFINITY, onProgress } = options;
  const tree = new ReplayTree(configOfScenario(scenario));
  const violations: string[] = [];
  const moving: Moving = { scenario, tree, violations, lens, slowFunctions };
  const first = firstWorld();
  const origins = new Map<string, Origin>([[keyOf(first), { from: undefined, label: '' }]]);
  const completed = new Map<string, true>();
  let frontier: [string, World][] = [[keyOf(first), first]];
  let transitions = 0;
  let depth = 0;
  let ends = 0;
  const result = (counterexample?: Counterexample): Exploration => ({
    scenario: scenario.name,
    states: origins.size,
    transitions,
    depth,
    ends,
    histories: tree.histories,
    seconds: (performance.now() - startedMs) / 1000,
    cut: origins.size >= maxStates,
    ...(counterexample && { counterexample }),
  });
  for (; frontier.length > 0 && origins.size < maxStates; depth++) {
    const next: [string, World][] = [];
    for (const [key, world] of frontier) {
      const completion = await completes(world, moving, completed);
      ends += completion.reachedNewEnd ? 1 : 0;
      if (completion.violations.length > 0) {
        const { violations: found, continuation } = completion;
        return result({ violations: found, trace: traceTo(key, origins), continuation });
      }
      for (const move of movesOf(world, moving)) {
        const made = await moveTo(move, moving);
        if (made === undefined) continue;
        transitions++;
        const madeKey = keyOf(made.world);
        if (made.violations.length > 0) {
          const trace = [...traceTo(key, origins), move.label];
          return result({ violations: made.violations, trace, continuation: [] });
        }
        if (origins.has(madeKey)) continue;
        origins.set(madeKey, { from: key, label: move.label });
        next.push([madeKey, made.world]);
        if (origins.size % 10_000 === 0) onProgress?.(origins.size, next.length, depth);
      }
    }
    frontier = next;
  }
  return result();
}

/** Makes a move; with what it and the state it leads to break. */
export async function moveTo(
  move: Move,
  moving: Moving,
): Promise<{ readonly world: World; readonly violations: readonly string[] } | undefined> {
  const world = await move.apply();
  if (world === undefined) return undefined;
  return { world, violations: [...moving.violations.splice(0), ...checkAlways(world)] };
}

function traceTo(key: string, origins: ReadonlyMap<string, Origin>): string[] {
  const labels: string[] = [];
  for (let at = origins.get(key); at?.from !== undefined; at = origins.get(at.from)) {
    labels.unshift(at.label);
  }
  return labels;
}
