import type { ProblemPath } from './locate.ts';
import { itemsOf, memberAt } from './loose-value.ts';
import type { ConfigIssue } from './parse.ts';

/** Longest that a check may take, and what it takes when it does not say. */
const longestSeconds = 240;

/** A check that sends `requests` (by the name of the member that counts them). */
export interface PacedCheck {
  readonly check: unknown;
  readonly member: 'requests' | 'runs';
  readonly fallback: number;
}

/** Bounds that the requests of a check can never meet. */
export function paceIssues(paced: PacedCheck): ConfigIssue[] {
  return [...quantileIssues(paced), ...durationIssues(paced)];
}

/** Fewer than 1 / (1 - q) requests have no value above the quantile q: it would only be the maximum. */
function quantileIssues({ check, member, fallback }: PacedCheck): ConfigIssue[] {
  const latency = memberAt(memberAt(check, 'expect'), 'latency');
  const bounds: [ProblemPath, unknown][] = Array.isArray(latency)
    ? itemsOf(latency).map((bound, index) => [['expect', 'latency', index], bound])
    : [[['expect', 'latency'], latency]];
  const requests = memberAt(check, member) ?? fallback;
  return bounds.flatMap(([path, bound]) => {
    const quantile = memberAt(bound, 'quantile');
    if (typeof quantile !== 'number' || typeof requests !== 'number') return [];
    if (quantile <= 0 || quantile >= 1) return [];
    // 1 / (1 - 0.9) is 10.000000000000002.
    const needed = Math.ceil(1 / (1 - quantile) - 1e-9);
    if (requests >= needed) return [];
    const message = `${quantile} needs at least ${needed} ${member} to tell it from the maximum, this check makes ${requests}`;
    return [{ path: [...path, 'quantile'], message }];
  });
}

function durationIssues(paced: PacedCheck): ConfigIssue[] {
  const seconds = leastSeconds(paced);
  const limit = memberAt(paced.check, 'maxTotalSeconds') ?? longestSeconds;
  if (typeof limit !== 'number' || seconds === undefined || seconds <= limit) return [];
  const message = `starts the last of its ${paced.member} after ${Math.ceil(seconds)} s, and maxTotalSeconds allows ${limit}: send faster, or less`;
  return [{ path: ['ratePerSecond'], message }];
}

/** When the last request of a check starts at the earliest; undefined without a rate. */
export function leastSeconds({ check, member, fallback }: PacedCheck): number | undefined {
  const rate = memberAt(check, 'ratePerSecond');
  const requests = memberAt(check, member) ?? fallback;
  if (typeof rate !== 'number' || rate <= 0 || typeof requests !== 'number') return undefined;
  return (requests - 1) / rate;
}
