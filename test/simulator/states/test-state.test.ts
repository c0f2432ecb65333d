import { TestStateCommand, type TestStateCommandInput } from '@aws-sdk/client-sfn';
import { describe, expect, it } from 'vitest';
import { apiWorld } from './api-world.ts';
import { roleArn } from './workflow-world.ts';

async function tried(
  state: object,
  fields: Partial<TestStateCommandInput> = {},
  functions: Parameters<typeof apiWorld>[0] = {},
) {
  const { client } = await apiWorld(functions);
  const definition = JSON.stringify(state);
  const { $metadata: _, ...answer } = await client.send(
    new TestStateCommand({ definition, roleArn, ...fields }),
  );
  return answer;
}

const call = {
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Parameters: { FunctionName: 'work', 'Payload.$': '$' },
  Next: 'After',
};

describe('TestState', () => {
  it('says what a state would give and where it would go', async () => {
    const state = { Type: 'Pass', Parameters: { 'n.$': 'States.MathAdd($.n, $add)' }, Next: 'Go' };
    expect(await tried(state, { input: '{"n":1}', variables: '{"add":2}' })).toEqual({
      status: 'SUCCEEDED',
      output: '{"n":3}',
      nextState: 'Go',
    });
  });

  it('chooses, waits and fails', async () => {
    const choice = {
      Type: 'Choice',
      Choices: [{ Variable: '$.n', NumericGreaterThan: 5, Next: 'Big' }],
      Default: 'Small',
    };
    expect((await tried(choice, { input: '{"n":9}' })).nextState).toBe('Big');
    expect((await tried(choice, { input: '{"n":1}' })).nextState).toBe('Small');
    const wait = { Type: 'Wait', Seconds: 299, End: true };
    expect((await tried(wait)).status).toBe('SUCCEEDED');
    expect(await tried({ ...wait, Seconds: 301 })).toEqual({
      status: 'FAILED',
      error: 'States.Timeout',
    });
    expect(await tried({ Type: 'Fail', Error: 'Own', Cause: 'why' })).toEqual({
      status: 'FAILED',
      error: 'Own',
      cause: 'why',
    });
  });

  it('calls what a Task calls, or takes a mock instead', async () => {
    const functions = { work: ({ n }: { n: number }) => n * 2 };
    const state = { ...call, ResultSelector: { 'n.$': '$.Payload' } };
    expect(await tried(state, { input: '{"n":4}' }, functions)).toEqual({
      status: 'SUCCEEDED',
      output: '{"n":8}',
      nextState: 'After',
    });
    const mock = { result: '{"Payload":9}' };
    expect((await tried(state, { mock, inspectionLevel: 'DEBUG' })).inspectionData).toEqual({
      input: '{}',
      afterInputPath: '{}',
      afterParameters: '{"FunctionName":"work","Payload":{}}',
      result: '{"Payload":9}',
      afterResultSelector: '{"n":9}',
      afterResultPath: '{"n":9}',
    });
  });

  it('names the Retrier or Catcher that would act', async () => {
    const mock = { errorOutput: { error: 'Lambda.TooManyRequestsException', cause: 'slow' } };
    const retry = { ...call, Retry: [{ ErrorEquals: ['Lambda.TooManyRequestsException'] }] };
    expect(await tried(retry, { mock })).toEqual({
      status: 'RETRIABLE',
      error: 'Lambda.TooManyRequestsException',
      cause: 'slow',
    });
    const caught = {
      ...call,
      Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Mend', ResultPath: '$.e' }],
    };
    expect(await tried(caught, { mock, input: '{"a":1}' })).toEqual({
      status: 'CAUGHT_ERROR',
      output: '{"a":1,"e":{"Error":"Lambda.TooManyRequestsException","Cause":"slow"}}',
      nextState: 'Mend',
      error: 'Lambda.TooManyRequestsException',
      cause: 'slow',
    });
  });

  it('takes a state out of a whole machine', async () => {
    const machine = {
      QueryLanguage: 'JSONata',
      StartAt: 'A',
      States: {
        A: { Type: 'Pass', Next: 'B' },
        B: { Type: 'Pass', Output: '{% $states.input.n + 1 %}', End: true },
      },
    };
    expect(await tried(machine, { stateName: 'B', input: '{"n":1}' })).toEqual({
      status: 'SUCCEEDED',
      output: '2',
    });
    await expect(tried(machine, { stateName: 'C' })).rejects.toMatchObject({
      name: 'ValidationException',
    });
  });

  it.each([
    [
      { ...call, Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken' },
      'ValidationException',
    ],
    [{ Type: 'Pass', Parameters: { 'a.$': 'x' }, End: true }, 'InvalidDefinition'],
    [
      { Type: 'Map', Iterator: { StartAt: 'A', States: { A: { Type: 'Succeed' } } }, End: true },
      'InvalidDefinition',
    ],
  ])('refuses %j', async (state, name) => {
    await expect(tried(state)).rejects.toMatchObject({ name });
  });

  it('refuses variables and mocks that it cannot read', async () => {
    for (const fields of [
      { variables: '[1]' },
      { variables: '{' },
      { mock: {} },
      { mock: { result: '{' } },
    ]) {
      await expect(tried(call, fields)).rejects.toMatchObject({ name: 'ValidationException' });
    }
  });
});
