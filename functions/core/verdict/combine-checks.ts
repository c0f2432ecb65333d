import type { CheckResult } from '../checks/check-result.ts';
import { type Verdict, worstVerdict } from './verdict.ts';

export interface CombinedVerdict {
  readonly verdict: Verdict;
  readonly sentence: string;
}

/** One verdict and one sentence out of several checks: the worst verdict and the first check that has it. */
export function combineChecks(checks: readonly CheckResult[]): CombinedVerdict {
  const verdict = worstVerdict(checks.map((check) => check.verdict));
  const decisive = checks.filter((check) => check.verdict === verdict);
  const [first, ...others] = decisive;
  if (first === undefined) {
    return { verdict, sentence: 'No check gave any evidence' };
  }
  if (verdict === 'pass') {
    const samples = checks.reduce((sum, check) => sum + check.samples, 0);
    const passed = `All ${checks.length} checks passed on ${samples} samples`;
    const unjudged = checks.filter(wasLetThrough);
    const but = unjudged.length === 0 ? '' : `, although nothing could judge ${names(unjudged)}`;
    return { verdict, sentence: `${passed}${but}` };
  }
  const more = others.length === 0 ? '' : ` (and ${others.length} more: ${names(others)})`;
  return { verdict, sentence: `${first.sentence}${more}` };
}

function wasLetThrough({ evidence }: CheckResult): boolean {
  return evidence.some(({ kind }) => kind === 'let-through');
}

function names(checks: readonly CheckResult[]): string {
  return checks.map((check) => check.name).join(', ');
}
