import { setMaxListeners } from 'node:events';
import type { PreflightPorts } from '../core/preflight/preflight-facts.ts';
import { liveReleasePorts } from './live-release-ports.ts';
import { liveTrafficPorts } from './live-traffic-ports.ts';

export interface LivePortsOptions {
  readonly signal: AbortSignal;
  /** Names of the hook functions without their lifecycle event. */
  readonly hookNamePrefix: string;
}

/** Everything that preflight reads through; the workflow's state and the command line use the same. */
export function livePreflightPorts({ signal, hookNamePrefix }: LivePortsOptions): PreflightPorts {
  // Every call in flight listens to it, and all checks ask at once: Node.js would take that for a leak.
  setMaxListeners(0, signal);
  return { ...liveReleasePorts(signal), ...liveTrafficPorts(signal, hookNamePrefix) };
}
