import { seededRandom } from '../../functions/core/comparison/seeded-random.ts';
import { clopperPearson } from '../../functions/core/statistics/share-interval.ts';
import type { Cell } from './cells.ts';
import type { Decision, Method } from './methods/method.ts';
import { emptyStream, streamPairs } from './request-stream.ts';

/** How a method did in one cell. */
export interface CellResult {
  readonly case: string;
  readonly kind: Cell['kind'];
  readonly method: string;
  readonly runs: number;
  readonly failed: number;
  readonly passed: number;
  readonly inconclusive: number;
  /** Requests to the replacement until the verdict; as many went to the original where it is compared with. */
  readonly medianRequests: number;
  /** Exact 95 % interval for the share of runs that failed. */
  readonly ci: readonly [number, number];
  /** Requests of the runs that failed and that passed, by rising number; for targets and plots. */
  readonly requests: { readonly fail: readonly number[]; readonly pass: readonly number[] };
}

/** Plays one cell `runs` times; every method sees the same streams, made from the seed alone. */
export function playCell(
  cell: Cell,
  methods: readonly Method[],
  runs: number,
  seed: string,
): CellResult[] {
  const stream = emptyStream(streamPairs);
  const decisions = methods.map((): Decision[] => []);
  for (let run = 0; run < runs; run++) {
    cell.fill(stream, seededRandom(`${seed}/${cell.name}/${run}`));
    for (const [at, method] of methods.entries()) decisions[at]?.push(method.decide(stream));
  }
  return methods.map((method, at) => resultOf(cell, method, decisions[at] ?? []));
}

function resultOf(cell: Cell, method: Method, decisions: readonly Decision[]): CellResult {
  const requestsOf = (verdict: Decision['verdict']) =>
    decisions
      .filter((decision) => decision.verdict === verdict)
      .map(({ requests }) => requests)
      .sort((left, right) => left - right);
  const [fail, pass] = [requestsOf('fail'), requestsOf('pass')];
  const runs = decisions.length;
  const all = decisions.map(({ requests }) => requests).sort((left, right) => left - right);
  const { low, high } = clopperPearson(fail.length, runs, 0.95);
  return {
    case: cell.name,
    kind: cell.kind,
    method: method.name,
    runs,
    failed: fail.length,
    passed: pass.length,
    inconclusive: runs - fail.length - pass.length,
    medianRequests: all[Math.ceil(runs / 2) - 1] ?? 0,
    ci: [low, high],
    requests: { fail, pass },
  };
}
