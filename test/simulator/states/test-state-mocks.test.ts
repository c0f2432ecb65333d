import { TestStateCommand, type TestStateCommandInput } from '@aws-sdk/client-sfn';
import { describe, expect, it } from 'vitest';
import { apiWorld } from './api-world.ts';

type Fields = Partial<TestStateCommandInput>;

async function tried(state: object, fields: Fields = {}) {
  const { client } = await apiWorld();
  const definition = JSON.stringify(state);
  const { $metadata: _, ...answer } = await client.send(
    new TestStateCommand({ definition, ...fields }),
  );
  return answer;
}

const inner = { StartAt: 'Do', States: { Do: { Type: 'Pass', End: true } } };
const other = { StartAt: 'Rest', States: { Rest: { Type: 'Pass', End: true } } };
const map = {
  Type: 'Map',
  ItemsPath: '$.values',
  ItemProcessor: {
    ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
    ...inner,
  },
  End: true,
};
const input = '{"values":["a","b","c"]}';
const mock = { result: '[1,2,3]' };
const task = (resource: string, fields: object = {}) => ({
  Type: 'Task',
  Resource: `arn:aws:states:::${resource}`,
  Parameters: { a: 1 },
  End: true,
  ...fields,
});

describe('TestState of a Map', () => {
  it('shows its items, selected and batched, and its limits', async () => {
    const state = {
      ...map,
      MaxConcurrency: 4,
      ToleratedFailurePercentage: 50,
      ItemSelector: { 'v.$': '$$.Map.Item.Value' },
      ItemBatcher: { MaxItemsPerBatch: 2 },
      ResultPath: '$.out',
    };
    expect(await tried(state, { input, mock, inspectionLevel: 'DEBUG' })).toEqual({
      status: 'SUCCEEDED',
      output: '{"values":["a","b","c"],"out":[1,2,3]}',
      inspectionData: {
        input,
        afterInputPath: input,
        afterItemsPath: '["a","b","c"]',
        afterItemSelector: '[{"v":"a"},{"v":"b"},{"v":"c"}]',
        afterItemBatcher: '[{"Items":[{"v":"a"},{"v":"b"}]},{"Items":[{"v":"c"}]}]',
        afterResultSelector: '[1,2,3]',
        afterResultPath: '{"values":["a","b","c"],"out":[1,2,3]}',
        maxConcurrency: 4,
        toleratedFailurePercentage: 50,
      },
    });
  });

  it('counts failed iterations against its threshold, if it has one', async () => {
    const fields = { input, mock, stateConfiguration: { mapIterationFailureCount: 2 } };
    expect(await tried(map, fields)).toMatchObject({ status: 'SUCCEEDED' });
    const tolerant = (count: number) => ({ ...map, ToleratedFailureCount: count });
    expect(await tried(tolerant(2), fields)).toMatchObject({ status: 'SUCCEEDED' });
    expect(await tried(tolerant(1), fields)).toEqual({
      status: 'FAILED',
      error: 'States.ExceedToleratedFailureThreshold',
      cause: 'The specified tolerated failure threshold was exceeded',
    });
  });

  it('reads the data that an ItemReader would have found', async () => {
    const { ItemsPath: _, ...rest } = map;
    const ReaderConfig = { InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW' };
    const Resource = 'arn:aws:states:::s3:getObject';
    const state = {
      ...rest,
      ItemReader: { Resource, ReaderConfig, Parameters: { Bucket: 'b', Key: 'k' } },
      ItemSelector: { 'n.$': '$$.Map.Item.Value.n' },
    };
    const stateConfiguration = { mapItemReaderData: 'n\n7\n8\n' };
    const fields = { input, mock, stateConfiguration, inspectionLevel: 'TRACE' } as const;
    expect((await tried(state, fields)).inspectionData).toMatchObject({
      afterItemSelector: '[{"n":"7"},{"n":"8"}]',
    });
  });

  it('fails for what is no list', async () => {
    expect(await tried(map, { input: '{"values":1}', mock })).toEqual({
      status: 'FAILED',
      error: 'States.Runtime',
      cause: 'Reference path "$.values" must point to array.',
    });
  });
});

it('shows the Arguments of a Parallel in JSONata, and takes states out of iterations', async () => {
  const state = {
    Type: 'Parallel',
    QueryLanguage: 'JSONata',
    Arguments: { n: '{% 1 + 1 %}' },
    Branches: [inner, other],
    Output: '{% $sum($states.result) %}',
    End: true,
  };
  const fields = { mock: { result: '[3,4]' }, inspectionLevel: 'DEBUG' } as const;
  expect(await tried(state, fields)).toEqual({
    status: 'SUCCEEDED',
    output: '7',
    inspectionData: { input: '{}', afterArguments: '{"n":2}' },
  });
  const machine = { StartAt: 'Each', States: { Each: map } };
  expect(await tried(machine, { stateName: 'Do', input: '5' })).toMatchObject({ output: '5' });
});

describe('a mocked error', () => {
  const failing = { mock: { errorOutput: { error: 'Slow', cause: 'why' } } };
  const recovering = {
    Retry: [
      { ErrorEquals: ['Other'] },
      { ErrorEquals: ['Slow'], IntervalSeconds: 3, MaxAttempts: 2 },
    ],
    Catch: [
      { ErrorEquals: ['Other'], Next: 'A' },
      { ErrorEquals: ['States.ALL'], Next: 'B' },
    ],
  };

  it.each([
    [0, { status: 'RETRIABLE', retryIndex: 1, retryBackoffIntervalSeconds: 3 }],
    [1, { status: 'RETRIABLE', retryIndex: 1, retryBackoffIntervalSeconds: 6 }],
    [2, { status: 'CAUGHT_ERROR', catchIndex: 1 }],
  ])('after %i retries ends as %j', async (retrierRetryCount, { status, ...errorDetails }) => {
    const stateConfiguration = { retrierRetryCount };
    const fields = { ...failing, stateConfiguration, inspectionLevel: 'DEBUG' } as const;
    const answer = await tried(task('sqs:sendMessage', recovering), fields);
    expect(answer).toMatchObject({ status, error: 'Slow', cause: 'why' });
    expect(answer.inspectionData?.errorDetails).toEqual(errorDetails);
  });
});

/** What a definition must say for this resource. */
const argumentsOf = (resource: string) =>
  resource === 'lambda:invoke' ? { Parameters: { FunctionName: 'f' } } : {};

describe('a mocked result', () => {
  it.each([
    ['events:putEvents', { Entries: {} }, "Field 'Entries' must be an array"],
    ['events:putEvents', { Entries: [{}, { EventId: 1 }] }, "Field 'EventId' must be a string"],
    ['states:startExecution', {}, "Required field 'ExecutionArn' is missing"],
    [
      'states:startExecution',
      { ExecutionArn: 'arn', StartDate: true },
      "Field 'StartDate' must be a string",
    ],
    ['lambda:invoke', { StatusCode: '200' }, "Field 'StatusCode' must be a number"],
    [
      'aws-sdk:s3:getObject',
      { StorageClass: 'NEW' },
      "Field 'StorageClass' is not an expected value",
    ],
  ])('of %s is refused as %j', async (resource, result, problem) => {
    const strict = { mock: { result: JSON.stringify(result) } };
    await expect(tried(task(resource, argumentsOf(resource)), strict)).rejects.toMatchObject({
      name: 'ValidationException',
      message: `Mock result schema validation error: ${problem}`,
    });
    const none = { mock: { ...strict.mock, fieldValidationMode: 'NONE' } } as const;
    const answer = await tried(task(resource, argumentsOf(resource)), none);
    expect(JSON.parse(answer.output ?? '')).toEqual(result);
  });

  it('may leave members out with PRESENT, and have others than the API', async () => {
    const present = { mock: { result: '{"own":1}', fieldValidationMode: 'PRESENT' } } as const;
    expect(await tried(task('states:startExecution'), present)).toMatchObject({
      output: '{"own":1}',
    });
    const payload = { mock: { result: '{"Payload":{"any":[1]}}' } };
    const invoke = task('lambda:invoke', argumentsOf('lambda:invoke'));
    expect(await tried(invoke, payload)).toMatchObject({ status: 'SUCCEEDED' });
  });
});

describe('a context', () => {
  const withToken = {
    ...task('sqs:sendMessage.waitForTaskToken'),
    Parameters: { 'token.$': '$$.Task.Token', 'name.$': '$$.Execution.Name' },
  };

  it('stands for the whole context object', async () => {
    const context = '{"Task":{"Token":"abcd"},"Execution":{"Name":"mine"}}';
    const fields = { mock: { result: '{}' }, context, inspectionLevel: 'DEBUG' } as const;
    expect((await tried(withToken, fields)).inspectionData).toMatchObject({
      afterParameters: '{"token":"abcd","name":"mine"}',
    });
  });

  it('without one is that of an Express execution', async () => {
    const state = { Type: 'Pass', Parameters: { 'c.$': '$$' }, End: true };
    const { c } = JSON.parse((await tried(state, { input: '{"x":1}' })).output ?? '');
    expect(c).toEqual({
      Execution: {
        Id: expect.stringMatching(/^arn:aws:states:eu-west-1:\d{12}:express:[^:]+:[^:]+$/),
        Input: { x: 1 },
        Name: expect.any(String),
        RoleArn: '',
        StartTime: expect.any(String),
      },
      State: { EnteredTime: expect.any(String), Name: 'StateName', RetryCount: 0 },
      StateMachine: { Id: expect.stringContaining(':stateMachine:'), Name: expect.any(String) },
    });
  });

  it.each([
    ['{"Map":{}}', "'Map' field is not supported when mocking a Context object"],
    ['{"Pokedex":1}', "Field 'Pokedex' is not allowed"],
    ['{"Execution":{"pokemon":1}}', "Field 'pokemon' is not allowed"],
    ['{"Execution":{"Id":1}}', 'Execution.Id must be a string'],
    [
      '{"Task":{"Token":"t"}}',
      "Context object contains 'Task' when state is not a Task state with a '.sync' or '.waitForTaskToken' service integration pattern",
    ],
  ])('%s is refused', async (context, problem) => {
    const fields = { mock: { result: '{}' }, context };
    await expect(tried(task('sqs:sendMessage'), fields)).rejects.toMatchObject({
      name: 'ValidationException',
      message: `Invalid Context object provided: ${problem}`,
    });
  });
});

const both = { result: '[]', errorOutput: { error: 'E' } };
const parallel = { Type: 'Parallel', Branches: [inner, other], End: true };
it.each([
  [
    { Type: 'Pass', End: true },
    { mock },
    "State type 'Pass' is not supported when a mock is specified",
  ],
  [
    map,
    { mock: both },
    'A test mock should have only one of the following fields: [result, errorOutput].',
  ],
  [map, { mock: { result: '{}' } }, 'Mocked result must be an array.'],
  [
    { ...map, ResultWriter: { Resource: 'arn:aws:states:::s3:putObject', Parameters: {} } },
    { mock },
    'Mocked result must be a JSON object.',
  ],
  [parallel, { mock: { result: '7' } }, 'Mocked result must be an array.'],
  [
    parallel,
    { mock },
    'Mocked result must contain the same number of items as number of Parallel branches.',
  ],
  [
    task('sqs:sendMessage'),
    { mock: { result: '{}' }, revealSecrets: true },
    'TestState does not support RevealSecrets when a mock is specified.',
  ],
] as [object, Fields, string][])('refuses %j with %j', async (state, fields, message) => {
  await expect(tried(state, fields)).rejects.toMatchObject({
    name: 'ValidationException',
    message,
  });
});
