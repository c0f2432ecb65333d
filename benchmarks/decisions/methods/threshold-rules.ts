import { argoFailureLimit } from '../../rules/argo-failure-limit.ts';
import { flaggerThreshold } from '../../rules/flagger-threshold.ts';
import type { ObservedRequest, RuleDecision } from '../../rules/observed-request.ts';
import { pairsPerMinute, type RequestStream } from '../request-stream.ts';
import type { Decision, Method } from './method.ts';

/** Minutes that either rule can last: ten measurements, and those that failed before. */
const minutes = 14;

/** Flagger's documented blue/green example: ten checks, rolled back at two below 99 % or with p99 above 500 ms. */
export const flagger: Method = {
  name: 'Flagger threshold',
  decide: (stream) => decisionOf(flaggerThreshold(observed(stream))),
};

/** Argo Rollouts' documented example: ten measurements of at least 95 %, three may fail. */
export const argo: Method = {
  name: 'Argo failure limit',
  decide: (stream) => decisionOf(argoFailureLimit(observed(stream))),
};

/** The same with the limit that Argo takes when none is written: a single failure ends it. */
export const argoStrict: Method = {
  name: 'Argo, limit 0, 99 %',
  decide: (stream) =>
    decisionOf(
      argoFailureLimit(observed(stream), {
        count: 10,
        intervalMs: 60_000,
        failureLimit: 0,
        minSuccessShare: 0.99,
      }),
    ),
};

function observed(stream: RequestStream): ObservedRequest[] {
  return Array.from({ length: minutes * pairsPerMinute }, (_, at) => ({
    atMs: (at * 60_000) / pairsPerMinute,
    ok: stream.replacementError[at] === 0,
    latencyMs: stream.replacementMs[at] ?? 0,
  }));
}

function decisionOf({ verdict, requests }: RuleDecision): Decision {
  return { verdict: verdict === 'roll back' ? 'fail' : 'pass', requests };
}
