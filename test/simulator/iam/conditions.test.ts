import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluateConditions } from '../../../simulator/iam/conditions.ts';
import { matchesWildcard } from '../../../simulator/iam/wildcard.ts';

const context = new Map([
  ['aws:sourcearn', ['arn:aws:ecs:eu-west-1:1:task/x/y']],
  ['aws:tagkeys', ['team', 'stage']],
  ['aws:username', ['ann']],
  ['n', ['5']],
  ['aws:sourceip', ['192.0.2.7']],
  ['v6', ['2001:db8::1']],
  ['when', ['2026-11-21T09:00:00Z']],
  ['stars', ['*x']],
  ['aws:securetransport', ['true']],
]);
const holds = (operator: string, key: string, value: unknown) =>
  evaluateConditions({ [operator]: { [key]: value } }, context).holds;

describe('evaluateConditions', () => {
  it.each<[string, string, unknown, boolean]>([
    ['StringEquals', 'aws:username', 'ann', true],
    ['StringEquals', 'AWS:UserName', ['bob', 'ann'], true],
    ['StringEquals', 'aws:username', 'Ann', false],
    ['StringEqualsIgnoreCase', 'aws:username', 'ANN', true],
    ['StringNotEquals', 'aws:username', 'ann', false],
    ['StringNotEquals', 'aws:absent', 'x', true],
    ['StringEquals', 'aws:absent', 'x', false],
    ['StringEqualsIfExists', 'aws:absent', 'x', true],
    ['StringLike', 'aws:username', 'a?n', true],
    ['StringNotLike', 'aws:username', 'a*', false],
    ['StringEquals', 'aws:username', ['$' + '{aws:username}'], true],
    ['ArnLike', 'aws:SourceArn', 'arn:aws:ecs:*:1:task/*', true],
    ['ArnLike', 'aws:SourceArn', 'arn:aws:ecs:*:task/*', false],
    ['ArnNotLike', 'aws:SourceArn', 'arn:aws:s3:*:*:*', true],
    ['Bool', 'aws:SecureTransport', true, true],
    ['Null', 'aws:absent', 'true', true],
    ['Null', 'aws:username', 'true', false],
    ['NumericLessThan', 'n', '6', true],
    ['NumericNotEquals', 'n', 5, false],
    ['ForAllValues:StringEquals', 'aws:TagKeys', ['team', 'stage', 'x'], true],
    ['ForAllValues:StringEquals', 'aws:TagKeys', ['team'], false],
    ['ForAllValues:StringEquals', 'aws:absent', ['team'], true],
    ['ForAnyValue:StringEquals', 'aws:TagKeys', ['stage'], true],
    ['ForAnyValue:StringEquals', 'aws:absent', ['stage'], false],
    ['ForAnyValue:StringNotEquals', 'aws:absent', ['stage'], false],
    ['ForAnyValue:StringNotEquals', 'aws:TagKeys', ['stage'], true],
    ['ForAllValues:StringNotEquals', 'aws:TagKeys', ['stage'], false],
    ['IpAddress', 'aws:SourceIp', ['10.0.0.0/8', '192.0.2.7'], true],
    ['IpAddress', 'aws:SourceIp', '192.0.2.0/30', false],
    ['NotIpAddress', 'aws:SourceIp', '192.0.2.0/30', true],
    ['IpAddress', 'v6', '2001:db8::/32', true],
    ['IpAddress', 'v6', '192.0.2.0/24', false],
    ['DateGreaterThan', 'when', '2026-11-20T00:00:00Z', true],
    ['DateLessThan', 'when', '1795305601', true],
    ['DateNotEquals', 'when', '2026-11-21T09:00:00Z', false],
    ['BinaryEquals', 'n', '5', true],
    ['StringEquals', 'aws:username', ['a*'], false],
    ['StringLike', 'stars', ['$' + '{*}x'], true],
    ['StringLike', 'aws:username', ['$' + '{*}n'], false],
    ['StringEquals', 'aws:username', ['$' + "{aws:absent, 'ann'}"], true],
    ['StringNotEqualsIgnoreCase', 'aws:username', 'ANN', false],
  ])('%s of %s against %j is %s', (operator, key, value, expected) => {
    expect(holds(operator, key, value)).toBe(expected);
  });

  it('an operator that IAM does not have is refused by name', () => {
    expect(() => holds('StringMatches', 'aws:username', 'a')).toThrow(/StringMatches/);
  });

  it('all operators and keys are required together', () => {
    const both = { StringEquals: { 'aws:username': 'ann', n: '6' }, Bool: { n: 'x' } };
    expect(evaluateConditions(both, context).holds).toBe(false);
  });
});

describe('matchesWildcard', () => {
  it('a text matches itself, its prefixes with a star, and nothing else does without one', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.nat(), (text, other, at) => {
        const literal = !/[*?]/.test(text);
        const cut = text.slice(0, at % (text.length + 1)).replace(/[*?]/g, '');
        expect(matchesWildcard('*', text)).toBe(true);
        if (literal) expect(matchesWildcard(text, other)).toBe(text === other);
        if (text.startsWith(cut)) expect(matchesWildcard(`${cut}*`, text)).toBe(true);
      }),
    );
  });

  it('decides as the regular expression that says the same', () => {
    const few = fc.stringMatching(/^[ab:*?]{0,8}$/);
    fc.assert(
      fc.property(few, fc.stringMatching(/^[ab:]{0,10}$/), (pattern, text) => {
        const source = pattern.replaceAll('*', '.*').replaceAll('?', '.');
        expect(matchesWildcard(pattern, text)).toBe(new RegExp(`^${source}$`).test(text));
      }),
    );
  });

  it('many stars cost no exponential time', () => {
    const text = 'a'.repeat(5_000);
    expect(matchesWildcard(`${'*a'.repeat(200)}b`, text)).toBe(false);
  });
});
