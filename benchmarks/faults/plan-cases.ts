import { Random } from '../../simulator/core/random.ts';
import { combineAtRandom } from './combine-at-random.ts';
import { deriveCases } from './derive-cases.ts';
import { type CaseKind, caseId, type FaultCase, kindOf, type ScenarioName } from './fault-case.ts';
import { type Trace, withoutPolls } from './trace.ts';

export interface PlanOptions {
  readonly kinds: readonly CaseKind[];
  /** Random combinations per scenario. */
  readonly random: number;
  readonly seed: number;
  /** Only so many, drawn with the seed. */
  readonly sample?: number | undefined;
}

/** Calls of one operation by one function that are broken one by one; a poll repeats the same for minutes. */
export const mostOfAPoll = 8;

/** Every case that the traces give, each once. */
export function planCases(
  traces: ReadonlyMap<ScenarioName, Trace>,
  { kinds, random, seed, sample }: PlanOptions,
): FaultCase[] {
  const all = [...traces].flatMap(([scenario, whole]) => {
    const trace = withoutPolls(whole, mostOfAPoll);
    return [...deriveCases(scenario, trace), ...combineAtRandom(scenario, trace, random, seed)];
  });
  const wanted = all.filter((one) => kinds.includes(kindOf(one)));
  const byId = new Map(wanted.map((one) => [caseId(one), one]));
  const cases = [...byId.values()];
  return sample === undefined ? cases : draw(cases, sample, seed);
}

/** In the order of the plan. */
function draw(cases: readonly FaultCase[], count: number, seed: number): FaultCase[] {
  const drawn = new Set(shuffle(cases, seed).slice(0, count));
  return cases.filter((one) => drawn.has(one));
}

/** In an order drawn with the seed: what an interrupted campaign has played is a sample of the whole. */
export function shuffle(cases: readonly FaultCase[], seed: number): FaultCase[] {
  const random = new Random(seed).derive('sample');
  return cases
    .map((one) => ({ one, rank: random.next() }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ one }) => one);
}
