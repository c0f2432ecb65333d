import { BlockList, isIP } from 'node:net';
import { escapeWildcards, type TextMatcher, wildcardMatcher } from './wildcard.ts';

/** A matcher for one value of a policy, prepared once. */
type Prepare = (wanted: string) => TextMatcher;

export interface ConditionOperator {
  readonly prepare: Prepare;
  /** A negated operator holds when no value matches, and when the key is absent. */
  readonly negated: boolean;
}

const same: Prepare = (wanted) => wildcardMatcher(escapeWildcards(wanted));
const sameIgnoringCase: Prepare = (wanted) => {
  const matcher = same(wanted.toLowerCase());
  return (actual) => matcher(actual.toLowerCase());
};
// Each of an ARN's six parts is matched for itself, so that a wildcard does not reach over a colon.
const arnLike: Prepare = (wanted) => {
  const matchers = arnParts(wanted).map(wildcardMatcher);
  return (actual) => {
    const parts = arnParts(actual);
    return parts.length === matchers.length && matchers.every((fits, at) => fits(parts[at] ?? ''));
  };
};
const numeric =
  (compare: (actual: number, wanted: number) => boolean): Prepare =>
  (wanted) =>
  (actual) =>
    compare(Number(actual), Number(wanted));
const dated =
  (compare: (actual: number, wanted: number) => boolean): Prepare =>
  (wanted) => {
    const limit = instant(wanted);
    return (actual) => compare(instant(actual), limit);
  };
const inNetwork: Prepare = (wanted) => {
  const [address = '', prefix] = wanted.split('/');
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
  const network = new BlockList();
  const full = family === 'ipv6' ? 128 : 32;
  if (isIP(address))
    network.addSubnet(address, prefix === undefined ? full : Number(prefix), family);
  return (actual) =>
    isIP(actual) !== 0 && network.check(actual, isIP(actual) === 6 ? 'ipv6' : 'ipv4');
};

const equal = (a: number, b: number) => a === b;
const less = (a: number, b: number) => a < b;
const lessOrEqual = (a: number, b: number) => a <= b;
const greater = (a: number, b: number) => a > b;
const greaterOrEqual = (a: number, b: number) => a >= b;

/** The operators of IAM's reference, negated ones left out. */
const affirmative: Readonly<Record<string, Prepare>> = {
  StringEquals: same,
  StringEqualsIgnoreCase: sameIgnoringCase,
  StringLike: wildcardMatcher,
  ArnEquals: arnLike,
  ArnLike: arnLike,
  Bool: sameIgnoringCase,
  BinaryEquals: same,
  IpAddress: inNetwork,
  NumericEquals: numeric(equal),
  NumericLessThan: numeric(less),
  NumericLessThanEquals: numeric(lessOrEqual),
  NumericGreaterThan: numeric(greater),
  NumericGreaterThanEquals: numeric(greaterOrEqual),
  DateEquals: dated(equal),
  DateLessThan: dated(less),
  DateLessThanEquals: dated(lessOrEqual),
  DateGreaterThan: dated(greater),
  DateGreaterThanEquals: dated(greaterOrEqual),
};

const negatives: Readonly<Record<string, string>> = {
  StringNotEquals: 'StringEquals',
  StringNotEqualsIgnoreCase: 'StringEqualsIgnoreCase',
  StringNotLike: 'StringLike',
  ArnNotEquals: 'ArnEquals',
  ArnNotLike: 'ArnLike',
  NotIpAddress: 'IpAddress',
  NumericNotEquals: 'NumericEquals',
  DateNotEquals: 'DateEquals',
};

/** Undefined for a name that IAM does not know; `Null` and the set prefixes are not its business. */
export function conditionOperator(name: string): ConditionOperator | undefined {
  const negated = Object.hasOwn(negatives, name);
  const affirmed = negated ? (negatives[name] ?? '') : name;
  const prepare = Object.hasOwn(affirmative, affirmed) ? affirmative[affirmed] : undefined;
  return prepare && { prepare, negated };
}

function arnParts(arn: string): string[] {
  const split = arn.split(':');
  return [...split.slice(0, 5), split.slice(5).join(':')];
}

function instant(text: string): number {
  return /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text);
}
