import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../simulator/states/definition/parse-definition.ts';

const done = { Type: 'Succeed' };

/** Without QueryLanguage: JSONPath is the default. */
function definition(states: object): string {
  return JSON.stringify({ StartAt: Object.keys(states)[0], States: states });
}

describe('diagnose, in JSONPath', () => {
  it.each([
    [
      'paths',
      {
        A: { Type: 'Pass', InputPath: '$.a', ResultPath: '$.b[0].c', OutputPath: null, End: true },
      },
    ],
    [
      'a payload template',
      {
        A: {
          Type: 'Pass',
          Parameters: { 'a.$': '$$.Execution.Id', 'b.$': 'States.UUID()' },
          End: true,
        },
      },
    ],
    [
      'a Result that looks like states',
      { A: { Type: 'Pass', Result: { States: { x: 1 } }, End: true } },
    ],
    [
      'a JSONata state',
      { A: { Type: 'Pass', QueryLanguage: 'JSONata', Output: '{% 1 %}', End: true } },
    ],
    [
      'a nested Choice Rule',
      {
        A: {
          Type: 'Choice',
          Choices: [
            {
              And: [
                { Variable: '$.a', NumericGreaterThanPath: '$.b' },
                { Not: { Variable: '$.c', IsPresent: true } },
              ],
              Next: 'B',
            },
          ],
          Default: 'B',
        },
        B: done,
      },
    ],
    [
      'an Iterator',
      {
        A: {
          Type: 'Map',
          ItemsPath: '$.x',
          Iterator: { StartAt: 'B', States: { B: done } },
          End: true,
        },
      },
    ],
  ])('finds nothing wrong with %s in JSONPath', (_, states) => {
    expect(diagnose(definition(states))).toEqual([]);
  });

  it.each([
    [{ Type: 'Pass', InputPath: 'a' }, '/States/A/InputPath', 'not a valid JSONPath'],
    [{ Type: 'Pass', InputPath: '$.a[' }, '/States/A/InputPath', 'expected'],
    [{ Type: 'Pass', ResultPath: '$.a[*]' }, '/States/A/ResultPath', 'not a Reference Path'],
    [{ Type: 'Pass', ResultPath: '$$.a' }, '/States/A/ResultPath', 'not a Reference Path'],
    [{ Type: 'Pass', Parameters: { 'a.$': 'text' } }, '/States/A/Parameters/a.$', 'valid JSONPath'],
    [{ Type: 'Pass', Parameters: { 'a.$': 1 } }, '/States/A/Parameters/a.$', 'valid JSONPath'],
    [
      { Type: 'Pass', Parameters: { 'a.$': '$.a', a: 1 } },
      '/States/A/Parameters/a.$',
      'given twice',
    ],
    [
      { Type: 'Pass', Parameters: { 'a.$': 'States.Nope($.a)' } },
      '/States/A/Parameters/a.$',
      'States.Nope is not an intrinsic function',
    ],
    [
      { Type: 'Pass', Parameters: [{ 'a.$': 'States.Array(States.UUID(1))' }] },
      '/States/A/Parameters[0]/a.$',
      'States.UUID does not take 1 arguments',
    ],
    [{ Type: 'Pass', Output: 1 }, '/States/A', "only supported for the 'JSONata'"],
    [{ Type: 'Pass', QueryLanguage: 'XPath' }, '/States/A/QueryLanguage', '[JSONPath, JSONata]'],
  ])('refuses %j in JSONPath at %s', (state, location, message) => {
    const found = diagnose(definition({ A: { ...state, End: true } }));
    expect(found).toContainEqual({
      severity: 'ERROR',
      code: 'SCHEMA_VALIDATION_FAILED',
      location,
      message: expect.stringContaining(message),
    });
  });
});
