import { itemsOf, memberAt, membersOf } from '../config/loose-value.ts';
import type { ListenerAddress, TargetGroup } from '../ports/load-balancing.ts';

/**
 * What preflight found of a service's load balancing and a release does not change, `balancing/SERVICE.json`: the hooks
 * need not ask for it again. Elastic Load Balancing answers ten Describe calls a second in a whole account ("Request
 * throttling for the Elastic Load Balancing API"), so what does change, weights and health, gets them.
 */
export interface BalancerFacts {
  /** By listener ARN. */
  readonly listeners: Readonly<Record<string, ListenerAddress>>;
  readonly targetGroups: readonly TargetGroup[];
  /** ISO 8601. */
  readonly recordedAt: string;
}

export const balancerFactsKey = (service: string): string => `balancing/${service}.json`;

/** Longer than a release takes as a rule; a hook that comes later asks. */
export const balancerFactsMaxAgeMs = 3_600_000;

/** Facts read back; undefined where there are none, or none of ours. Only preflight writes the key. */
export function parseBalancerFacts(document: unknown): BalancerFacts | undefined {
  return isBalancerFacts(document) ? document : undefined;
}

/** Facts that are not too old; those from the future are of nobody's clock. */
export function areFresh({ recordedAt }: BalancerFacts, nowMs: number): boolean {
  const ageMs = nowMs - Date.parse(recordedAt);
  return Math.abs(ageMs) <= balancerFactsMaxAgeMs;
}

function isBalancerFacts(document: unknown): document is BalancerFacts {
  const listeners = membersOf(memberAt(document, 'listeners'));
  const groups = itemsOf(memberAt(document, 'targetGroups'));
  const isText = (of: unknown, name: string) => typeof memberAt(of, name) === 'string';
  return (
    isText(document, 'recordedAt') &&
    listeners.length > 0 &&
    listeners.every(([, one]) => isAddress(one)) &&
    groups.length > 0 &&
    groups.every((group) => isText(group, 'arn') && isText(group, 'name'))
  );
}

function isAddress(value: unknown): value is ListenerAddress {
  const [protocol, port, host] = ['protocol', 'port', 'host'].map((name) => memberAt(value, name));
  return (
    (protocol === 'HTTP' || protocol === 'HTTPS') &&
    Number.isInteger(port) &&
    typeof host === 'string' &&
    host !== ''
  );
}
