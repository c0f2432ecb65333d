import { argoFailureLimit } from '../../rules/argo-failure-limit.ts';
import { flaggerThreshold } from '../../rules/flagger-threshold.ts';
import type { ObservedRequest, RuleDecision } from '../../rules/observed-request.ts';
import type { CorpusEntry, StageKind } from '../entry.ts';
import type { PlayedRelease } from '../played-release.ts';
import type { Method, MethodName } from './method.ts';
import { observeRelease } from './observe-release.ts';

/** Rules of Kubernetes tools, on what the release answers to production clients: replayed, not rehearsed. */
export const flagger = replayed('flagger', flaggerThreshold);
export const argo = replayed('argo', argoFailureLimit);

/** Certificates belong to the listener, and gRPC to another kind of client. */
const replayable: readonly StageKind[] = ['http', 'http-slow-pull', 'http-any-2xx', 'https'];

function replayed(
  name: MethodName,
  rule: (requests: readonly ObservedRequest[]) => RuleDecision,
): Method {
  return {
    name,
    open: async () => ({ play: (entry) => replay(entry, rule), stop: async () => {} }),
  };
}

async function replay(
  entry: CorpusEntry,
  rule: (requests: readonly ObservedRequest[]) => RuleDecision,
): Promise<PlayedRelease> {
  const startedAtMs = performance.now();
  const common = { name: entry.name, kind: entry.kind };
  if (!replayable.includes(entry.stage)) {
    const reason = `A replay talks to a container over HTTP, not to a stage of kind ${entry.stage}`;
    return {
      ...common,
      outcome: 'not applicable',
      caughtBy: 'none',
      productionRequestsServed: 0,
      reason,
      wallSeconds: 0,
    };
  }
  const requests = await observeOnce(entry);
  const wallSeconds = () => (performance.now() - startedAtMs) / 1_000;
  if (!requests) {
    return {
      ...common,
      outcome: 'rolled-back',
      caughtBy: 'readiness',
      productionRequestsServed: 0,
      reason: 'It never became ready',
      wallSeconds: wallSeconds(),
    };
  }
  const decision = rule(requests);
  const promoted = decision.verdict === 'promote';
  return {
    ...common,
    outcome: promoted ? 'deployed' : 'rolled-back',
    caughtBy: promoted ? 'none' : 'rule',
    productionRequestsServed: decision.requests,
    reason: decision.reason,
    wallSeconds: wallSeconds(),
  };
}

/** Every rule judges the same requests. */
function observeOnce(entry: CorpusEntry): Promise<ObservedRequest[] | undefined> {
  const known = observations.get(entry);
  if (known !== undefined) return known;
  const observation = observeRelease(entry);
  observations.set(entry, observation);
  return observation;
}

const observations = new WeakMap<CorpusEntry, Promise<ObservedRequest[] | undefined>>();
