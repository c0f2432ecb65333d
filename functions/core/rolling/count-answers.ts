import type { ProbeResponse } from '../ports/probe-transport.ts';

export interface AnswerCount {
  readonly requests: number;
  /** Answers with a status of 500 and above, and no answers. */
  readonly errors: number;
}

/** Answers by what the release header says; `unnamed` for those without one, silence included. */
export type AnswersByRelease = Readonly<Record<string, AnswerCount>>;

const maxNameLength = 64;
/** More values than releases: the header names something else, and records stay small. */
const maxNames = 10;

/** Adds answers to a count; without a header all of them are `unnamed`, since nothing else tells who answered. */
export function countAnswers(
  counted: AnswersByRelease,
  responses: readonly ProbeResponse[],
  releaseHeader: string | undefined,
): AnswersByRelease {
  const sum = new Map(Object.entries(counted));
  for (const response of responses) {
    const name = nameOf(response, releaseHeader);
    const known = sum.has(name) || sum.size < maxNames ? name : 'others';
    const { requests, errors } = sum.get(known) ?? { requests: 0, errors: 0 };
    const isError = response.kind !== 'response' || response.status >= 500;
    sum.set(known, { requests: requests + 1, errors: errors + (isError ? 1 : 0) });
  }
  return Object.fromEntries(sum);
}

function nameOf(response: ProbeResponse, releaseHeader: string | undefined): string {
  if (response.kind !== 'response' || releaseHeader === undefined) return 'unnamed';
  return response.headers[releaseHeader.toLowerCase()]?.slice(0, maxNameLength) || 'unnamed';
}
