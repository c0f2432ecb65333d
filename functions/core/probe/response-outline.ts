import type { ProbeResponse, ProbeTimings } from '../ports/probe-transport.ts';

/** What is kept of every answer; ten thousand bodies would not fit into a function's memory. */
export interface ResponseOutline {
  /** Undefined when no answer came. */
  readonly status: number | undefined;
  readonly timings: ProbeTimings | undefined;
}

export function outlineOf(response: ProbeResponse): ResponseOutline {
  return {
    status: response.kind === 'response' ? response.status : undefined,
    timings: response.timings,
  };
}
