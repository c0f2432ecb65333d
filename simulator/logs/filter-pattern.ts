import { compileJsonPattern } from './json-pattern.ts';
import { compileSpacePattern } from './space-pattern.ts';
import { compileTermPattern } from './term-pattern.ts';

/** A compiled filter pattern. */
export interface FilterPattern {
  matches(message: string): boolean;
  /** Value of `$.member` or of the field `$name` in a message that matches; undefined when it has none. */
  extract(message: string, selector: string): string | undefined;
  /** What TestMetricFilter shows: the values that the pattern names, by name. */
  extractAll(message: string): Readonly<Record<string, string>>;
}

/**
 * Compiles a filter pattern of CloudWatch Logs: terms, `{ JSON }` or `[space, delimited]`
 * (CloudWatch Logs guide, "Filter pattern syntax"); throws AwsError `InvalidParameterException`.
 */
export function compileFilterPattern(pattern: string): FilterPattern {
  const text = pattern.trim();
  if (text.startsWith('{')) return compileJsonPattern(text);
  if (text.startsWith('[')) return compileSpacePattern(text);
  return { matches: compileTermPattern(text), extract: () => undefined, extractAll: () => ({}) };
}
