import type { Miss } from './miss.ts';

/** One request, run or exchange as judged by itself. */
export interface Outcome {
  /** From 1, in the order of the plan. */
  readonly number: number;
  readonly misses: readonly Miss[];
  /** From the intended start to the end: what waited behind a slow one has waited too. Infinity without an answer. */
  readonly latencyMs: number;
}

/** Latency of a request that was sent `delayMs` late; to be refused quickly is not to be fast. */
export function latencyOf(
  answer: { readonly kind: string; readonly durationMs: number },
  delayMs: number,
): number {
  return answer.kind === 'no-response' ? Number.POSITIVE_INFINITY : delayMs + answer.durationMs;
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
