import { describe, expect, it, onTestFinished } from 'vitest';
import { JsonataLanguage } from '../../../simulator/states/query/jsonata-language.ts';
import { createTestWorld } from '../../support/simulator/fake-world.ts';

function evaluate(template: unknown, input: unknown = {}, variables = {}) {
  const world = createTestWorld();
  onTestFinished(() => world.clock.stop());
  const language = new JsonataLanguage(world);
  return language.evaluate(template, 'Output', { input, context: {} }, variables);
}

describe('JsonataLanguage', () => {
  it.each([
    ['{% $parse("{\\"a\\":[1]}") %}', { a: [1] }],
    [
      '{% $hash("abc", "SHA-256") %}',
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    ],
    ['{% $hash("abc", "MD5") %}', '900150983cd24fb0d6963f7d28e17f72'],
    ['{% $range(0, 10, 4) %}', [0, 4, 8]],
    ['{% $range(3, 1, -1) %}', [3, 2, 1]],
    ['{% $partition([1..5], 2) %}', [[1, 2], [3, 4], [5]]],
    ['{% $random(7) = $random(7) %}', true],
    ['{% $length($uuid()) %}', 36],
    ['{% $substring($now(), 0, 13) %}', '2026-11-21T09'],
    ["{% $now('[Y]/[M]') %}", '2026/11'],
    ['{% $millis() > 1790000000000 %}', true],
    ['{% $n + 1 %}', 6],
    ['{% null %}', null],
    ['{% $states.input.items[id > 1].name %}', ['b', 'c']],
    ['literal {% $n %}', 'literal {% $n %}'],
    [
      [1, '{% $n %}', { deep: '{% $n * 2 %}' }],
      [1, 5, { deep: 10 }],
    ],
  ])('evaluates %j to %j', async (template, value) => {
    const items = ['a', 'b', 'c'].map((name, index) => ({ id: index + 1, name }));
    expect(await evaluate(template, { items }, { n: 5 })).toEqual(value);
  });

  it.each([
    ['{% $states.input.gone %}', 'returned nothing (undefined).'],
    ['{% function($x) { $x } %}', 'unsupported result type'],
    ['{% $sum %}', 'unsupported result type'],
    ['{% $eval("1") %}', 'T1006'],
    ['{% $hash("abc", "CRC") %}', 'SHA-256'],
    ['{% $parse("{") %}', 'JSON'],
    ['{% 1 + "x" %}', 'T2002'],
    ['{% $partition([], 2) %}', 'returned nothing (undefined).'],
    ['{% $range(1, 5, 0) %}', 'returned nothing (undefined).'],
  ])('rejects %s with a QueryError that says %s', async (template, text) => {
    await expect(evaluate({ field: [template] })).rejects.toMatchObject({
      name: 'QueryError',
      location: 'Output/field[0]',
      message: expect.stringContaining(text),
    });
  });

  it('shares nothing between result and input', async () => {
    const input = { list: [{ a: 1 }] };
    const result = (await evaluate('{% $states.input %}', input)) as typeof input;
    result.list.push({ a: 2 });
    expect(input.list).toEqual([{ a: 1 }]);
  });
});
