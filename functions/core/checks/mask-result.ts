import { type Mask, maskDeep } from '../probe/mask.ts';
import { plainLine } from '../probe/plain-text.ts';
import type { CheckResult, Evidence } from './check-result.ts';

/**
 * Masks what a check says and quotes. Its type, its verdict and the kinds of its evidence are words of ours: a
 * secret that happens to read `pass` must not change them. What it says is printed at terminals and in mails, so it
 * is one plain line, whatever a service answered.
 */
export function maskResult(result: CheckResult, mask: Mask): CheckResult {
  return {
    ...result,
    name: plainLine(mask(result.name)),
    sentence: plainLine(mask(result.sentence)),
    expected: plainLine(mask(result.expected)),
    observed: plainLine(mask(result.observed)),
    evidence: result.evidence.map((one) => maskEvidence(one, mask)),
  };
}

function maskEvidence(evidence: Evidence, mask: Mask): Evidence {
  const masked = { ...maskDeep(evidence, mask), kind: evidence.kind } as Evidence;
  return 'verdict' in evidence ? ({ ...masked, verdict: evidence.verdict } as Evidence) : masked;
}
