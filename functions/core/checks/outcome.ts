import type { Miss } from './miss.ts';

/** One request, run or exchange as judged by itself. */
export interface Outcome {
  /** From 1, in the order of the plan. */
  readonly number: number;
  readonly misses: readonly Miss[];
  /** From the intended start to the end: what waited behind a slow one has waited too. */
  readonly latencyMs: number;
}

/** Orders, counts and words of what a check sent. */
export interface Judged {
  readonly name: string;
  readonly type: string;
  /** Begins every sentence, e.g. `GET /products`. */
  readonly subject: string;
  /** What is counted. */
  readonly unit: 'responses' | 'runs' | 'exchanges';
  /** How many were to be carried through. */
  readonly planned: number;
  readonly outcomes: readonly Outcome[];
}
