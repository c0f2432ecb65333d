import { AwsError } from '../core/aws-error.ts';
import { jsonNestsDeeperThan } from '../core/json-nesting.ts';
import { nestNames } from './dotted-names.ts';
import { compileFilter, isScalar } from './match-value.ts';
import { PatternProblem, type Scalar } from './value-matcher.ts';

/** An assumption; details of events may have so many levels, too. */
const mostLevels = 1_100;

type Fields = Readonly<Record<string, unknown>>;
type Matcher = (fields: Fields) => boolean;
/** Decides about all leaves of one field; none means that the field is missing. */
type LeavesMatcher = (leaves: readonly Scalar[]) => boolean;

/** Compiles an event pattern (JSON text); throws InvalidEventPatternException. */
export function compilePattern(text: string): (event: Fields) => boolean {
  try {
    const pattern: unknown = JSON.parse(text);
    if (jsonNestsDeeperThan(text, mostLevels)) throw new PatternProblem('It is nested too deeply');
    return compileObject(pattern);
  } catch (error) {
    if (!(error instanceof PatternProblem) && !(error instanceof SyntaxError)) throw error;
    throw new AwsError(
      'InvalidEventPatternException',
      `Event pattern is not valid. Reason: ${error.message}`,
    );
  }
}

function compileObject(pattern: unknown): Matcher {
  if (!isFields(pattern)) throw new PatternProblem('Filter is not an object');
  const entries = Object.entries(nestNames(pattern));
  if (entries.length === 0) throw new PatternProblem('Empty objects are not allowed');
  const matchers = entries.map(([key, value]) =>
    key === '$or' ? compileOr(value) : compileField(key, value),
  );
  return (fields) => {
    const nested = nestNames(fields);
    return matchers.every((matches) => matches(nested));
  };
}

function compileOr(alternatives: unknown): Matcher {
  if (!Array.isArray(alternatives) || alternatives.length < 2) {
    throw new PatternProblem('$or must be an array of at least two objects');
  }
  const matchers = alternatives.map(compileObject);
  return (fields) => matchers.some((matches) => matches(fields));
}

function compileField(key: string, pattern: unknown): Matcher {
  if (Array.isArray(pattern)) {
    if (pattern.length === 0) throw new PatternProblem('Empty arrays are not allowed');
    const matchers = pattern.map(compileValue);
    return (fields) => {
      const leaves = leavesOf(fields[key]);
      return matchers.some((matches) => matches(leaves));
    };
  }
  if (!isFields(pattern)) {
    throw new PatternProblem(`"${key}" must be an object or an array`);
  }
  const matches = compileObject(pattern);
  return (fields) => objectsOf(fields[key]).some(matches);
}

function compileValue(value: unknown): LeavesMatcher {
  if (isScalar(value)) return (leaves) => leaves.includes(value);
  if (!isFields(value))
    throw new PatternProblem('Match value must be a string, number, true, false or null');
  const [[name, operand] = ['', undefined], ...more] = Object.entries(value);
  if (more.length > 0) throw new PatternProblem('Only one key allowed in match expression');
  if (name === 'exists') {
    if (typeof operand !== 'boolean')
      throw new PatternProblem('exists match pattern must be either true or false.');
    return (leaves) => leaves.length > 0 === operand;
  }
  const matches = compileFilter(name, operand);
  return (leaves) => leaves.some(matches);
}

/** An array matches when one of its elements does; an object is not a leaf (aws-facts 1.1). */
function leavesOf(value: unknown): Scalar[] {
  if (Array.isArray(value)) return value.flatMap(leavesOf);
  return isScalar(value) ? [value] : [];
}

/** The objects a nested pattern may match; a missing one still satisfies `exists: false`. */
function objectsOf(value: unknown): Fields[] {
  const objects = (Array.isArray(value) ? value : [value]).filter(isFields);
  return objects.length > 0 ? objects : [{}];
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
