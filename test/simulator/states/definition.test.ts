import { describe, expect, it } from 'vitest';
import {
  diagnose,
  parseDefinition,
} from '../../../simulator/states/definition/parse-definition.ts';
import { substitute } from '../../../simulator/states/definition/substitute.ts';
import { call, invoke } from './workflow-world.ts';

const done = { Type: 'Succeed' };

function definition(states: object, fields: object = {}): string {
  const StartAt = Object.keys(states)[0];
  return JSON.stringify({ QueryLanguage: 'JSONata', StartAt, States: states, ...fields });
}

describe('diagnose', () => {
  it.each([
    ['multi-line expressions', { A: { Type: 'Pass', Output: '{% (\n  1 + 1\n) %}', End: true } }],
    ['a plain text Output', { A: { Type: 'Pass', Output: 'text', End: true } }],
    ['empty strings and nulls', { A: { Type: 'Pass', Output: { a: '', b: null }, End: true } }],
    [
      'states named like fields',
      {
        States: { Type: 'Pass', Next: 'Branches' },
        Branches: { Type: 'Pass', Next: 'Output' },
        Output: { Type: 'Pass', End: true },
      },
    ],
    ['computed timeouts', { A: call('f', { TimeoutSeconds: '{% 5 %}', End: true }) }],
    [
      'a jittered Retry',
      {
        A: call('f', {
          Retry: [
            {
              ErrorEquals: ['Lambda.TooManyRequestsException'],
              JitterStrategy: 'FULL',
              MaxDelaySeconds: 20,
              BackoffRate: 1.5,
            },
            { ErrorEquals: ['States.ALL'], MaxAttempts: 0 },
          ],
          End: true,
        }),
      },
    ],
  ])('finds nothing wrong with %s', (_, states) => {
    expect(diagnose(definition(states))).toEqual([]);
  });

  it.each([
    [{ A: { Type: 'Pass', Next: 'Gone' } }, 'MISSING_TRANSITION_TARGET', 'Gone'],
    [{ A: { Type: 'Pass', End: true }, B: done }, 'MISSING_TRANSITION_TARGET', 'B'],
    [
      { A: { Type: 'Pass', Output: '{% 1 + %}', End: true } },
      'INVALID_JSONATA_EXPRESSION',
      '/States/A/Output',
    ],
    [
      { A: { Type: 'Pass', Output: '{% a ? b : c ?: d %}', End: true } },
      'INVALID_JSONATA_EXPRESSION',
      '/States/A/Output',
    ],
    [
      { A: { Type: 'Pass', InputPath: '$.x', End: true } },
      'SCHEMA_VALIDATION_FAILED',
      "field 'InputPath' is only supported for the 'JSONPath' QueryLanguage at /States/A",
    ],
    [
      { A: { Type: 'Pass', Assign: { states: 1 }, End: true } },
      'RESERVED_VARIABLE_NAME',
      'reserved',
    ],
    [
      { A: { Type: 'Pass', QueryLanguage: 'JSONPath', End: true } },
      'SCHEMA_VALIDATION_FAILED',
      "'JSONPath' if set to 'JSONata' for whole state machine",
    ],
    [
      { A: { Type: 'Task', Resource: 'arn:aws:states:::batch:submitJob', End: true } },
      'NOT_MODELLED',
      'batch:submitJob',
    ],
    [
      { A: { Type: 'Task', Resource: 'arn:aws:states:::sqs:sendMessage.sync', End: true } },
      'SCHEMA_VALIDATION_FAILED',
      'sqs:sendMessage.sync is not recognized',
    ],
    [
      { A: { Type: 'Task', Resource: 'arn:aws:states:::aws-sdk:ecs:describeNothing', End: true } },
      'SCHEMA_VALIDATION_FAILED',
      'ecs:describeNothing is not recognized',
    ],
    [
      { A: { Type: 'Task', Resource: 'not an ARN', End: true } },
      'SCHEMA_VALIDATION_FAILED',
      'Value is not a valid resource ARN',
    ],
    [
      { A: { Type: 'Task', Resource: 'arn:aws:states:::aws-sdk:glue:getJob', End: true } },
      'NOT_MODELLED',
      '/States/A/Resource',
    ],
    [
      {
        A: {
          Type: 'Task',
          Resource: invoke,
          Arguments: { FunctionName: 'f', LogType: 'Tail' },
          End: true,
        },
      },
      'NOT_MODELLED',
      'LogType',
    ],
    [
      { A: { Type: 'Task', Resource: invoke, End: true } },
      'SCHEMA_VALIDATION_FAILED',
      'FunctionName',
    ],
    [
      { A: call('f', { TimeoutSeconds: 10, HeartbeatSeconds: 10, End: true }) },
      'SCHEMA_VALIDATION_FAILED',
      'HeartbeatSeconds',
    ],
    [
      { A: call('f', { Retry: [{ ErrorEquals: ['States.ALL', 'X'] }], End: true }) },
      'SCHEMA_VALIDATION_FAILED',
      'States.ALL',
    ],
    [
      { A: call('f', { Retry: [{ ErrorEquals: ['X'], MaxDelaySeconds: 31_622_401 }], End: true }) },
      'SCHEMA_VALIDATION_FAILED',
      'MaxDelaySeconds',
    ],
    [
      { A: call('f', { Retry: [{ ErrorEquals: ['X'], Backoff: 2 }], End: true }) },
      'SCHEMA_VALIDATION_FAILED',
      'Backoff',
    ],
    [
      {
        A: {
          Type: 'Parallel',
          Branches: [
            { StartAt: 'B', States: { B: { Type: 'Pass', Output: '{% ( %}', End: true } } },
          ],
          End: true,
        },
      },
      'INVALID_JSONATA_EXPRESSION',
      '/States/A/Branches[0]/States/B/Output',
    ],
  ])('refuses %j as %s naming %s', (states, code, named) => {
    const found = diagnose(definition(states));
    const matching = found.filter(
      (diagnostic) =>
        diagnostic.code === code &&
        `${diagnostic.message} at ${diagnostic.location}`.includes(named),
    );
    expect(matching, JSON.stringify(found)).not.toEqual([]);
  });

  it('lists every problem in the InvalidDefinition that creation throws', () => {
    const text = definition({
      A: { Type: 'Pass', Output: '{% ( %}', Next: 'B' },
      B: { Type: 'Task', Resource: 'arn:aws:states:::batch:submitJob', End: true },
    });
    expect(() => parseDefinition(text)).toThrow(
      expect.objectContaining({
        code: 'InvalidDefinition',
        message: expect.stringMatching(
          /INVALID_JSONATA_EXPRESSION.*\/States\/A\/Output.*NOT_MODELLED.*batch:submitJob/,
        ),
      }),
    );
  });

  it.each(['{', '[]', '"x"'])('refuses %s, which is no JSON object', (text) => {
    expect(diagnose(text)[0]?.code).toBe('INVALID_JSON_DESCRIPTION');
  });
});

describe('substitute', () => {
  it('replaces text for text and leaves unknown placeholders', () => {
    const text = '{"a":"${Arn}","n":${Seconds},"q":"${Seconds}","x":"${Unknown}"}';
    expect(substitute(text, { Arn: 'arn:aws:x', Seconds: 5 })).toBe(
      '{"a":"arn:aws:x","n":5,"q":"5","x":"${Unknown}"}',
    );
  });
});
