import type { Tag } from '@aws-sdk/client-ecs';
import { expect, it } from 'vitest';
import { checkDesiredCount } from '../../../simulator/ecs/service-rules.ts';
import { addTags, tagMap } from '../../../simulator/ecs/tags.ts';

const numbered = (count: number): Tag[] =>
  Array.from({ length: count }, (_, index) => ({ key: `k${index}`, value: 'v' }));
const refused = (message: string) =>
  expect.objectContaining({ code: 'InvalidParameterException', message });

it.each<[string, Tag[], string]>([
  ['51 tags', numbered(51), 'A resource can have at most 50 tags, not 51.'],
  ['no key', [{ value: 'v' }], 'Tag keys must have 1 to 128 characters, not 0.'],
  ['a long key', [{ key: 'k'.repeat(129) }], 'Tag keys must have 1 to 128 characters, not 129.'],
  [
    'a long value',
    [{ key: 'k', value: 'v'.repeat(257) }],
    "The value of the tag 'k' must have at most 256 characters.",
  ],
  [
    'a strange character',
    [{ key: 'k#', value: 'v' }],
    "The tag 'k#' has characters that are not allowed: 'k#'.",
  ],
  ['a key twice', [{ key: 'k', value: '1' }, { key: 'k' }], 'Each tag key must be unique.'],
])('%s cannot be on a resource', (_, tags, message) => {
  expect(() => tagMap(tags)).toThrow(refused(message));
});

it('50 tags fit, with keys and values as long as they may be, of any letters', () => {
  const long = { key: 'ü'.repeat(128), value: 'a b_.:/=+-@'.padEnd(256, '9') };
  expect(tagMap([long, ...numbered(49)]).size).toBe(50);
});

it('tags are added up to fifty, and those that are there may change', () => {
  const held = tagMap(numbered(50));
  addTags(held, [{ key: 'k7', value: 'new' }]);
  expect(held.get('k7')).toBe('new');
  expect(() => addTags(held, [{ key: 'more', value: 'v' }])).toThrow(
    refused('A resource can have at most 50 tags, not 51.'),
  );
  expect(held.has('more')).toBe(false);
});

it('a service runs 5,000 tasks at most', () => {
  checkDesiredCount(5_000);
  expect(() => checkDesiredCount(5_001)).toThrow(refused('Invalid desired count 5001.'));
});
