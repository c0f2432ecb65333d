import type { CorpusEntry } from './entry.ts';
import { judgePlayed, type PlayedRelease } from './played-release.ts';

export interface Target {
  readonly name: string;
  readonly value: number;
  readonly bound: number;
  readonly met: boolean;
}

const fewestBad = 40;
const fewestAwkward = 20;

/**
 * What Greengate's releases must have shown. A part of the corpus, chosen by name, is held to the same, but
 * for the size of the corpus.
 */
export function judgeTargets(
  entries: readonly CorpusEntry[],
  played: readonly PlayedRelease[],
  whole: boolean,
): Target[] {
  const count = (kind: string) => entries.filter((entry) => entry.kind === kind).length;
  const releaseOf = ({ name }: CorpusEntry) => played.find((release) => release.name === name);
  const showable = entries.filter(
    ({ kind, stoppedBy }) => kind === 'bad' && stoppedBy !== 'nothing',
  );
  const awkward = entries.filter(({ kind }) => kind === 'awkward');
  const notCaught = showable.filter((entry) => {
    const release = releaseOf(entry);
    return !release || judgePlayed(release) !== 'caught';
  });
  const served = showable.reduce(
    (sum, entry) => sum + (releaseOf(entry)?.productionRequestsServed ?? 0),
    0,
  );
  const heldUp = awkward.filter((entry) => {
    const release = releaseOf(entry);
    return !release || judgePlayed(release) !== 'let through';
  });
  const size = [
    atLeast('bad releases in the corpus', count('bad'), fewestBad),
    atLeast('awkward releases in the corpus', count('awkward'), fewestAwkward),
  ];
  return [
    ...(whole ? size : []),
    atMost('bad releases that a check can show and that were not caught', notCaught.length, 0),
    atMost('production requests served by bad releases that a check can show', served, 0),
    atMost('awkward releases that were not let through', heldUp.length, 0),
  ];
}

function atLeast(name: string, value: number, bound: number): Target {
  return { name, value, bound, met: value >= bound };
}

function atMost(name: string, value: number, bound: number): Target {
  return { name, value, bound, met: value <= bound };
}
