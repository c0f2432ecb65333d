import { referencesIn } from '../probe/references.ts';
import type { ProblemPath } from './locate.ts';
import type { ConfigIssue } from './parse.ts';
import { canBacktrackForever } from './regular-expression-shape.ts';

export interface PatternRule {
  /** For what takes its value from the first group. */
  readonly needsGroup?: boolean;
}

/** Mistakes in a regular expression; the flag is the one that checks use. */
export function regularExpressionIssues(
  path: ProblemPath,
  pattern: unknown,
  { needsGroup = false }: PatternRule = {},
): ConfigIssue[] {
  if (typeof pattern !== 'string') return [];
  // A value in place of its reference is escaped, so any harmless letter stands for it.
  const plain = referencesIn(pattern).reduce(
    (text, { text: ref }) => text.replace(ref, 'x'),
    pattern,
  );
  try {
    new RegExp(plain, 'u');
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return [{ path, message: `is not a regular expression: ${message}` }];
  }
  const issues: ConfigIssue[] = [];
  if (canBacktrackForever(plain)) {
    const message =
      'repeats something that is repeated inside already, which can take forever on a text that does not match: write it with a single repetition';
    issues.push({ path, message });
  }
  if (needsGroup && groupsOf(plain) === 0) {
    issues.push({ path, message: 'has no group, expected one around what is to be captured' });
  }
  return issues;
}

/** An alternative that matches the empty text makes every group show up in the result. */
function groupsOf(pattern: string): number {
  return (new RegExp(`${pattern}|`, 'u').exec('')?.length ?? 1) - 1;
}
