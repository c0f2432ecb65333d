import { memberAt } from '../config/loose-value.ts';
import { verdictsWorstFirst } from '../verdict/verdict.ts';
import type { CheckResult } from './check-result.ts';

const texts = ['name', 'type', 'sentence', 'expected', 'observed'] as const;

/** Whether what was read back is a list of what checks found; what their evidence says is only carried on. */
export function areCheckResults(value: unknown): value is readonly CheckResult[] {
  return Array.isArray(value) && value.every(isCheckResult);
}

function isCheckResult(value: unknown): boolean {
  const evidence = memberAt(value, 'evidence');
  return (
    texts.every((name) => typeof memberAt(value, name) === 'string') &&
    isVerdict(memberAt(value, 'verdict')) &&
    typeof memberAt(value, 'samples') === 'number' &&
    Array.isArray(evidence) &&
    evidence.every((one) => typeof memberAt(one, 'kind') === 'string')
  );
}

export function isVerdict(value: unknown): boolean {
  return verdictsWorstFirst.some((verdict) => verdict === value);
}
