import type { PreflightSubject } from './preflight-subject.ts';
import { type ReleaseFacts, type ReleasePorts, releaseFacts } from './release/release-facts.ts';
import { type TrafficFacts, type TrafficPorts, trafficFacts } from './traffic/traffic-facts.ts';

/** Everything that checks may ask; a reader fetches at most once, so the number of API calls is bounded. */
export type PreflightFacts = ReleaseFacts & TrafficFacts;

/** What the facts are read through. */
export type PreflightPorts = ReleasePorts & TrafficPorts;

/** Readers for one run of preflight; nothing is read before a check asks. */
export function preflightFacts(subject: PreflightSubject, ports: PreflightPorts): PreflightFacts {
  const release = releaseFacts(subject, ports);
  return { ...release, ...trafficFacts(subject, ports, release) };
}
