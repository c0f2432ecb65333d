import { describe, expect, it } from 'vitest';
import { explore } from '../../benchmarks/explorer/explore.ts';
import { renderCounterexample, renderExploration } from '../../benchmarks/explorer/render.ts';
import { bugScenarios, smallScenarios } from '../../benchmarks/explorer/scenarios.ts';
import { type SeededBug, seededBugs } from '../../benchmarks/explorer/seeded-bugs.ts';

const limitMs = 120_000;

describe('every order of events, calls and faults', { timeout: limitMs }, () => {
  it.each(smallScenarios)('of $name keeps the promises', async (scenario) => {
    const { counterexample, cut, states } = await explore(scenario);

    expect(counterexample && renderCounterexample(counterexample)).toBeUndefined();
    expect(cut).toBe(false);
    expect(states).toBeGreaterThan(100);
  });
});

describe('the explorer', { timeout: limitMs }, () => {
  it.each<[SeededBug, string]>([
    ['redrive count ignored', 'the newest image is not what runs: image 0 does, not image 1'],
    ['newer image not looked for', 'an older image over a newer one'],
    ['started push not looked for', 'a push is deployed twice: image 1'],
    ['deployed push not looked for', 'a push is deployed twice: image 1'],
    ['rollback not waited for', 'is failed on record, but its rollback Succeeded'],
  ])('finds the bug "%s" that is seeded', async (bug, violation) => {
    const { counterexample } = await explore(bugScenarios[bug], { lens: seededBugs[bug] });

    expect(counterexample?.violations.join('\n')).toContain(violation);
    expect(counterexample?.trace[0]).toBe('image 1 is pushed as v1');
  });

  it.each(Object.entries(bugScenarios))(
    'finds nothing where "%s" is not seeded',
    async (_, scenario) => {
      const { counterexample } = await explore(scenario);

      expect(counterexample && renderCounterexample(counterexample)).toBeUndefined();
    },
  );

  it('says when a limit ended it', async () => {
    const [scenario] = smallScenarios;
    if (scenario === undefined) throw new Error('no scenario');

    const found = await explore(scenario, { maxStates: 100 });

    expect(found.cut).toBe(true);
    expect(renderExploration(found)).toMatch(/^cut short: a good image, one fault: \d+ states/);
  });
});
