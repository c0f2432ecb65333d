import { brokenCheck, type CheckResult, type Evidence } from '../../core/checks/check-result.ts';
import { maxResponses, responseEvidence } from '../../core/checks/response-evidence.ts';
import { describeStatusExpectation } from '../../core/checks/status-expectation.ts';
import { comparisonCheck } from '../../core/comparison/comparison-check.ts';
import { ComparisonJudge } from '../../core/comparison/comparison-judge.ts';
import { comparisonResult } from '../../core/comparison/comparison-result.ts';
import { type Random, seededRandom } from '../../core/comparison/seeded-random.ts';
import { compareSettings } from '../../core/comparison/settings-of-check.ts';
import type { CompareCheckConfig } from '../../core/config/schema.ts';
import { inconclusiveCheck } from '../../core/hooks/judgement.ts';
import type { ProbeResponse } from '../../core/ports/probe-transport.ts';
import type { CheckInputs } from '../check-inputs.ts';
import type { JudgeDeps } from '../hook-scene.ts';
import type { Vantage } from '../vantage.ts';
import { comparedRequests } from './compared-requests.ts';
import { isError, sendPairs } from './send-pairs.ts';

export type CompareCheckDeps = Pick<JudgeDeps, 'probe' | 'clock' | 'signal'> & {
  /** Default: seeded by the deployment, so that its order of requests can be repeated. */
  readonly random?: Random;
};

/**
 * Sends pairs of requests to replacement and original until the comparison is decided. It never rejects: what
 * goes wrong becomes the verdict `error`, what lacks becomes `inconclusive`.
 */
export async function runCompareCheck(
  check: CompareCheckConfig,
  vantage: Vantage,
  inputs: CheckInputs,
  deps: CompareCheckDeps,
): Promise<CheckResult> {
  const name = check.name ?? 'compare';
  if (vantage.originalListener === undefined) {
    return inconclusiveCheck(
      name,
      'compare',
      'an original that still serves, to compare the replacement with',
      `none at ${vantage.lifecycleEvent}`,
    );
  }
  try {
    return await compare(name, check, vantage, vantage.originalListener, inputs, deps);
  } catch (error) {
    return brokenCheck(name, 'compare', error instanceof Error ? error.message : String(error));
  }
}

async function compare(
  name: string,
  check: CompareCheckConfig,
  { listener, deploymentId, lifecycleEvent }: Vantage,
  originalListener: NonNullable<Vantage['originalListener']>,
  { references, mask }: CheckInputs,
  deps: CompareCheckDeps,
): Promise<CheckResult> {
  const requests = comparedRequests(check, originalListener, listener, references);
  const settings = compareSettings(check);
  const judge = new ComparisonJudge(settings);
  const { random = seededRandom(`${deploymentId} ${lifecycleEvent} ${name}`), clock } = deps;
  const offending: Evidence[] = [];
  const keep = (request: string, response: ProbeResponse) => {
    if (offending.length >= maxResponses || !isError(response, check)) return;
    offending.push(evidenceOf(request, response, check, mask, clock.now()));
  };
  const { cutShort } = await sendPairs(check, requests, judge, {
    ...deps,
    random,
    onPair: ({ path, replacement }) => keep(requests[path]?.name ?? '', replacement),
  });
  const result = comparisonResult(
    judge,
    cutShort ? `the time for the checks was up after ${judge.observed} pairs` : undefined,
  );
  return comparisonCheck(name, result, settings, offending);
}

function evidenceOf(
  request: string,
  response: ProbeResponse,
  check: CompareCheckConfig,
  mask: CheckInputs['mask'],
  nowMs: number,
): Evidence {
  const observed = response.kind === 'response' ? `status ${response.status}` : 'no answer';
  const expected = `status ${describeStatusExpectation(check.expectStatus)}`;
  return responseEvidence(`${request} at the replacement`, response, [{ expected, observed }], {
    mask,
    nowMs,
  });
}
