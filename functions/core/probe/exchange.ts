import type { ProbeResponse } from '../ports/probe-transport.ts';

/** Where a Location header points to. */
export interface RedirectTarget {
  /** Absolute, as a client would resolve it. */
  readonly url: string;
  /** Path and query when the target is the listener's own host, whatever its scheme and port. */
  readonly path: string | undefined;
}

/** One request with the redirects that it was answered by. */
export interface Exchange {
  /** The last answer. Durations and phases are those of all its requests together. */
  readonly response: ProbeResponse;
  /** The last redirect, followed or not; undefined when there was none. */
  readonly redirect?: RedirectTarget | undefined;
  /** How many redirects were followed. */
  readonly followed?: number;
  /** Why a redirect that should have been followed was not. */
  readonly stuck?: 'other-host' | 'too-many' | 'same-path' | undefined;
}
