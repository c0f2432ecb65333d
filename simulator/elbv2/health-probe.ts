import type { TimerKind } from '../core/clock.ts';
import type { SocketAddress } from '../core/services.ts';
import type { VirtualClock } from '../core/virtual-clock.ts';
import { requestHttp1, requestHttp2 } from './health-requests.ts';
import type { HealthCheck, ProtocolVersion } from './state.ts';
import { statusMatcher } from './status-matcher.ts';
import type { ProbeResult } from './target-health.ts';

/** Real milliseconds for which an unanswered check holds the clock; after that virtual time may run to its timeout. */
const longestHoldMs = 500;

export interface Probe {
  readonly address: SocketAddress;
  /** The target's `IP:port`, sent as Host. */
  readonly host: string;
  readonly check: HealthCheck;
  /** Targets are checked in what their group speaks to them. */
  readonly version: ProtocolVersion;
  /** Kind of the timer that ends an unanswered check. */
  readonly kind: TimerKind;
}

/** One real health check request, on a connection of its own; never rejects. */
export function probeTarget(clock: VirtualClock, probe: Probe): Promise<ProbeResult> {
  const { check, version } = probe;
  const matches = statusMatcher(check.matcher, version);
  return new Promise((resolve) => {
    const release = clock.hold(`health check of ${probe.host}`);
    const releaseLate = setTimeout(release, longestHoldMs);
    const cancelTimeout = clock.schedule(
      check.timeoutSeconds * 1_000,
      () => finish({ kind: 'timeout' }),
      probe.kind,
    );
    let finished = false;
    const send = version === 'HTTP1' ? requestHttp1 : requestHttp2;
    const abort = send(
      { address: probe.address, host: probe.host, path: check.path, grpc: version === 'GRPC' },
      (status) =>
        finish(
          status === undefined
            ? { kind: 'no-connection' }
            : { kind: 'status', status, matches: matches(status) },
        ),
    );

    function finish(result: ProbeResult): void {
      if (finished) return;
      finished = true;
      clearTimeout(releaseLate);
      cancelTimeout();
      resolve(result);
      // Reactions to the result run before time may move.
      setImmediate(release);
      if (result.kind === 'timeout') abort();
    }
  });
}
