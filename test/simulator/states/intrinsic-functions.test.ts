import { describe, expect, it } from 'vitest';
import { parseExpression } from '../../../simulator/states/query/jsonpath/expression.ts';
import { JsonPathLanguage } from '../../../simulator/states/query/jsonpath/json-path-language.ts';
import { createTestWorld } from '../../support/simulator/fake-world.ts';

const root = {
  id: 123,
  name: 'Arnav',
  list: [1, 2, 3, 3, 1, 3, 4],
  index: 5,
  text: 'This.is+a,test=string',
  marks: '.+,=',
  json: { a: { x: 1 }, b: 2 },
  other: { a: { y: 3 }, c: 4 },
  template: 'Hello {}',
};

const language = () => new JsonPathLanguage(createTestWorld());
const evaluate = (text: string) =>
  language().expression(text, { root, context: { n: 9 }, variables: { v: ['z'] } });

/** The examples of AWS's page on intrinsic functions, and what its text says besides. */
describe('intrinsic functions', () => {
  it.each([
    [
      'States.Array($.id, $.name, null, true, 1.5, $$.n, $v[0])',
      [123, 'Arnav', null, true, 1.5, 9, 'z'],
    ],
    ['States.Array()', []],
    ['States.ArrayPartition(States.ArrayRange(1, 9, 1), 4)', [[1, 2, 3, 4], [5, 6, 7, 8], [9]]],
    [
      'States.ArrayPartition($.list, 3.6)',
      [
        [1, 2, 3, 3],
        [1, 3, 4],
      ],
    ],
    ['States.ArrayContains($.list, 4)', true],
    [
      'States.ArrayContains(States.Array(States.StringToJson(\'{"a":1,"b":2}\')), States.StringToJson(\'{"b":2,"a":1}\'))',
      true,
    ],
    ['States.ArrayContains($.list, $.name)', false],
    ['States.ArrayRange(1, 9, 2)', [1, 3, 5, 7, 9]],
    ['States.ArrayRange(5, 1, -2)', [5, 3, 1]],
    ['States.ArrayRange(1, 0, 1)', []],
    ['States.ArrayGetItem($.list, $.index)', 3],
    ['States.ArrayLength($.list)', 7],
    ['States.ArrayUnique($.list)', [1, 2, 3, 4]],
    ["States.Base64Encode('Data to encode')", 'RGF0YSB0byBlbmNvZGU='],
    ["States.Base64Decode('RGF0YSB0byBlbmNvZGU=')", 'Data to encode'],
    ["States.Hash('input data', 'SHA-1')", 'aaff4a450a104cd177d28d18d74485e8cae074b7'],
    ['States.JsonMerge($.json, $.other, false)', { a: { y: 3 }, b: 2, c: 4 }],
    ['States.JsonToString($.json)', '{"a":{"x":1},"b":2}'],
    ['States.StringToJson(\'{"number":20}\')', { number: 20 }],
    ['States.MathAdd(111, -1)', 110],
    ['States.MathAdd(1.5, 1)', 3],
    ['States.StringSplit($.text, $.marks)', ['This', 'is', 'a', 'test', 'string']],
    ["States.StringSplit('1,2,,3', ',')", ['1', '2', '3']],
    ["States.Format('Hello, my name is {}.', $.name)", 'Hello, my name is Arnav.'],
    ['States.Format($.template, $.id)', 'Hello 123'],
    ["States.Format('{} {} {}', null, true, $.json)", 'null true {a={x=1}, b=2}'],
    ["States.Format('\\{{}\\} it\\'s \\\\', 1)", "{1} it's \\"],
    ["States.Format('{}', $.list)", '[1, 2, 3, 3, 1, 3, 4]'],
    [
      "States.Format('{}.{}', States.ArrayGetItem(States.StringSplit('a/b/c', '/'), 2), States.MathAdd(1, 1))",
      'c.2',
    ],
    ["States.Array('it\\'s', 'a,b)')", ["it's", 'a,b)']],
    ['States.ArrayLength($.list[?(@ > 2)])', 4],
  ])('%s', (text, expected) => {
    expect(evaluate(text)).toEqual(expected);
  });

  it('follows the seed of the simulator, or one of its own', () => {
    const [first, second] = [language(), language()];
    const data = { root, context: {}, variables: {} };
    const draw = (from: JsonPathLanguage, text: string) => from.expression(text, data);
    expect(draw(first, 'States.UUID()')).toBe(draw(second, 'States.UUID()'));
    expect(draw(first, 'States.UUID()')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab]/);
    const seeded = 'States.MathRandom(1, 999, 3)';
    expect(draw(first, seeded)).toBe(draw(first, seeded));
    const drawn = Array.from({ length: 50 }, () => draw(first, 'States.MathRandom(1, 3)'));
    expect([...new Set(drawn)].sort()).toEqual([1, 2]);
  });

  it.each([
    ['States.ArrayPartition($.list, 0)', 'The chunk size must be positive, not 0'],
    ['States.ArrayPartition($.name, 1)', 'An array is expected, not "Arnav"'],
    ['States.ArrayRange(0, 1000, 1)', 'at most 1000 are allowed'],
    ['States.ArrayRange(0, 1, 0)', 'must not be 0'],
    ['States.ArrayGetItem($.list, 7)', 'The index 7 is outside of an array of 7 items'],
    ["States.Base64Decode('?')", 'is not Base64'],
    ["States.Hash('x', 'SHA-9')", 'The algorithm must be one of MD5'],
    ['States.JsonMerge($.json, $.other, true)', 'the third argument must be false'],
    ["States.MathAdd('1', 1)", 'A number is expected, not "1"'],
    ['States.MathAdd(2147483647, 1)', '2147483648 is not from'],
    ['States.MathRandom(5, 5)', 'must be greater'],
    ["States.Format('{} {}', 1)", 'does not have as many {}'],
    ["States.Format('{}', 1, 2)", 'does not have as many {}'],
    ["States.Format('{x}', 1)", 'is not closed'],
  ])('%s is refused', (text, reason) => {
    expect(() => evaluate(text)).toThrow(
      new RegExp(`^The function '.*' had the following error: .*${reason.replace(/[{}?]/g, '.')}`),
    );
  });

  it('names the inner function of a nested failure, once', () => {
    const text = 'States.Array(States.MathAdd($.name, 1))';
    expect(() => evaluate(text)).toThrow(
      `The function 'States.MathAdd($.name, 1)' had the following error: A number is expected, not "Arnav"`,
    );
  });

  it('takes at most ten functions in a field', () => {
    const nested = (count: number): string =>
      count === 0 ? '1' : `States.Array(${nested(count - 1)})`;
    expect(parseExpression(nested(10))).toMatchObject({ kind: 'call' });
    expect(() => parseExpression(nested(11))).toThrow('at most 10 intrinsic functions');
  });

  it.each([
    'States.Array(',
    'States.Array($.a',
    'States.Array("x")',
    'States.Array(1) x',
    'States.(1)',
  ])('cannot read %s', (text) => {
    expect(() => parseExpression(text)).toThrow('at position');
  });
});
