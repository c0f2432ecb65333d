import { describe, expect, it } from 'vitest';
import { outputOf, workflowWorld } from './workflow-world.ts';

const data = {
  text: 'main-42',
  star: 'a*b',
  number: 5,
  flag: true,
  none: null,
  earlier: '2026-11-21T08:00:00Z',
  // The same instant as 07:30Z, though the later text.
  zoned: '2026-11-21T09:30:00+02:00',
  notTime: '2026-11-21',
  noDay: '2026-02-30T08:00:00Z',
};

/** Whether a machine of one Choice takes this rule. */
async function takes(rule: object, input: unknown = data): Promise<boolean | undefined> {
  const world = workflowWorld();
  const result = (value: boolean) => ({ Type: 'Pass', Result: value, End: true });
  const execution = await world.run(
    {
      Decide: { Type: 'Choice', Choices: [{ ...rule, Next: 'Yes' }], Default: 'No' },
      Yes: result(true),
      No: result(false),
    },
    input,
    { QueryLanguage: 'JSONPath' },
  );
  return outputOf(execution) as boolean | undefined;
}

describe('Choice Rules of JSONPath', () => {
  it.each([
    ['$.text', 'StringEquals', 'main-42', true],
    ['$.number', 'StringEquals', '5', false],
    ['$.text', 'StringLessThan', 'main-5', true],
    ['$.text', 'StringGreaterThanEquals', 'main-42', true],
    ['$.text', 'StringMatches', 'main-*', true],
    ['$.text', 'StringMatches', '*-4*2', true],
    ['$.text', 'StringMatches', 'main', false],
    ['$.text', 'StringMatches', 'main-42*42', false],
    ['$.star', 'StringMatches', 'a\\*b', true],
    ['$.text', 'StringMatches', 'main\\*', false],
    ['$.number', 'NumericEquals', 5.0, true],
    ['$.number', 'NumericLessThan', 5, false],
    ['$.number', 'NumericLessThanEquals', 5, true],
    ['$.number', 'NumericGreaterThan', 4.5, true],
    ['$.text', 'NumericGreaterThan', 1, false],
    ['$.flag', 'BooleanEquals', true, true],
    ['$.none', 'BooleanEquals', false, false],
    ['$.earlier', 'TimestampEquals', '2026-11-21T10:00:00+02:00', true],
    ['$.zoned', 'TimestampLessThan', '2026-11-21T08:00:00Z', true],
    ['$.notTime', 'TimestampGreaterThan', '2020-01-01T00:00:00Z', false],
    ['$.none', 'IsNull', true, true],
    ['$.text', 'IsNull', false, true],
    ['$.text', 'IsString', true, true],
    ['$.number', 'IsNumeric', true, true],
    ['$.flag', 'IsBoolean', false, false],
    ['$.earlier', 'IsTimestamp', true, true],
    ['$.notTime', 'IsTimestamp', true, false],
    // Measured: a day that no month has is no timestamp.
    ['$.noDay', 'IsTimestamp', true, false],
    ['$.gone', 'IsPresent', false, true],
    ['$.none', 'IsPresent', true, true],
  ])('%s %s %j is %s', async (Variable, operator, wanted, expected) => {
    expect(await takes({ Variable, [operator]: wanted })).toBe(expected);
  });

  it.each([
    ['StringEqualsPath', '$.text', '$.copy', true],
    ['NumericLessThanPath', '$.low', '$.high', true],
    ['BooleanEqualsPath', '$.yes', '$.no', false],
    ['TimestampGreaterThanPath', '$.late', '$.early', true],
    ['NumericEqualsPath', '$.low', '$.text', false],
  ])('%s compares %s with %s', async (operator, Variable, path, expected) => {
    const input = {
      text: 'a',
      copy: 'a',
      low: 1,
      high: 2,
      yes: true,
      no: false,
      early: '2026-01-01T00:00:00Z',
      late: '2026-01-02T00:00:00Z',
    };
    expect(await takes({ Variable, [operator]: path }, input)).toBe(expected);
  });

  it('combines rules with And, Or and Not', async () => {
    const big = { Variable: '$.number', NumericGreaterThan: 4 };
    const small = { Variable: '$.number', NumericLessThan: 4 };
    expect(await takes({ And: [big, { Not: small }] })).toBe(true);
    expect(await takes({ And: [big, small] })).toBe(false);
    expect(await takes({ Or: [small, big] })).toBe(true);
    expect(await takes({ Not: { Or: [small, big] } })).toBe(false);
  });

  it('guards a missing path by IsPresent inside And, evaluated in order', async () => {
    const present = { Variable: '$.gone', IsPresent: true };
    expect(await takes({ And: [present, { Variable: '$.gone', NumericEquals: 1 }] })).toBe(false);
  });

  it.each([
    [{ Variable: '$.gone', StringEquals: 'x' }, '$.gone'],
    [{ Variable: '$.text', StringEqualsPath: '$.other' }, '$.other'],
  ])('%j fails the execution', async (rule, path) => {
    const world = workflowWorld();
    const execution = await world.run(
      {
        Decide: { Type: 'Choice', Choices: [{ ...rule, Next: 'Yes' }], Default: 'Yes' },
        Yes: { Type: 'Succeed' },
      },
      data,
      { QueryLanguage: 'JSONPath' },
    );
    expect(execution.ending).toMatchObject({
      status: 'FAILED',
      error: 'States.Runtime',
      cause: `An error occurred while executing the state 'Decide' (entered at the event id #2). Invalid path '${path}': The choice state's condition path references an invalid value.`,
    });
  });

  it('assigns variables of the rule that applied', async () => {
    const world = workflowWorld();
    const execution = await world.run(
      {
        Decide: {
          Type: 'Choice',
          Choices: [
            { Variable: '$.number', NumericEquals: 5, Assign: { 'n.$': '$.number' }, Next: 'Show' },
          ],
        },
        Show: { Type: 'Pass', Parameters: { 'n.$': '$n' }, End: true },
      },
      data,
      { QueryLanguage: 'JSONPath' },
    );
    expect(outputOf(execution)).toEqual({ n: 5 });
  });
});
