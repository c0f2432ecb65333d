import type { PreflightSubject } from '../preflight-subject.ts';
import type { ReleaseFacts } from '../release/release-facts.ts';

/** Ports that only the traffic half reads. */
export type TrafficPorts = Readonly<Record<never, never>>;

/** What the traffic half of the checks reads, each fact fetched at most once. */
export type TrafficFacts = Readonly<Record<never, never>>;

export function trafficFacts(
  _subject: PreflightSubject,
  _ports: TrafficPorts,
  _release: ReleaseFacts,
): TrafficFacts {
  return {};
}
