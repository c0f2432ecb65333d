import {
  GetFunctionCommand,
  GetFunctionEventInvokeConfigCommand,
  InvokeCommand,
  LambdaClient,
  ListFunctionsCommand,
  ListTagsCommand,
  ListVersionsByFunctionCommand,
  RequestTooLargeException,
  ResourceNotFoundException,
} from '@aws-sdk/client-lambda';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { lambdaWire } from '../../../simulator/lambda/wire.ts';
import { type ServedWire, serveWire } from '../../support/simulator/serve-wire.ts';
import { createLambdaFixture, type LambdaFixture } from './lambda-fixture.ts';

let lambda: LambdaFixture;
let server: ServedWire;
let client: LambdaClient;
beforeEach(async () => {
  lambda = await createLambdaFixture();
  server = await serveWire(lambda.world, [lambdaWire(lambda.model, lambda.world)]);
  client = new LambdaClient(server.client);
});
afterEach(async () => {
  client.destroy();
  await server.stop();
  await lambda.stop();
});

const functionArn = 'arn:aws:lambda:eu-west-1:111122223333:function:echo';
const source =
  'export const handler = async (event) => { console.log("seen"); if (event.fail) throw new TypeError("no"); return { event }; };';

it('the SDK invokes a function and reads payload, error and log', async () => {
  await lambda.define('echo', source);
  const invoke = (payload: unknown, options: object = {}) =>
    client.send(
      new InvokeCommand({ FunctionName: 'echo', Payload: JSON.stringify(payload), ...options }),
    );
  const good = await invoke({ n: 1 }, { LogType: 'Tail' });
  expect(good).toMatchObject({ StatusCode: 200, ExecutedVersion: '$LATEST' });
  expect(JSON.parse(good.Payload?.transformToString() ?? '')).toEqual({ event: { n: 1 } });
  expect(Buffer.from(good.LogResult ?? '', 'base64').toString()).toMatch(
    /^START RequestId: .*seen/s,
  );

  const bad = await invoke({ fail: true });
  expect(bad.FunctionError).toBe('Unhandled');
  expect(JSON.parse(bad.Payload?.transformToString() ?? '')).toMatchObject({
    errorType: 'TypeError',
    errorMessage: 'no',
  });

  expect(await invoke({}, { InvocationType: 'Event' })).toMatchObject({ StatusCode: 202 });
  expect(await invoke({}, { InvocationType: 'DryRun' })).toMatchObject({ StatusCode: 204 });
  await expect(invoke({}, { InvocationType: 'Later' })).rejects.toMatchObject({
    name: 'ValidationException',
    message:
      "1 validation error detected: Value 'Later' at 'invocationType' failed to satisfy constraint: Member must satisfy enum value set: [Event, RequestResponse, DryRun]",
  });
  await expect(invoke({}, { FunctionName: 'other' })).rejects.toBeInstanceOf(
    ResourceNotFoundException,
  );
  await expect(invoke('x'.repeat(1024 * 1024), { InvocationType: 'Event' })).rejects.toBeInstanceOf(
    RequestTooLargeException,
  );
});

it('the SDK sees the configuration that the template declared', async () => {
  await lambda.define('echo', source, {
    Description: 'answers',
    Timeout: '30',
    MemorySize: 512,
    Architectures: ['arm64'],
    Environment: { Variables: { STAGE: '1' } },
    TracingConfig: { Mode: 'Active' },
    LoggingConfig: { LogGroup: '/own', LogFormat: 'JSON' },
    ReservedConcurrentExecutions: 2,
    Tags: [{ Key: 'team', Value: 'shop' }],
  });
  await lambda.create('AWS::Lambda::Version', { FunctionName: 'echo' });
  await lambda.create('AWS::Lambda::EventInvokeConfig', {
    FunctionName: 'echo',
    Qualifier: '$LATEST',
    MaximumRetryAttempts: 1,
  });
  const answer = await client.send(new GetFunctionCommand({ FunctionName: functionArn }));
  expect(answer).toMatchObject({
    Tags: { team: 'shop' },
    Concurrency: { ReservedConcurrentExecutions: 2 },
    Configuration: {
      FunctionName: 'echo',
      FunctionArn: functionArn,
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Timeout: 30,
      MemorySize: 512,
      Architectures: ['arm64'],
      Environment: { Variables: { STAGE: '1' } },
      TracingConfig: { Mode: 'Active' },
      LoggingConfig: { LogGroup: '/own', LogFormat: 'JSON' },
      State: 'Active',
      PackageType: 'Zip',
    },
  });
  const { Functions } = await client.send(new ListFunctionsCommand({}));
  expect(Functions?.map((item) => item.FunctionName)).toEqual(['echo']);
  const { Versions } = await client.send(
    new ListVersionsByFunctionCommand({ FunctionName: 'echo' }),
  );
  expect(Versions?.map((item) => item.Version)).toEqual(['$LATEST', '1']);
  expect(
    await client.send(new GetFunctionEventInvokeConfigCommand({ FunctionName: 'echo' })),
  ).toMatchObject({ MaximumRetryAttempts: 1, MaximumEventAgeInSeconds: 21_600 });
  expect((await client.send(new ListTagsCommand({ Resource: functionArn }))).Tags).toEqual({
    team: 'shop',
  });
});

it('LogFormat JSON writes structured lines to the configured group', async () => {
  await lambda.define('echo', source, { LoggingConfig: { LogFormat: 'JSON' } });
  await client.send(new InvokeCommand({ FunctionName: 'echo', Payload: '{}' }));
  expect(lambda.logLines.map((line) => JSON.parse(line))).toEqual([
    expect.objectContaining({ type: 'platform.initStart' }),
    expect.objectContaining({ type: 'platform.start' }),
    expect.objectContaining({ level: 'INFO', message: 'seen', requestId: expect.any(String) }),
    expect.objectContaining({
      type: 'platform.report',
      record: expect.objectContaining({ status: 'success' }),
    }),
  ]);
});
