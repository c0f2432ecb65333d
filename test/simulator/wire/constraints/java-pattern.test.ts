import { expect, it } from 'vitest';
import { patternMatches } from '../../../../simulator/wire/constraints/java-pattern.ts';

const printable = '[\\u0020-\\uD7FF\\uE000-\\uFFFD\\uD800\\uDC00-\\uDBFF\\uDFFF\\r\\n\\t]*';

it.each([
  ['[a-z]+', 'abc', true],
  ['[a-z]+', 'abc1', false],
  ['a|b', 'ab', false],
  ['^[a-z]+$', 'abc', true],
  ['[\\p{L}\\p{N}_.-]*', 'größe_1', true],
  ['[\\p{L}\\p{N}_.-]*', 'a b', false],
  ['\\p{ASCII}*', 'größe', false],
  ['(?i)all|[0-9]{12}', 'ALL', true],
  [printable, 'grin \u{1f600}', true],
  [printable, 'bell \u0007', false],
  ['(unreadable', 'anything', true],
  ['[a-z]+', '1'.repeat(8_193), true],
])('%s and %j: %s', (pattern, text, matches) => {
  expect(patternMatches(pattern, text)).toBe(matches);
});
