import type { Mask } from '../probe/mask.ts';
import { verdictsWorstFirst } from '../verdict/verdict.ts';
import type { CustomCheckResult } from './custom-check.ts';

export type ParsedCustomCheckResult =
  | { readonly ok: true; readonly result: CustomCheckResult }
  /** What is wrong with it, e.g. `"expected" is missing, expected text`. */
  | { readonly ok: false; readonly problems: readonly string[] };

/** The build checked the types, but a value out of `JSON.parse` or a cast passes every compiler. */
export function parseCustomCheckResult(
  value: unknown,
  mask: Mask = (text) => text,
): ParsedCustomCheckResult {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { ok: false, problems: [`it is ${kindOf(value)}, expected an object`] };
  }
  const members = new Map(Object.entries(value));
  const problems = [
    ...verdictProblems(members.get('verdict'), mask),
    ...textProblems('expected', members.get('expected')),
    ...textProblems('observed', members.get('observed')),
    ...(members.get('sentence') === undefined
      ? []
      : textProblems('sentence', members.get('sentence'))),
    ...evidenceProblems(members.get('evidence')),
  ];
  // Every member was looked at just now.
  return problems.length > 0
    ? { ok: false, problems }
    : { ok: true, result: value as CustomCheckResult };
}

function verdictProblems(verdict: unknown, mask: Mask): string[] {
  if (verdictsWorstFirst.some((known) => known === verdict)) return [];
  return [`"verdict" is ${shown(verdict, mask)}, expected ${verdictsWorstFirst.join(', ')}`];
}

function textProblems(member: string, value: unknown): string[] {
  if (typeof value === 'string' && value !== '') return [];
  return [`"${member}" is ${value === '' ? '""' : kindOf(value)}, expected text`];
}

function evidenceProblems(evidence: unknown): string[] {
  if (evidence === undefined) return [];
  if (typeof evidence !== 'object' || evidence === null || Array.isArray(evidence)) {
    return [`"evidence" is ${kindOf(evidence)}, expected an object`];
  }
  return Object.entries(evidence)
    .filter(([, value]) => !['string', 'number', 'boolean'].includes(typeof value))
    .map(
      ([subject, value]) =>
        `"evidence.${subject}" is ${kindOf(value)}, expected text, a number, true or false`,
    );
}

function shown(value: unknown, mask: Mask): string {
  return typeof value === 'string' ? JSON.stringify(mask(value).slice(0, 80)) : kindOf(value);
}

function kindOf(value: unknown): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
