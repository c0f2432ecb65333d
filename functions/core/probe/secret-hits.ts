import { base64Runs } from './base64-runs.ts';
import { decodeLayer } from './decoded-view.ts';

/** A place of a text that holds a secret, or a reference that stands for one already. */
export interface Hit {
  readonly start: number;
  readonly end: number;
  readonly reference: string;
}

export type FindHits = (text: string) => Hit[];

/** Hits of a text as it is, of what it says once its encodings are undone, and of what its base64 says. */
export function hitsInLayers(text: string, find: FindHits, layers: number): Hit[] {
  const own = find(text);
  return merged([
    ...own,
    ...decodedHits(text, find, layers),
    ...between(own, text, (part) => base64Hits(part, find, layers)),
  ]);
}

function decodedHits(text: string, find: FindHits, layers: number): Hit[] {
  const view = layers === 0 ? undefined : decodeLayer(text);
  if (view === undefined) return [];
  return hitsInLayers(view.text, find, layers - 1).map(({ start, end, reference }) => ({
    start: view.sourceOf(start),
    end: view.sourceOf(end),
    reference,
  }));
}

/** A run whose text holds a secret goes as a whole: what is left of it would be no base64. */
function base64Hits(text: string, find: FindHits, layers: number): Hit[] {
  if (layers === 0) return [];
  return base64Runs(text).flatMap((run) => {
    const [first] = hitsInLayers(run.text, find, layers - 1);
    return first === undefined ? [] : [{ ...run, reference: first.reference }];
  });
}

/** Hits of the parts that no other hit covers. `hits` are in order. */
export function between(hits: readonly Hit[], text: string, find: FindHits): Hit[] {
  const edges = [{ end: 0 }, ...hits];
  return edges.flatMap(({ end: from }, index) =>
    find(text.slice(from, hits[index]?.start)).map(({ start, end, reference }) => ({
      start: from + start,
      end: from + end,
      reference,
    })),
  );
}

/** In order; what overlaps becomes one, with the reference of the one that begins first and reaches farthest. */
function merged(hits: readonly Hit[]): Hit[] {
  const result: Hit[] = [];
  for (const hit of hits.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    const last = result.at(-1);
    if (last === undefined || hit.start >= last.end) result.push(hit);
    else if (hit.end > last.end) result[result.length - 1] = { ...last, end: hit.end };
  }
  return result;
}

/** `hits` are in order and do not overlap. */
export function replaceHits(text: string, hits: readonly Hit[]): string {
  if (hits.length === 0) return text;
  const parts = hits.flatMap(({ start, reference }, index) => [
    text.slice(hits[index - 1]?.end ?? 0, start),
    reference,
  ]);
  return [...parts, text.slice(hits.at(-1)?.end)].join('');
}
