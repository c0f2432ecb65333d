import type { Judged, Outcome } from './outcome.ts';

/** Kinds of misses that a sentence names. */
const maxGroups = 3;
const maxObserved = 3;

export interface MissSummary {
  readonly expected: string;
  readonly observed: string;
  readonly sentence: string;
}

interface Seen {
  readonly observed: string;
  readonly number: number;
}

/**
 * Puts the misses of many answers into one sentence, the most frequent first:
 * `$.price to exist, got a body without it in 95 of 100 responses, first in number 4; status 200, got …`.
 */
export function summarizeMisses(
  outcomes: readonly Outcome[],
  unit: Judged['unit'],
  total: number,
): MissSummary {
  const groups = new Map<string, Seen[]>();
  for (const { number, misses } of outcomes) {
    for (const { expected, observed } of misses) {
      groups.set(expected, [...(groups.get(expected) ?? []), { observed, number }]);
    }
  }
  const frequent = [...groups]
    .sort(([, left], [, right]) => right.length - left.length)
    .slice(0, maxGroups)
    .map(([expected, seen]) => ({ expected, observed: describeSeen(seen, unit, total) }));
  return {
    expected: frequent.map(({ expected }) => expected).join('; '),
    observed: frequent.map(({ observed }) => observed).join('; '),
    sentence: frequent.map(({ expected, observed }) => `${expected}, got ${observed}`).join('; '),
  };
}

/** Which one was the first says something only where others were right. */
function describeSeen(seen: readonly Seen[], unit: Judged['unit'], total: number): string {
  const first = Math.min(...seen.map(({ number }) => number));
  const where = seen.length < total ? `, first in number ${first}` : '';
  return `${mostFrequent(seen)} in ${seen.length} of ${total} ${unit}${where}`;
}

function mostFrequent(seen: readonly Seen[]): string {
  const counts = new Map<string, number>();
  for (const { observed } of seen) {
    counts.set(observed, (counts.get(observed) ?? 0) + 1);
  }
  const ranked = [...counts].sort(([, left], [, right]) => right - left).map(([text]) => text);
  return ranked.length > maxObserved
    ? `${ranked.slice(0, maxObserved).join(' or ')} and ${ranked.length - maxObserved} others`
    : ranked.join(' or ');
}
