import { describe, expect, it } from 'vitest';
import { ComparisonJudge } from '../../../functions/core/comparison/comparison-judge.ts';
import { bad, comparison, good, pair } from './settings.ts';

const paths = ['GET /', 'GET /cart'].map((name) => ({ name, weight: 1 }));

describe('how a comparison ends', () => {
  it('fails with the very last pair', () => {
    // Nine bets for alpha 0.01, each but the last followed by sixteen pairs of rest.
    const judge = new ComparisonJudge(comparison({ pairs: 1 + 8 * 17 }));
    while (judge.state === 'running') judge.observe(pair(good, bad));

    expect([judge.state, judge.observed]).toEqual(['worse', 137]);
  });

  it('passes with the last pair what was held back until then', () => {
    const judge = new ComparisonJudge(comparison({ pairs: 250 }));
    for (let at = 0; judge.state === 'running'; at++) {
      judge.observe(pair(good, at === 30 || at === 60 ? bad : good));
    }

    expect([judge.state, judge.observed]).toEqual(['alike', 250]);
  });

  it('is exhausted where it was stopped before it knew', () => {
    const judge = new ComparisonJudge(comparison());

    expect([judge.stop(), judge.state, judge.proof]).toEqual(['exhausted', 'exhausted', undefined]);
  });

  it('waits for one path that looks suspicious although the others do not', () => {
    const stateWith = (error: number | undefined) => {
      const judge = new ComparisonJudge(comparison({ paths, pairs: 1_000 }));
      for (let at = 0; at < 300; at++) judge.observe(pair(good, at === error ? bad : good, at % 2));
      return judge.state;
    };

    expect([stateWith(undefined), stateWith(200)]).toEqual(['alike', 'running']);
  });

  it('still says where to send pairs that are under way when all is decided', () => {
    const judge = new ComparisonJudge(comparison({ paths }));
    while (judge.state === 'running') judge.observe(pair(good, good, judge.nextPath()));

    expect([1, 2, 3, 4].map(() => judge.nextPath()).sort()).toEqual([0, 0, 1, 1]);
  });
});
