import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compilePattern } from '../../../simulator/events/event-pattern.ts';

const matches = (pattern: unknown, event: Record<string, unknown>) =>
  compilePattern(JSON.stringify(pattern))(event);

const push = {
  source: 'aws.ecr',
  'detail-type': 'ECR Image Action',
  resources: [],
  detail: {
    'action-type': 'PUSH',
    'repository-name': 'team/shop',
    'image-tag': 'v1.4.2',
    size: 300,
    flags: { signed: true, note: null },
    labels: ['blue', 'Green'],
    team: { 'cost.centre': 7, 'cost.unit': 'x', cost: { share: 1 } },
    layers: [
      { kind: 'base', size: 10 },
      { kind: 'app', size: 2 },
    ],
  },
};

describe('a pattern', () => {
  it.each<[string, unknown, boolean]>([
    ['one of several values', { source: ['aws.s3', 'aws.ecr'] }, true],
    ['another value', { source: ['aws.s3'] }, false],
    ['every field must match', { source: ['aws.ecr'], 'detail-type': ['x'] }, false],
    ['number against number', { detail: { size: [300] } }, true],
    ['number against string', { detail: { size: ['300'] } }, false],
    ['boolean', { detail: { flags: { signed: [true] } } }, true],
    ['null', { detail: { flags: { note: [null] } } }, true],
    ['null against a missing field', { detail: { flags: { other: [null] } } }, false],
    ['an element of an array', { detail: { labels: ['blue'] } }, true],
    ['no element of an array', { detail: { labels: ['red'] } }, false],
    ['one object of an array', { detail: { layers: { kind: ['app'], size: [2] } } }, true],
    ['fields of two objects', { detail: { layers: { kind: ['app'], size: [10] } } }, false],
    ['prefix', { detail: { 'image-tag': [{ prefix: 'v1.' }] } }, true],
    ['another prefix', { detail: { 'image-tag': [{ prefix: 'v2' }] } }, false],
    [
      'prefix without case',
      { detail: { 'image-tag': [{ prefix: { 'equals-ignore-case': 'V1' } }] } },
      true,
    ],
    ['suffix', { detail: { 'image-tag': [{ suffix: '.2' }] } }, true],
    ['suffix on a number', { detail: { size: [{ suffix: '0' }] } }, false],
    ['equals-ignore-case', { detail: { labels: [{ 'equals-ignore-case': 'GREEN' }] } }, true],
    ['exists', { detail: { 'image-tag': [{ exists: true }] } }, true],
    ['exists on an object, which is no leaf', { detail: { flags: [{ exists: true }] } }, false],
    ['exists on an empty array', { resources: [{ exists: true }] }, false],
    ['not exists', { detail: { digest: [{ exists: false }] } }, true],
    ['not exists below a missing object', { detail: { a: { b: [{ exists: false }] } } }, true],
    ['anything-but', { detail: { 'image-tag': [{ 'anything-but': ['v1', 'v2'] }] } }, true],
    ['anything-but the value', { detail: { size: [{ 'anything-but': 300 }] } }, false],
    ['anything-but on a missing field', { detail: { digest: [{ 'anything-but': 'x' }] } }, false],
    [
      'anything-but a prefix',
      { detail: { 'image-tag': [{ 'anything-but': { prefix: ['x', 'v1'] } }] } },
      false,
    ],
    [
      'anything-but a wildcard',
      { detail: { 'image-tag': [{ 'anything-but': { wildcard: 'main-*' } }] } },
      true,
    ],
    ['numeric equals', { detail: { size: [{ numeric: ['=', 300] }] } }, true],
    ['numeric range', { detail: { size: [{ numeric: ['>', 0, '<=', 300] }] } }, true],
    ['numeric outside', { detail: { size: [{ numeric: ['>=', 301] }] } }, false],
    ['wildcard', { detail: { 'repository-name': [{ wildcard: 'team/*' }] } }, true],
    ['wildcard in the middle', { detail: { 'image-tag': [{ wildcard: 'v*.*.2' }] } }, true],
    ['wildcard with a dot is literal', { detail: { 'image-tag': [{ wildcard: 'v1x4*' }] } }, false],
    ['wildcard escaped', { detail: { 'image-tag': [{ wildcard: 'v1\\*' }] } }, false],
    ['$or first', { $or: [{ source: ['aws.ecr'] }, { source: ['aws.s3'] }] }, true],
    ['$or inside detail', { detail: { $or: [{ size: [1] }, { 'action-type': ['PUSH'] }] } }, true],
    ['names joined by dots', { 'detail.flags.signed': [true] }, true],
    ['names joined by dots below a name', { detail: { 'flags.signed': [false] } }, false],
    [
      'a name with dots in the event',
      { detail: { labels: ['blue'], team: { 'cost.centre': [7] } } },
      true,
    ],
    ['its parts', { detail: { team: { cost: { centre: [7] } } } }, true],
    ['its parts and more', { detail: { team: { cost: { centre: { centre: [7] } } } } }, false],
    [
      'names with dots inside $or',
      { $or: [{ 'detail.size': [1] }, { 'detail.size': [300] }] },
      true,
    ],
    ['dots in values stay', { detail: { 'image-tag': [{ prefix: 'v1.4.' }] } }, true],
    ['$or none', { $or: [{ source: ['a'] }, { source: ['b'] }] }, false],
  ])('%s', (_, pattern, expected) => {
    expect(matches(pattern, push)).toBe(expected);
  });

  it.each<[string, string, RegExp]>([
    ['no JSON', '{', /^Event pattern is not valid\. Reason: /],
    ['an array', '[]', /Filter is not an object/],
    ['an empty object', '{}', /Empty objects/],
    ['a bare value', '{"source":"aws.ecr"}', /"source" must be an object or an array/],
    ['an empty list', '{"source":[]}', /Empty arrays/],
    ['an unknown filter', '{"source":[{"like":"a"}]}', /Unrecognized match type like/],
    ['a block that is none', '{"ip":[{"cidr":"10.0.0.0"}]}', /Malformed CIDR, one '\/' required/],
    ['a block too narrow', '{"ip":[{"cidr":"10.0.0.0/33"}]}', /mask bits must not be > 32/],
    ['an upside-down range', '{"a":[{"numeric":[">",5,"<",5]}]}', /Bottom must be less than top/],
    ['a comparison with text', '{"a":[{"numeric":[">","5"]}]}', /Value of > must be numeric/],
    [
      'mixed exclusions',
      '{"a":[{"anything-but":["x",1]}]}',
      /Inside anything but list, either all values are number or string/,
    ],
    ['two filters in one', '{"a":[{"prefix":"a","suffix":"b"}]}', /Only one key/],
    ['a prefix that is a number', '{"a":[{"prefix":1}]}', /prefix match pattern must be a string/],
    ['a bad comparison', '{"a":[{"numeric":["~",1]}]}', /Unrecognized numeric range operator: ~/],
    ['an $or of one', '{"$or":[{"a":[1]}]}', /at least two/],
    ['two stars', '{"a":[{"wildcard":"a**"}]}', /Consecutive wildcard characters at pos 2$/],
    // In the words that LocalStack's tests recorded with AWS (test_events_patterns.snapshot.json).
    [
      'no exclusion',
      '{"a":[{"anything-but":null}]}',
      /must be an array or single string\/number value\.$/,
    ],
    [
      'an excluded null',
      '{"a":[{"anything-but":[null]}]}',
      /Inside anything but list, start\|null\|boolean/,
    ],
    [
      'an excluded range',
      '{"a":[{"anything-but":{"numeric":["=",1]}}]}',
      /Unsupported anything-but pattern: numeric$/,
    ],
    [
      'an excluded prefix without case',
      '{"a":[{"anything-but":{"prefix":{"equals-ignore-case":"f"}}}]}',
      /Value of anything-but must be an array or single/,
    ],
    [
      'an empty excluded suffix',
      '{"a":[{"anything-but":{"suffix":["x",""]}}]}',
      /Null prefix\/suffix not allowed$/,
    ],
    [
      'an excluded prefix that is a number',
      '{"a":[{"anything-but":{"prefix":123}}]}',
      /prefix\/suffix match pattern must be a string$/,
    ],
    [
      'an excluded number without case',
      '{"a":[{"anything-but":{"equals-ignore-case":[1]}}]}',
      /Inside anything-but\/equals-ignore-case list/,
    ],
    [
      'an excluded wildcard that is a number',
      '{"a":[{"anything-but":{"wildcard":[123,"a*"]}}]}',
      /wildcard match pattern must be a string$/,
    ],
    [
      'a range of two bottoms',
      '{"a":[{"numeric":[">",0,">",0]}]}',
      /Bad numeric range operator: >$/,
    ],
    ['a range without top', '{"a":[{"numeric":[">",0,"<"]}]}', /Value of < must be numeric$/],
    ['a block that is a list', '{"ip":[{"cidr":["x"]}]}', /prefix match pattern must be a string$/],
    [
      'a block without address',
      '{"ip":[{"cidr":"xx.11.xx/8"}]}',
      /Nonstandard IP address: xx\.11\.xx$/,
    ],
  ])('with %s is refused', (_, text, message) => {
    expect(() => compilePattern(text)).toThrow(
      expect.objectContaining({
        code: 'InvalidEventPatternException',
        message: expect.stringMatching(message),
      }),
    );
  });
});

