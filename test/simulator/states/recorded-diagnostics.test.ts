import { describe, expect, it } from 'vitest';
import {
  diagnose,
  parseDefinition,
} from '../../../simulator/states/definition/parse-definition.ts';

/** `CODE: words at location`, as CreateStateMachine writes a diagnostic. */
function found(states: object, fields: object = {}): string[] {
  const StartAt = Object.keys(states)[0];
  return diagnose(JSON.stringify({ StartAt, States: states, ...fields })).map(
    ({ code, message, location = null }) => `${code}: ${message} at ${location}`,
  );
}

const pass = { Type: 'Pass', End: true };
const lambda = 'arn:aws:states:::lambda:invoke';
const work = (fields: object) => ({
  Type: 'Task',
  Resource: lambda,
  Parameters: { FunctionName: 'f' },
  ...fields,
});
const choice = (rule: object, fields: object = { Default: 'Z' }) => ({
  C: { Type: 'Choice', Choices: [rule], ...fields },
  Z: pass,
});
const present = { Variable: '$.x', IsPresent: true, Next: 'Z' };
const jsonata = { QueryLanguage: 'JSONata' };
const schema = 'SCHEMA_VALIDATION_FAILED';
const lost = 'MISSING_TRANSITION_TARGET';
const noEnd = 'MISSING_END_STATE: Workflow has no terminal state at null';
const loop = { A: { Type: 'Pass', Next: 'B' }, B: { Type: 'Pass', Next: 'A' } };

