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
    // One number is not in a list; arguments are cut off towards zero (floci-io/floci pull request 2676).
    ['{% $range(1, 9, 9) %}', 1],
    ['{% [$range(1, 9, 9)] %}', [1]],
    ['{% $range(-1.5, 2.5, 1) %}', [-1, 0, 1, 2]],
    ['{% $partition([1, 2, 3]) %}', [[1, 2, 3]]],
    ['{% $partition([1..5], 2.6) %}', [[1, 2], [3, 4], [5]]],
    ['{% $exists($parse($states.input.gone)) %}', false],
    ['{% $random(7) = $random(7) %}', true],
    // java.util.Random, as measured with AWS (floci-io/floci issue 2662).
    ['{% $random(42) %}', 0.7275636800328681],
    // What JSON has no number for (floci-io/floci issue 2737).
    ['{% 1/0 %}', 'Infinity'],
    ["{% {'k': [-1/0]} %}", { k: ['-Infinity'] }],
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
    // Measured with TestState: arguments of a wrong type or too many of them.
    ['{% $parse(123) %}', 'T0410: Argument 1 of function "parse"'],
    ['{% $hash(123, "MD5") %}', 'T0410: Argument 1 of function "hash"'],
    ['{% $hash("a", "sha-1") %}', "Hash algorithm 'sha-1' must be one of"],
    ['{% $uuid("x") %}', 'T0410: Argument 1 of function "uuid"'],
    ['{% $random("seed") %}', 'T0410: Argument 1 of function "random"'],
    ['{% $random(1, 2) %}', 'T0410: Argument 2 of function "random"'],
    ['{% $partition("text", 2) %}', 'T0410: Argument 1 of function "partition"'],
    ['{% $partition([1], "2") %}', 'T0410: Argument 2 of function "partition"'],
    ['{% $partition([1], -1) %}', 'Second argument must be zero or greater'],
    ['{% $range("a", 5, 1) %}', 'T0410: Argument 1 of function "range"'],
    ['{% $range(1, 5, 1, 9) %}', 'T0410: Argument 4 of function "range"'],
    ['{% $now(1) %}', 'T0410: Argument 1 of function "now"'],
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

  const sum = (terms: number) => `{% ${Array(terms).fill('1').join('+')} %}`;
  const doubled = (times: number) =>
    `{% ($p := function($s, $n) { $n = 0 ? $s : $p($s & $s, $n - 1) }; $length($p('x', ${times}))) %}`;
  const added = (terms: number) =>
    `{% ($f := function($n) { $n = 0 ? 0 : 1 + $f($n - 1) }; $f(${terms})) %}`;

  // AWS's own bounds on both sides (floci-io/floci issue 2737, pull request 2783).
  it.each([
    ['items', '{% $count([1..873782]) %}', 873_782],
    ['items of $range', '{% $count($range(1, 360145, 1)) %}', 360_145],
    ['characters', doubled(22), 2 ** 22],
    ['terms', sum(100), 100],
    ['calls', added(31), 31],
    ['items side by side', `{% $count([${Array(300).fill('1').join()}]) %}`, 300],
  ])('takes the most %s that AWS takes', async (_, template, value) => {
    expect(await evaluate(template)).toBe(value);
  });

  it.each([
    ['items', '{% $count([1..873783]) %}', 'memory limit exceeded: Check for excessive memory'],
    ['items of $range', '{% $count($range(1, 360146, 1)) %}', 'memory limit exceeded'],
    ['items, long before they exist', '{% $range(1, 9e15, 1) %}', 'memory limit exceeded'],
    ['characters', doubled(23), 'memory limit exceeded'],
    ['terms', sum(101), 'Consider rewriting as tail-recursive. Depth=101 max=100'],
    ['calls', '{% ($f := function($n) { 1 + $f($n) }; $f(1)) %}', 'overflow error'],
    ['calls in items', '{% ($f := function($n) { [$f($n), $n] }; $f(1)) %}', 'overflow error'],
    ['rounds of a loop', '{% ($f := function($n) { $f($n + 1) }; $f(1)) %}', 'timeout'],
  ])('refuses more %s', async (_, template, text) => {
    await expect(evaluate(template)).rejects.toMatchObject({
      name: 'QueryError',
      message: expect.stringMatching(
        new RegExp(`threw an error during evaluation: (Expression evaluation|Stack).*${text}`),
      ),
    });
  });

  it('gives each evaluation of an expression a budget of its own', async () => {
    const deep = '{% ($f := function($n) { $n = 0 ? 0 : 1 + $f($n - 1) }; $f($calls)) %}';
    const world = createTestWorld();
    onTestFinished(() => world.clock.stop());
    const language = new JsonataLanguage(world);
    const call = (calls: number) =>
      language.evaluate(deep, 'Output', { input: {}, context: {} }, { calls });
    await expect(call(32)).rejects.toThrow('Depth=101 max=100');
    expect(await Promise.all([call(31), call(30)])).toEqual([31, 30]);
  });
});
