import type {
  ComparedPair,
  ComparisonSettings,
  PairedOutcome,
} from '../../../functions/core/comparison/comparison-settings.ts';

/** Settings of a comparison of errors on one path, with the changes of a test. */
export function comparison(changes: Partial<ComparisonSettings> = {}): ComparisonSettings {
  return {
    paths: [{ name: 'GET /', weight: 1 }],
    falseAlarm: 0.01,
    falsePass: 0.01,
    errorShare: { detect: 0.05 },
    pairs: 2_000,
    warmUpPairs: 0,
    ...changes,
  };
}

export const good: PairedOutcome = { error: false, durationMs: 50 };
export const bad: PairedOutcome = { error: true, durationMs: 50 };

export function took(durationMs: number): PairedOutcome {
  return { error: false, durationMs };
}

export function pair(original: PairedOutcome, replacement: PairedOutcome, path = 0): ComparedPair {
  return { path, original, replacement };
}

export const latency = { quantile: 0.95, slowdown: 1.2, detect: 1.5, toleranceMs: 5 };
