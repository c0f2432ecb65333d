import { defineConfig } from 'vitest/config';

// What `npm run mutate` runs against each mutant: the tests of the pure core, and those of the hook that judge with it.
export default defineConfig({
  test: {
    include: [
      'test/unit/statistics/**/*.test.ts',
      'test/unit/comparison/**/*.test.ts',
      'test/unit/checks/**/*.test.ts',
    ],
    exclude: [
      // It measures benchmarks/, which is no part of what is mutated.
      'test/unit/comparison/decision-benchmark.test.ts',
      // It measures rates over hundreds of runs: a second for each mutant, which the exact tests notice sooner.
      'test/unit/comparison/false-verdicts.test.ts',
    ],
    testTimeout: 30_000,
  },
});
