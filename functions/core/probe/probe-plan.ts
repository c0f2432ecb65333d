import type { HttpCheckConfig } from '../config/schema.ts';
import type { Listener } from '../ports/load-balancing.ts';
import type { ProbeRequest } from '../ports/probe-transport.ts';

/** Bytes of a body that checks can see; a release check has no business with more. */
export const maxBodyBytes = 256 * 1024;

/** What is to be sent, and how many at a time; pure data, the transport carries it out. */
export interface ProbePlan {
  readonly request: ProbeRequest;
  readonly requests: number;
  readonly concurrency: number;
}

/** What a plan is made from; expectations have no part in it. */
export type ProbeSettings = Pick<
  HttpCheckConfig,
  'path' | 'method' | 'headers' | 'timeoutMs' | 'requests' | 'concurrency'
>;

/** Plan of one HTTP check through a listener; the header tells the service's logs who asked. */
export function planProbe(
  check: ProbeSettings,
  listener: Listener,
  deploymentId: string,
): ProbePlan {
  return {
    request: {
      url: listenerUrl(listener, check.path),
      method: check.method,
      headers: { ...lowerCased(check.headers), 'x-greengate-probe': deploymentId },
      timeoutMs: check.timeoutMs,
      maxBodyBytes,
    },
    requests: check.requests,
    concurrency: Math.min(check.concurrency ?? 4, check.requests),
  };
}

/** URL of a path behind a listener. */
export function listenerUrl(listener: Listener, path: string): string {
  return `${listener.protocol.toLowerCase()}://${listener.host}:${listener.port}${path}`;
}

function lowerCased(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
}
