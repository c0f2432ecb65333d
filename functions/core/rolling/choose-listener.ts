import type { Listener } from '../ports/load-balancing.ts';

const usualPorts: Readonly<Record<Listener['protocol'], number>> = { HTTPS: 443, HTTP: 80 };

/**
 * The listener that clients use, where several forward to the service: HTTPS before HTTP, the protocol's own port
 * before others, then the lowest. A rolling update has no other listener to look through.
 */
export function chooseListener(listeners: readonly Listener[]): Listener | undefined {
  const rank = ({ protocol, port }: Listener) =>
    (protocol === 'HTTPS' ? 0 : 200_000) + (port === usualPorts[protocol] ? 0 : 100_000) + port;
  return listeners.toSorted((a, b) => rank(a) - rank(b))[0];
}
