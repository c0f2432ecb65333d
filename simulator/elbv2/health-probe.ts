import http from 'node:http';
import type { TimerKind } from '../core/clock.ts';
import type { SocketAddress } from '../core/services.ts';
import type { VirtualClock } from '../core/virtual-clock.ts';
import type { HealthCheck } from './state.ts';
import { statusMatcher } from './status-matcher.ts';
import type { ProbeResult } from './target-health.ts';

/** Real milliseconds for which an unanswered check holds the clock; after that virtual time may run to its timeout. */
const longestHoldMs = 500;

export interface Probe {
  readonly address: SocketAddress;
  /** The target's `IP:port`, sent as Host. */
  readonly host: string;
  readonly check: HealthCheck;
  /** Kind of the timer that ends an unanswered check. */
  readonly kind: TimerKind;
}

/** One real health check request, on a connection of its own; never rejects. */
export function probeTarget(clock: VirtualClock, probe: Probe): Promise<ProbeResult> {
  const { address, check } = probe;
  const matches = statusMatcher(check.matcher);
  return new Promise((resolve) => {
    const release = clock.hold(`health check of ${probe.host}`);
    const releaseLate = setTimeout(release, longestHoldMs);
    const cancelTimeout = clock.schedule(
      check.timeoutSeconds * 1_000,
      () => finish({ kind: 'timeout' }),
      probe.kind,
    );
    const request = http.get(
      {
        host: address.host,
        port: address.port,
        path: check.path,
        agent: false,
        headers: { host: probe.host, 'user-agent': 'ELB-HealthChecker/2.0', connection: 'close' },
      },
      (response) => {
        const status = response.statusCode ?? 0;
        response.resume();
        finish({ kind: 'status', status, matches: matches(status) });
      },
    );
    request.on('error', () => finish({ kind: 'no-connection' }));

    function finish(result: ProbeResult): void {
      clearTimeout(releaseLate);
      cancelTimeout();
      resolve(result);
      // Reactions to the result run before time may move.
      setImmediate(release);
      if (result.kind === 'timeout') request.destroy();
    }
  });
}
