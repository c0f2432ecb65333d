import type { Miss } from './http-expectations.ts';

/** Kinds of misses that a sentence names. */
const maxGroups = 3;
const maxObserved = 3;

export interface MissSummary {
  readonly expected: string;
  readonly observed: string;
  readonly sentence: string;
}

/**
 * Puts the misses of many answers into one sentence, the most frequent first:
 * `$.price to exist, got a body without it in 95 of 100 responses; status 200, got status 500 in 5 of 100`.
 */
export function summarizeMisses(
  missesByResponse: readonly (readonly Miss[])[],
  responses: number,
): MissSummary {
  const groups = new Map<string, string[]>();
  for (const { expected, observed } of missesByResponse.flat()) {
    groups.set(expected, [...(groups.get(expected) ?? []), observed]);
  }
  const frequent = [...groups]
    .sort(([, left], [, right]) => right.length - left.length)
    .slice(0, maxGroups)
    .map(([expected, observed]) => ({
      expected,
      observed: `${mostFrequent(observed)} in ${observed.length} of ${responses} responses`,
    }));
  return {
    expected: frequent.map(({ expected }) => expected).join('; '),
    observed: frequent.map(({ observed }) => observed).join('; '),
    sentence: frequent.map(({ expected, observed }) => `${expected}, got ${observed}`).join('; '),
  };
}

function mostFrequent(observed: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const text of observed) {
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  const ranked = [...counts].sort(([, left], [, right]) => right - left).map(([text]) => text);
  return ranked.length > maxObserved
    ? `${ranked.slice(0, maxObserved).join(' or ')} and ${ranked.length - maxObserved} others`
    : ranked.join(' or ');
}