describe('transitions, as AWS answered floci-io/floci pull request 2786', () => {
  it.each([
    ['an endless loop', loop, [noEnd]],
    ['a loop and a lost state', { ...loop, Unused: { Type: 'Pass', Next: 'A' } }, [noEnd]],
    [
      'a loop and a lost end',
      { ...loop, C: pass },
      [`${lost}: State "C" is not reachable. at /States/C`],
    ],
    [
      'a target that is missing, and no end',
      { A: { Type: 'Pass', Next: 'NOPE' } },
      [`${lost}: Missing 'Next' target: NOPE at /States/A/Next`, noEnd],
    ],
    [
      'a rule to nowhere',
      choice({ ...present, Next: 'Ghost' }),
      [`${lost}: Missing 'Next' target: Ghost at /States/C/Choices[0]/Next`],
    ],
    [
      'a default to nowhere',
      choice(present, { Default: 'Ghost' }),
      [`${lost}: Missing 'Next' target: Ghost at /States/C/Default`],
    ],
    [
      'a catcher to nowhere',
      { T: work({ End: true, Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Ghost' }] }) },
      [`${lost}: Missing 'Next' target: Ghost at /States/T/Catch[0]/Next`],
    ],
    [
      'a lost state of an iteration',
      {
        M: {
          Type: 'Map',
          ItemProcessor: { StartAt: 'W', States: { W: pass, Ghost: pass } },
          End: true,
        },
      },
      [`${lost}: State "Ghost" is not reachable. at /States/M/ItemProcessor/States/Ghost`],
    ],
  ])('refuses %s', (_, states, expected) => {
    expect(found(states)).toEqual(expected);
  });

  it.each([
    ['beside an end', { C: choice(present).C, Z: { Type: 'Pass', Next: 'C' }, E: pass }, false],
    ['with an end that a rule reaches', { ...choice(present), Z: pass }, true],
    [
      'inside an iteration',
      { M: { Type: 'Map', ItemProcessor: { StartAt: 'A', States: loop }, End: true } },
      true,
    ],
  ])('takes a loop %s: %#', (_, states, sound) => {
    expect(found(states).length === 0).toBe(sound);
    expect(found(states)).not.toContain(noEnd);
  });

  it('names a start that is missing', () => {
    expect(found({ A: pass }, { StartAt: 'Nope' })).toEqual([
      `${lost}: Missing 'Next' target: Nope at /StartAt`,
      `${lost}: State "A" is not reachable. at /States/A`,
    ]);
  });

  it('is refused by CreateStateMachine in the same words', () => {
    expect(() => parseDefinition(JSON.stringify({ StartAt: 'A', States: loop }))).toThrow(
      `Invalid State Machine Definition: '${noEnd}'`,
    );
  });
});

describe('fields, as cdk-preflight measured them', () => {
  const retry = (retrier: object) => ({ X: work({ End: true, Retry: [retrier] }) });

  it.each([
    [{ X: { ...pass, TimeoutSeconds: 5 } }, "Field 'TimeoutSeconds' is not supported", '/States/X'],
    [{ X: { ...pass, Madeup: 5 } }, "Field 'Madeup' is not supported", '/States/X'],
    [
      { C: { ...choice(present).C, Default: 'X' }, X: { Type: 'Pass' }, Z: pass },
      'This object should have only one of the following fields: [Next, End]',
      '/States/X',
    ],
    [
      { X: { ...pass, Next: 'X' } },
      'There should only be one of the following fields: [Next, End]',
      '/States/X',
    ],
    [{ X: { End: true } }, 'These fields are required: [Type]', '/States/X'],
    [
      { X: work({ TimeoutSeconds: 0, End: true }) },
      'Minimum value is 1',
      '/States/X/TimeoutSeconds',
    ],
    [
      { X: work({ TimeoutSeconds: 1e8, End: true }) },
      'Maximum value is 99999999',
      '/States/X/TimeoutSeconds',
    ],
    [
      { X: work({ TimeoutSeconds: '5', End: true }) },
      'Expected value of type Integer',
      '/States/X/TimeoutSeconds',
    ],
    [{ X: { Type: 'Task', End: true } }, 'These fields are required: [Resource]', '/States/X'],
    [
      { X: { Type: 'Wait', Seconds: 1, SecondsPath: '$.a', End: true } },
      'There should only be one of the following fields: [SecondsPath, Seconds, TimestampPath, Timestamp]',
      '/States/X',
    ],
    [
      { X: { Type: 'Wait', Timestamp: '2030-01-01 00:00:00', End: true } },
      'String does not match RFC3339 timestamp',
      '/States/X/Timestamp',
    ],
    [
      { X: { Type: 'Map', End: true } },
      'This object should have only one of the following fields: [ItemProcessor, Iterator]',
      '/States/X',
    ],
    [
      { X: { Type: 'Parallel', Branches: [], End: true } },
      'Value cannot be empty',
      '/States/X/Branches',
    ],
    [
      choice({ Variable: '$.x', IsPresent: true }, { Default: 'Z' }),
      'These fields are required: [Next]',
      '/States/C/Choices[0]',
    ],
    [
      choice({ And: [present], Next: 'Z' }),
      "Field 'Next' is not supported",
      '/States/C/Choices[0]/And[0]',
    ],
    [
      choice({ Next: 'Z' }),
      'The object must have only one of the following fields, [And, Or, Not, Variable, Condition]',
      '/States/C/Choices[0]',
    ],
    [retry({}), 'These fields are required: [ErrorEquals]', '/States/X/Retry[0]'],
    [retry({ ErrorEquals: [] }), 'Value cannot be empty', '/States/X/Retry[0]/ErrorEquals'],
    [
      retry({ ErrorEquals: ['States.ALL', 'E'] }),
      'States.ALL must appear alone and at end of list',
      '/States/X/Retry[0]/ErrorEquals',
    ],
    [
      retry({ ErrorEquals: ['E'], JitterStrategy: 'HALF' }),
      'Value should be one of the following: [NONE, FULL]',
      '/States/X/Retry[0]/JitterStrategy',
    ],
    [
      retry({ ErrorEquals: ['E'], BackoffRate: 0.5 }),
      'Minimum value is 1',
      '/States/X/Retry[0]/BackoffRate',
    ],
  ])('refuses %j', (states, message, location) => {
    expect(found(states)).toEqual([`${schema}: ${message} at ${location}`]);
  });

  it('takes a retry without interval and machine timeouts of no time', () => {
    expect(found(retry({ ErrorEquals: ['E'], IntervalSeconds: 0 }), { TimeoutSeconds: 0 })).toEqual(
      [],
    );
  });

  it('names twins of a state and of a label', () => {
    const iterate = (Label: string, inner: string) => ({
      Type: 'Map',
      Label,
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
        StartAt: inner,
        States: { [inner]: pass },
      },
    });
    const states = {
      M: { ...iterate('a', 'X'), Next: 'N' },
      N: { ...iterate('a', 'X'), End: true },
    };
    expect(found(states)).toEqual([
      'DUPLICATE_STATE_NAME: Duplicate State name: X at /States/N/ItemProcessor/States/X',
      'DUPLICATE_LABEL_NAME: Duplicate Label name: a at /States/N/Label',
    ]);
  });
});

describe('query languages, as AWS answered floci-io/floci issue 2968', () => {
  const foreign = (field: string, language: string, owner: string) =>
    `${schema}: The QueryLanguage is set to '${language}', but field '${field}' is only supported for the '${owner}' QueryLanguage at /States/X`;
  const unknown = `${schema}: Value should be one of the following: [JSONPath, JSONata] at /States/X/QueryLanguage`;

  it.each([
    [
      { QueryLanguage: 'foo', InputPath: '$.a' },
      {},
      [foreign('InputPath', 'JSONata', 'JSONPath'), unknown],
    ],
    [{ QueryLanguage: 'foo', Output: 1 }, {}, [unknown]],
    [{ QueryLanguage: 'jsonpath' }, jsonata, [unknown]],
    [
      { QueryLanguage: 5 },
      {},
      [`${schema}: Expected value of type [STRING] at /States/X/QueryLanguage`],
    ],
    [
      { QueryLanguage: 'JSONPath', Output: 1 },
      jsonata,
      [
        `${schema}: 'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine at /States/X`,
      ],
    ],
    [{ Output: 1 }, {}, [foreign('Output', 'JSONPath', 'JSONata')]],
  ])('of %j in a machine with %j', (fields, machine, expected) => {
    expect(found({ X: { ...pass, ...fields } }, machine)).toEqual(expected);
  });

  it('refuses expressions that read what is not there', () => {
    const output = (Output: unknown) => found({ X: { ...pass, Output } }, jsonata);
    const unsupported = 'UNSUPPORTED_JSONATA_EXPRESSION: Reference to';
    expect(output({ v: '{% phone %}' })).toEqual([
      `${unsupported} 'phone' at the top level is not supported. at /States/X/Output/v`,
    ]);
    expect(output('{% $map($states.input.a, function($x){ b }) %}')).toEqual([
      `${unsupported} 'b' at the top level is not supported. at /States/X/Output`,
    ]);
    expect(output('{% $$ %}')).toEqual([
      `${unsupported} '$$' is not supported. at /States/X/Output`,
    ]);
    expect(output('{% $states.input.items[value > 3].(a + b){k: v} %}')).toEqual([]);
    for (const text of ['{% open', ' {% 1 %}', '{% 1 %} ', '\n{% 1 %}\n']) {
      expect(output(text)).toEqual([
        `${schema}: JSONata string must start with {% and end with %} at /States/X/Output`,
      ]);
    }
  });
});
