import { fixedPairs } from './fixed-design.ts';
import { greengate } from './methods/greengate.ts';
import type { CellResult } from './play-cell.ts';

export interface Target {
  readonly name: string;
  /** What was measured; undefined, and so null in JSON, without a cell that it is about. */
  readonly value: number | null;
  readonly bound: number;
  readonly met: boolean;
}

/** The promises of the issue, and one of ours: that healthy releases get through. */
export function targets(results: readonly CellResult[]): Target[] {
  const ours = results.filter(({ method }) => method === greengate.name);
  const equal = ours.filter(({ kind }) => kind === 'equal');
  const caught = (name: string, within: number) => {
    const cell = ours.find((result) => result.case === name);
    return cell && cell.requests.fail.filter((pairs) => pairs <= within).length / cell.runs;
  };
  return [
    atMost(
      'false rollback, worst equal cell',
      greatest(equal.map(({ failed, runs }) => failed / runs)),
      0.01,
    ),
    atMost(
      'false rollback or inconclusive, worst equal cell',
      greatest(equal.map(({ passed, runs }) => 1 - passed / runs)),
      0.01,
    ),
    atLeast('errors 0.1 % → 5 % caught within 500 pairs', caught('errors 0.1 % → 5 %', 500), 0.95),
    atLeast(
      'errors 0.5 % → 5 % caught within 1,000 pairs',
      caught('errors 0.5 % → 5 %', 1_000),
      0.95,
    ),
    atLeast(
      'p95 ×1.5, lognormal, caught within 1,000 pairs',
      caught('p95 ×1.5, lognormal', 1_000),
      0.95,
    ),
    atLeast(
      'p95 ×1.5, heavy-tailed, caught within 1,000 pairs',
      caught('p95 ×1.5, heavy-tailed', 1_000),
      0.95,
    ),
    atMost(
      'median pairs to a clear answer, of those of the fixed-sample design',
      ratioToFixedDesign(ours),
      0.5,
    ),
  ];
}

/** Over all runs of all cells that ended in pass or fail. */
function ratioToFixedDesign(ours: readonly CellResult[]): number | undefined {
  const clear = ours
    .flatMap(({ requests }) => [...requests.fail, ...requests.pass])
    .sort((left, right) => left - right);
  const median = clear[Math.ceil(clear.length / 2) - 1];
  return median === undefined ? undefined : median / fixedPairs;
}

function greatest(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : Math.max(...values);
}

function atMost(name: string, value: number | undefined, bound: number): Target {
  return { name, value: value ?? null, bound, met: value !== undefined && value <= bound };
}

function atLeast(name: string, value: number | undefined, bound: number): Target {
  return { name, value: value ?? null, bound, met: value !== undefined && value >= bound };
}
