import { AwsError } from '../core/aws-error.ts';
import { matchesWildcard } from './wildcard.ts';

type Compare = (actual: string, wanted: string) => boolean;

interface Operator {
  readonly compare: Compare;
  /** A negated operator holds when no value matches, and when the key is absent. */
  readonly negated: boolean;
}

const same: Compare = (actual, wanted) => actual === wanted;
const sameIgnoringCase: Compare = (actual, wanted) => actual.toLowerCase() === wanted.toLowerCase();
const like: Compare = (actual, wanted) => matchesWildcard(wanted, actual);
// Each of an ARN's six parts is matched for itself, so that a wildcard does not reach over a colon.
const arnLike: Compare = (actual, wanted) => {
  const [have, want] = [parts(actual), parts(wanted)];
  return want.length === have.length && want.every((part, at) => like(have[at] ?? '', part));
};

const positive: Readonly<Record<string, Compare>> = {
  StringEquals: same,
  StringEqualsIgnoreCase: sameIgnoringCase,
  StringLike: like,
  ArnEquals: arnLike,
  ArnLike: arnLike,
  Bool: sameIgnoringCase,
  NumericEquals: (actual, wanted) => Number(actual) === Number(wanted),
  NumericLessThan: (actual, wanted) => Number(actual) < Number(wanted),
  NumericLessThanEquals: (actual, wanted) => Number(actual) <= Number(wanted),
  NumericGreaterThan: (actual, wanted) => Number(actual) > Number(wanted),
  NumericGreaterThanEquals: (actual, wanted) => Number(actual) >= Number(wanted),
  DateEquals: (actual, wanted) => instant(actual) === instant(wanted),
  DateLessThan: (actual, wanted) => instant(actual) < instant(wanted),
  DateLessThanEquals: (actual, wanted) => instant(actual) <= instant(wanted),
  DateGreaterThan: (actual, wanted) => instant(actual) > instant(wanted),
  DateGreaterThanEquals: (actual, wanted) => instant(actual) >= instant(wanted),
};

/** Throws NotImplemented for operators that exist on AWS but not here (IpAddress, BinaryEquals). */
export function conditionOperator(name: string): Operator {
  const compare = positive[name];
  if (compare) return { compare, negated: false };
  const affirmed = positive[name.replace('Not', '')];
  if (affirmed && /^(String|Arn|Numeric|Date)Not/.test(name)) {
    return { compare: affirmed, negated: true };
  }
  throw new AwsError('NotImplemented', `Condition operator ${name} of policies is not simulated`);
}

function parts(arn: string): string[] {
  const split = arn.split(':');
  return [...split.slice(0, 5), split.slice(5).join(':')];
}

function instant(text: string): number {
  return /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text);
}
