import type { CheckResult } from './check-result.ts';

/**
 * Applies `allowInconclusive`: a check that could not be judged then passes, and says so. A check that failed or
 * broke is left alone, since what was seen stays true and what is broken has to be mended.
 */
export function letThrough(result: CheckResult, allowInconclusive: boolean): CheckResult {
  const { verdict } = result;
  if (!allowInconclusive || verdict !== 'inconclusive') return result;
  return passedOver(result, verdict, 'by allowInconclusive');
}

/**
 * What production itself does not pass no longer speaks against a release that a person wants (ADR 16): the release has
 * to pass the very same check before production sees it. What is broken has to be mended all the same.
 */
export function letProductionFail(result: CheckResult): CheckResult {
  const { verdict } = result;
  if (verdict !== 'inconclusive' && verdict !== 'fail') return result;
  return passedOver(result, verdict, 'of what runs now: a person wants this release');
}

function passedOver(
  result: CheckResult,
  verdict: 'inconclusive' | 'fail',
  why: string,
): CheckResult {
  const { sentence, observed, evidence } = result;
  return {
    ...result,
    verdict: 'pass',
    sentence: `${sentence} (let through ${why})`,
    observed: `${observed} (let through ${why})`,
    evidence: [...evidence, { kind: 'let-through', verdict, sentence }],
  };
}
