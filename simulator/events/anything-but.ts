import { PatternProblem, type Scalar, type ValueMatcher } from './value-matcher.ts';

const inverted = ['prefix', 'suffix', 'equals-ignore-case', 'wildcard'];

/** A value, several values of one type, or one of the text filters turned around; words as AWS's rule engine has them. */
export function anythingBut(
  operand: unknown,
  compileFilter: (name: string, operand: unknown) => ValueMatcher,
): ValueMatcher {
  if (typeof operand === 'object' && operand !== null && !Array.isArray(operand)) {
    const [[name, parts] = ['', undefined], ...more] = Object.entries(operand);
    if (!inverted.includes(name)) {
      throw new PatternProblem(`Unsupported anything-but pattern: ${name}`);
    }
    if (more.length > 0) throw new PatternProblem('Too many elements in numeric expression');
    const filters = valueList(parts).map((part) => compileFilter(name, requireText(name, part)));
    return (value) => !filters.some((filter) => filter(value));
  }
  const excluded = valueList(operand);
  if (!excluded.every((value) => typeof value === 'string' || typeof value === 'number')) {
    throw new PatternProblem('Inside anything but list, start|null|boolean is not supported.');
  }
  if (new Set(excluded.map((value) => typeof value)).size !== 1) {
    throw new PatternProblem(
      'Inside anything but list, either all values are number or string, mixed type is not supported',
    );
  }
  return (value) => !(excluded as Scalar[]).includes(value);
}

function valueList(operand: unknown): unknown[] {
  if (Array.isArray(operand)) return operand;
  if (typeof operand === 'string' || typeof operand === 'number') return [operand];
  throw new PatternProblem('Value of anything-but must be an array or single string/number value.');
}

function requireText(name: string, part: unknown): string {
  const affix = name === 'prefix' || name === 'suffix';
  if (typeof part === 'string') {
    if (affix && part === '') throw new PatternProblem('Null prefix/suffix not allowed');
    return part;
  }
  if (name === 'equals-ignore-case') {
    throw new PatternProblem(
      'Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported.',
    );
  }
  throw new PatternProblem(`${affix ? 'prefix/suffix' : name} match pattern must be a string`);
}
