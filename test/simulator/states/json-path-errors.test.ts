import { describe, expect, it } from 'vitest';
import { runJsonPathState, work } from './json-path-state.ts';
import { outputOf, workflowWorld } from './workflow-world.ts';

const input = { order: { id: 7 }, keep: true };

const runJsonPath = (state: object, given: unknown = input, functions = {}) =>
  runJsonPathState(state, given, functions);

describe('errors of a JSONPath state', () => {
  const entered = (text: string) =>
    `An error occurred while executing the state 'Under' (entered at the event id #2). ${text}`;

  it.each([
    [
      { Type: 'Pass', Parameters: { 'x.$': '$.gone' } },
      'States.Runtime',
      `The JSONPath '$.gone' specified for the field 'x.$' could not be found in the input '{"a":"b"}'`,
    ],
    [
      { Type: 'Pass', InputPath: '$.gone' },
      'States.Runtime',
      "Invalid path '$.gone' : No results for path: $['gone']",
    ],
    [
      { Type: 'Pass', OutputPath: '$.gone' },
      'States.Runtime',
      "Invalid path '$.gone' : No results for path: $['gone']",
    ],
    [
      { Type: 'Pass', Result: 1, ResultPath: '$.a.b' },
      'States.ResultPathMatchFailure',
      'Unable to apply ReferencePath $.a.b to input {"a":"b"}',
    ],
    [
      { Type: 'Pass', Parameters: { 'x.$': 'States.StringToJson($.a)' } },
      'States.IntrinsicFailure',
      expect.stringContaining(
        "The function 'States.StringToJson($.a)' had the following error: The string is not JSON",
      ),
    ],
    [
      { Type: 'Map', ItemsPath: '$.a', ItemProcessor: {} },
      'States.Runtime',
      'Attempting to map over non-iterable node.',
    ],
    [
      { Type: 'Wait', SecondsPath: '$.a' },
      'States.Runtime',
      'The SecondsPath parameter cannot be parsed as a long value: $.a == b',
    ],
    [
      { Type: 'Wait', TimestampPath: '$.a' },
      'States.Runtime',
      'The TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time format string: $.a == b',
    ],
    [
      { Type: 'Pass', Parameters: { 'x.$': '$.a[9]' } },
      'States.Runtime',
      `The JSONPath '$.a[9]' specified for the field 'x.$' could not be found in the input '{"a":"b"}'`,
    ],
  ])('%j fails with %s', async (state, error, cause) => {
    const { ending } = await runJsonPath(state, { a: 'b' });
    expect(ending).toMatchObject({
      status: 'FAILED',
      error,
      cause: typeof cause === 'string' ? entered(cause) : cause,
    });
  });

  it.each([
    [-1, 'The SecondsPath parameter references a negative value: $.s == -1'],
    [1.5, 'The SecondsPath parameter cannot be parsed as a long value: $.s == 1.5'],
    [[2], 'The SecondsPath parameter cannot be parsed as a long value: $.s == [2]'],
    [100_000_000, "The field 'Seconds' must be an integer from 0 to 99999999, not 100000000."],
  ])('cannot wait for %j seconds', async (s, cause) => {
    const { ending } = await runJsonPath({ Type: 'Wait', SecondsPath: '$.s' }, { s });
    expect(ending).toMatchObject({ error: 'States.Runtime', cause: entered(cause) });
  });

  it.each([
    [{ InputPath: '$.list[2]' }, "Invalid path '$.list[2]' : No results for path: $['list'][2]"],
    [
      { Parameters: { 'x.$': '$.list[-3]' } },
      `The JSONPath '$.list[-3]' specified for the field 'x.$' could not be found in the input '{"list":[1,2]}'`,
    ],
  ])('find nothing past the end of a list: %j', async (fields, cause) => {
    const { ending } = await runJsonPath({ Type: 'Pass', ...fields }, { list: [1, 2] });
    expect(ending).toMatchObject({ error: 'States.Runtime', cause: entered(cause) });
  });

  it('can name a missing path as AWS documents it, which a Catch then matches', async () => {
    const world = workflowWorld({}, (text) => JSON.parse(text), {
      missingPathError: 'States.ParameterPathFailure',
    });
    const execution = await world.run(
      {
        Call: {
          ...work({ Parameters: { 'x.$': '$.gone' } }),
          Catch: [
            { ErrorEquals: ['States.ParameterPathFailure'], Next: 'Caught', ResultPath: '$.e' },
          ],
          End: true,
        },
        Caught: {
          Type: 'Pass',
          Parameters: { 'error.$': '$.e.Error', 'keep.$': '$.keep' },
          End: true,
        },
      },
      input,
      { QueryLanguage: 'JSONPath' },
    );
    expect(outputOf(execution)).toEqual({ error: 'States.ParameterPathFailure', keep: true });
  });

  it('replaces the input by the error where a Catcher has no ResultPath', async () => {
    const world = workflowWorld({
      work: () => {
        throw { errorType: 'Broken', errorMessage: 'no' };
      },
    });
    const execution = await world.run(
      {
        Call: {
          ...work({ End: true }),
          OutputPath: '$.ignored',
          Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Caught', Assign: { 'why.$': '$.Error' } }],
        },
        Caught: { Type: 'Pass', Parameters: { 'why.$': '$why', 'all.$': '$' }, End: true },
      },
      input,
      { QueryLanguage: 'JSONPath' },
    );
    const Cause = '{"errorType":"Broken","errorMessage":"no"}';
    expect(outputOf(execution)).toEqual({ why: 'Broken', all: { Error: 'Broken', Cause } });
  });
});
