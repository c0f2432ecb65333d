import {
  CreateFunctionCommand,
  DeleteLayerVersionCommand,
  GetFunctionConfigurationCommand,
  GetLayerVersionByArnCommand,
  GetLayerVersionCommand,
  InvokeCommand,
  ListLayersCommand,
  ListLayerVersionsCommand,
  PublishLayerVersionCommand,
} from '@aws-sdk/client-lambda';
import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  createLambdaClientFixture,
  type LambdaClientFixture,
  newFunction,
} from './lambda-client-fixture.ts';
import { zipOf } from './zip-fixture.ts';

let lambda: LambdaClientFixture;
beforeEach(async () => {
  lambda = await createLambdaClientFixture();
});
afterEach(() => lambda.stop());

const layerArn = 'arn:aws:lambda:eu-west-1:111122223333:layer:greetings';
const publish = (word: string, name = 'nodejs/node_modules/greeting/index.js') =>
  lambda.client.send(
    new PublishLayerVersionCommand({
      LayerName: 'greetings',
      Description: word,
      CompatibleRuntimes: ['nodejs22.x'],
      Content: { ZipFile: zipOf([{ name, content: `module.exports = '${word}';` }]) },
    }),
  );
const source = "const greeting = require('greeting'); exports.handler = async () => greeting;";

it('a published layer has versions that are found by number and by ARN', async () => {
  const first = await publish('hello');
  expect(first).toMatchObject({
    LayerArn: layerArn,
    LayerVersionArn: `${layerArn}:1`,
    Version: 1,
    Description: 'hello',
    CompatibleRuntimes: ['nodejs22.x'],
    CreatedDate: expect.stringMatching(/^2026-11-21T09:00:\d\d\.\d{3}\+0000$/),
    Content: { CodeSha256: expect.stringMatching(/^[\w+/]{43}=$/), CodeSize: expect.any(Number) },
  });
  await publish('good day');
  const { LayerVersions } = await lambda.client.send(
    new ListLayerVersionsCommand({ LayerName: 'greetings' }),
  );
  expect(LayerVersions?.map(({ Version }) => Version)).toEqual([2, 1]);
  const { Layers } = await lambda.client.send(new ListLayersCommand({}));
  expect(Layers).toMatchObject([
    { LayerName: 'greetings', LatestMatchingVersion: { LayerVersionArn: `${layerArn}:2` } },
  ]);
  const byNumber = new GetLayerVersionCommand({ LayerName: 'greetings', VersionNumber: 1 });
  const byArn = new GetLayerVersionByArnCommand({ Arn: `${layerArn}:2` });
  expect((await lambda.client.send(byNumber)).Description).toBe('hello');
  expect((await lambda.client.send(byArn)).Description).toBe('good day');
});

// "Node.js 18.x runtime now available in AWS Lambda", AWS Compute Blog: ES modules resolve by NODE_PATH.
it('an ES module imports modules of its layers, and misses others as ever', async () => {
  const files = [
    {
      name: 'nodejs/node_modules/wave/package.json',
      content: '{"type":"module","exports":"./wave.js"}',
    },
    { name: 'nodejs/node_modules/wave/wave.js', content: "export { default } from '@hand/up';" },
    { name: 'nodejs/node_modules/@hand/up/index.js', content: "module.exports = 'waved';" },
  ];
  await lambda.client.send(
    new PublishLayerVersionCommand({ LayerName: 'greetings', Content: { ZipFile: zipOf(files) } }),
  );
  const content = `import wave from 'wave';
    export const handler = async () => [wave, await import('nowhere').catch((error) => error.code)];`;
  await lambda.client.send(
    new CreateFunctionCommand({
      ...newFunction('shop'),
      Code: { ZipFile: zipOf([{ name: 'index.mjs', content }]) },
      Layers: [`${layerArn}:1`],
    }),
  );
  await lambda.world.clock.sleep(2_000);
  const { Payload } = await lambda.client.send(new InvokeCommand({ FunctionName: 'shop' }));
  expect(JSON.parse(Payload?.transformToString() ?? '')).toEqual(['waved', 'ERR_MODULE_NOT_FOUND']);
});

it('a function requires modules of its layers, the last one first, also after their deletion', async () => {
  await publish('hello');
  await publish('good day');
  await lambda.client.send(
    new CreateFunctionCommand({
      ...newFunction('shop', source),
      Layers: [`${layerArn}:1`, `${layerArn}:2`],
    }),
  );
  await lambda.world.clock.sleep(2_000);
  for (const VersionNumber of [1, 2]) {
    await lambda.client.send(
      new DeleteLayerVersionCommand({ LayerName: 'greetings', VersionNumber }),
    );
  }
  const gone = new GetLayerVersionCommand({ LayerName: 'greetings', VersionNumber: 1 });
  await expect(lambda.client.send(gone)).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: 'The resource you requested does not exist.',
  });
  const { Payload } = await lambda.client.send(new InvokeCommand({ FunctionName: 'shop' }));
  expect(Payload?.transformToString()).toBe('"good day"');
  const { Layers } = await lambda.client.send(
    new GetFunctionConfigurationCommand({ FunctionName: 'shop' }),
  );
  expect(Layers?.map(({ Arn }) => Arn)).toEqual([`${layerArn}:1`, `${layerArn}:2`]);
});

it('a layer that climbs out of its folder is refused', async () => {
  await expect(publish('x', '../../escaped.js')).rejects.toMatchObject({
    name: 'InvalidParameterValueException',
    message: 'Could not unzip uploaded file. Please check your file, then try to upload again.',
  });
});

it('a template has layers, inline code and event invoke settings of aliases', async () => {
  await publish('hello');
  await lambda.create('AWS::Lambda::Function', {
    FunctionName: 'inline',
    Code: { ZipFile: source },
    Handler: 'index.handler',
    Role: 'arn:aws:iam::111122223333:role/function',
    Runtime: 'nodejs22.x',
    Layers: [`${layerArn}:1`],
  });
  await lambda.create('AWS::Lambda::Version', { FunctionName: 'inline' });
  await lambda.create('AWS::Lambda::Alias', {
    FunctionName: 'inline',
    FunctionVersion: '1',
    Name: 'live',
  });
  await lambda.create('AWS::Lambda::EventInvokeConfig', {
    FunctionName: 'inline',
    Qualifier: 'live',
    MaximumRetryAttempts: '0',
  });
  const { payload } = await lambda.model.invoke({
    functionName: 'inline:live',
    payload: {},
    type: 'RequestResponse',
  });
  expect(payload).toBe('hello');
  expect(lambda.model.eventInvokeConfig('inline', 'live')?.maximumRetryAttempts).toBe(0);
  await expect(
    lambda.create('AWS::Lambda::Version', { FunctionName: 'inline' }),
  ).rejects.toMatchObject({
    code: 'ResourceConflictException',
    message:
      'A version for this Lambda function exists ( 1 ). Modify the function to create a new version.',
  });
});