describe('laws of patterns', () => {
  const scalar = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null));
  const key = fc.stringMatching(/^[a-z]{1,4}$/);
  const event = fc.dictionary(key, fc.oneof(scalar, fc.dictionary(key, scalar)), { minKeys: 1 });

  const patternOf = (value: unknown): unknown =>
    typeof value === 'object' && value !== null
      ? Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, patternOf(inner)]))
      : [value];
  const hasNoEmptyObject = (value: Record<string, unknown>) =>
    Object.values(value).every(
      (inner) => typeof inner !== 'object' || inner === null || Object.keys(inner).length > 0,
    );

  it('an event matches the pattern made of its own values', () => {
    fc.assert(
      fc.property(event.filter(hasNoEmptyObject), (fields) => {
        expect(matches(patternOf(fields), fields)).toBe(true);
      }),
    );
  });

  it('$or matches exactly when one of its alternatives does', () => {
    fc.assert(
      fc.property(scalar, scalar, scalar, (value, a, b) => {
        const alone = [a, b].some((wanted) => matches({ x: [wanted] }, { x: value }));
        expect(matches({ $or: [{ x: [a] }, { x: [b] }] }, { x: value })).toBe(alone);
      }),
    );
  });

  it('anything-but is the opposite of prefix on a string', () => {
    fc.assert(
      fc.property(fc.string(), fc.string({ minLength: 1 }), (value, prefix) => {
        const plain = matches({ x: [{ prefix }] }, { x: value });
        expect(matches({ x: [{ 'anything-but': { prefix } }] }, { x: value })).toBe(!plain);
      }),
    );
  });

  it('a wildcard of two parts matches what begins and ends with them', () => {
    const part = fc.stringMatching(/^[a-z.+()[\]]{0,4}$/);
    fc.assert(
      fc.property(part, fc.string(), part, (begin, middle, end) => {
        const pattern = { x: [{ wildcard: `${begin}*${end}` }] };
        expect(matches(pattern, { x: `${begin}${middle}${end}` })).toBe(true);
        expect(matches(pattern, { x: `#${begin}${middle}${end}` })).toBe(begin === '');
      }),
    );
  });
});
