import { describe, expect, it } from 'vitest';
import { awkward, bad } from '../../benchmarks/corpus/entry.ts';
import { totalsOf } from '../../benchmarks/corpus/method-totals.ts';
import { judgePlayed, type PlayedRelease } from '../../benchmarks/corpus/played-release.ts';
import { judgeTargets } from '../../benchmarks/corpus/targets.ts';

const entries = [
  bad('crash', 'start', 'Crashes'),
  bad('leak', 'nothing', 'Nothing shows it'),
  awkward('gzip', 'Compresses'),
];

function played(
  name: string,
  kind: PlayedRelease['kind'],
  outcome: string,
  productionRequestsServed = 0,
): PlayedRelease {
  return {
    name,
    kind,
    outcome,
    caughtBy: 'none',
    productionRequestsServed,
    reason: '',
    wallSeconds: 1,
  };
}

const good = [
  played('crash', 'bad', 'rolled-back'),
  played('leak', 'bad', 'deployed', 300),
  played('gzip', 'awkward', 'deployed', 500),
];

const valuesOf = (releases: readonly PlayedRelease[], whole = false) =>
  judgeTargets(entries, releases, whole).map(({ value, met }) => [value, met]);

describe('judgePlayed', () => {
  it.each([
    ['bad', 'rolled-back', 'caught'],
    ['bad', 'refused', 'caught'],
    ['bad', 'failed', 'caught'],
    ['bad', 'deployed', 'missed'],
    ['awkward', 'deployed', 'let through'],
    ['awkward', 'rolled-back', 'falsely rolled back'],
    ['awkward', 'refused', 'falsely rolled back'],
    ['bad', 'broken', 'not judged'],
    ['awkward', 'not applicable', 'not judged'],
  ] as const)('calls a release that is %s and ends %s %s', (kind, outcome, judgement) => {
    expect(judgePlayed({ kind, outcome })).toBe(judgement);
  });
});

describe('judgeTargets', () => {
  it('is met when all that can be shown is caught for nothing and no awkward one is held up', () => {
    expect(valuesOf(good)).toEqual([
      [0, true],
      [0, true],
      [0, true],
    ]);
  });

  it('holds the whole corpus, and only that, to its size', () => {
    expect(valuesOf(good, true).slice(0, 2)).toEqual([
      [2, false],
      [1, false],
    ]);
  });

  it.each([
    ['a bad release stays', [played('crash', 'bad', 'deployed', 40)], [1, 40, 1]],
    [
      'a bad release is caught by its clients',
      [played('crash', 'bad', 'rolled-back', 7)],
      [0, 7, 1],
    ],
    ['a rehearsal breaks', [played('crash', 'bad', 'broken')], [1, 0, 1]],
    ['nothing was played', [], [1, 0, 1]],
    [
      'an awkward one is held up',
      [...good.slice(0, 2), played('gzip', 'awkward', 'failed')],
      [0, 0, 1],
    ],
  ])('is missed when %s', (_, releases, values) => {
    expect(valuesOf(releases).map(([value]) => value)).toEqual(values);
    expect(valuesOf(releases).every(([value, met]) => met === (value === 0))).toBe(true);
  });
});

describe('totalsOf', () => {
  it('counts judgements, and the requests of bad releases only', () => {
    expect(totalsOf(good)).toEqual({
      caught: 1,
      missed: 1,
      'let through': 1,
      'falsely rolled back': 0,
      'not judged': 0,
      requestsServedByBad: 300,
    });
  });
});
