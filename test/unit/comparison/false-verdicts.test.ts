import { describe, expect, it } from 'vitest';
import { ComparisonJudge } from '../../../functions/core/comparison/comparison-judge.ts';
import { seededRandom } from '../../../functions/core/comparison/seeded-random.ts';
import { comparison, latency, pair } from './settings.ts';

describe('the guarantee of the judge', () => {
  /** Runs of an equal replacement that fail, of `runs`. */
  function falseAlarms(runs: number, share: number, falseAlarm: number): number {
    let failed = 0;
    for (let run = 0; run < runs; run++) {
      const random = seededRandom(`guarantee ${share} ${run}`);
      const draw = () => ({
        error: random() < share,
        durationMs: 20 - 30 * Math.log(1 - random()),
      });
      const judge = new ComparisonJudge(comparison({ latency, falseAlarm, pairs: 400 }));
      while (judge.state === 'running') judge.observe(pair(draw(), draw()));
      if (judge.state === 'worse') failed += 1;
    }
    return failed;
  }

  // 20 of 100 are allowed; more than 29 has a chance of 1.1 % even at the bound (binomial).
  it.each([0.01, 0.1, 0.4])('keeps a false-alarm rate of 20 % at an error share of %s', (share) => {
    expect(falseAlarms(100, share, 0.2)).toBeLessThanOrEqual(29);
  });

  it('passes hardly any release that is worse by what is to be detected', () => {
    let passed = 0;
    for (let run = 0; run < 100; run++) {
      const random = seededRandom(`missed ${run}`);
      const judge = new ComparisonJudge(
        comparison({ falsePass: 0.05, falseAlarm: 1e-9, pairs: 1_000 }),
      );
      const draw = (share: number) => ({ error: random() < share, durationMs: 10 });
      while (judge.state === 'running') judge.observe(pair(draw(0.01), draw(0.06)));
      if (judge.state === 'alike') passed += 1;
    }
    // 5 of 100 are allowed; more than 10 has a chance of 1.1 % at the bound (binomial).
    expect(passed).toBeLessThanOrEqual(10);
  });
});
