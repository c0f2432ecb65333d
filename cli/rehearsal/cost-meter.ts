import type { Journal } from '../../simulator/core/journal.ts';

export interface Cost {
  /** AWS calls made by Greengate's functions. */
  readonly apiCalls: number;
  readonly lambdaMs: number;
}

/** What the functions did since a point of the journal. People's own calls are not counted. */
export function costSince(journal: Journal, fromSeq: number): Cost {
  let apiCalls = 0;
  let lambdaMs = 0;
  for (const entry of journal.entries) {
    if (entry.seq < fromSeq) continue;
    if (entry.kind === 'api.called' && entry.caller !== 'user') apiCalls++;
    if (entry.kind === 'lambda.ended') lambdaMs += entry.durationMs;
  }
  return { apiCalls, lambdaMs: Math.round(lambdaMs) };
}
