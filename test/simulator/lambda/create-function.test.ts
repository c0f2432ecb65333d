import { createHash } from 'node:crypto';
import {
  CreateFunctionCommand,
  type CreateFunctionCommandInput,
  DeleteFunctionCommand,
  GetFunctionCommand,
  GetFunctionConfigurationCommand,
  InvokeCommand,
  paginateListFunctions,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionActiveV2,
  waitUntilFunctionUpdatedV2,
} from '@aws-sdk/client-lambda';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  createLambdaClientFixture,
  type LambdaClientFixture,
  newFunction,
  roleArn,
} from './lambda-client-fixture.ts';
import { zipOf } from './zip-fixture.ts';

let lambda: LambdaClientFixture;
beforeEach(async () => {
  lambda = await createLambdaClientFixture();
});
afterEach(() => lambda.stop());

const arn = 'arn:aws:lambda:eu-west-1:111122223333:function:shop';
const settle = () => lambda.world.clock.sleep(2_000);
const create = async (change: Partial<CreateFunctionCommandInput> = {}) => {
  const created = await lambda.client.send(
    new CreateFunctionCommand({ ...newFunction('shop'), ...change }),
  );
  await settle();
  return created;
};
const invoke = async (payload: unknown = {}, qualifier?: string) => {
  const answer = await lambda.client.send(
    new InvokeCommand({
      FunctionName: 'shop',
      Payload: JSON.stringify(payload),
      ...(qualifier !== undefined && { Qualifier: qualifier }),
    }),
  );
  return JSON.parse(answer.Payload?.transformToString() ?? 'null');
};
const withFile = (name: string, content: string) => ({
  Code: { ZipFile: zipOf([{ name, content }]) },
});

describe('CreateFunction', () => {
  it('answers with the whole configuration, Pending at first', async () => {
    const input = newFunction('shop');
    const { $metadata, LastModified, RevisionId, ...created } = await lambda.client.send(
      new CreateFunctionCommand({ ...input, Environment: { Variables: { STAGE: 'prod' } } }),
    );
    expect($metadata.httpStatusCode).toBe(201);
    expect(LastModified).toMatch(/^2026-11-21T09:00:\d\d\.\d{3}\+0000$/);
    expect(RevisionId).toMatch(/^[0-9a-f-]{36}$/);
    expect(created).toEqual({
      FunctionName: 'shop',
      FunctionArn: arn,
      Runtime: 'nodejs22.x',
      Role: roleArn,
      Handler: 'index.handler',
      CodeSize: input.Code.ZipFile.length,
      CodeSha256: createHash('sha256').update(input.Code.ZipFile).digest('base64'),
      Description: '',
      Timeout: 3,
      MemorySize: 128,
      Version: '$LATEST',
      Environment: { Variables: { STAGE: 'prod' } },
      TracingConfig: { Mode: 'PassThrough' },
      State: 'Pending',
      StateReason: 'The function is being created.',
      StateReasonCode: 'Creating',
      PackageType: 'Zip',
      Architectures: ['x86_64'],
      EphemeralStorage: { Size: 512 },
      SnapStart: { ApplyOn: 'None', OptimizationStatus: 'Off' },
      LoggingConfig: { LogFormat: 'Text', LogGroup: '/aws/lambda/shop' },
    });
  });

  it('cannot be invoked until it is Active, which the waiter sees', async () => {
    await lambda.client.send(new CreateFunctionCommand(newFunction('shop')));
    await expect(invoke()).rejects.toMatchObject({
      name: 'ResourceConflictException',
      message:
        'The operation cannot be performed at this time. The function is currently in the following state: Pending',
    });
    await waitUntilFunctionActiveV2(
      { client: lambda.client, maxWaitTime: 20, minDelay: 1, maxDelay: 1 },
      { FunctionName: 'shop' },
    );
    expect(await invoke()).toBe(1);
  });

  it.each([
    ['lib/app.handler', 'lib/app.js', 'exports.handler = async () => "CommonJS";', 'CommonJS'],
    ['app.handler', 'app.mjs', 'export const handler = async () => "ESM";', 'ESM'],
    ['app.handler', 'app.cjs', 'exports.handler = async () => "cjs";', 'cjs'],
    ['app.routes.get', 'app.js', 'exports.routes = { get: async () => "nested" };', 'nested'],
    ['app.handler', 'app.js', 'exports.handler = (e, c, done) => done(null, "told");', 'told'],
    ['app.handler', 'app.js', 'exports.handler = () => "returned";', null],
  ])('runs %s of %s', async (handler, file, source, expected) => {
    await create({ ...withFile(file, source), Handler: handler });
    expect(await invoke()).toBe(expected);
  });

  it.each<[string, Partial<CreateFunctionCommandInput>, string, string | RegExp]>([
    ['a name that is taken', {}, 'ResourceConflictException', 'Function already exist: shop'],
    [
      'too little memory',
      { FunctionName: 'b', MemorySize: 64 },
      'ValidationException',
      /Value '64' at 'memorySize' failed to satisfy constraint: Member must have value greater than or equal to 128/,
    ],
    [
      'too much memory',
      { FunctionName: 'b', MemorySize: 10_241 },
      'InvalidParameterValueException',
      "'MemorySize' value failed to satisfy constraint: Member must have value less than or equal to 10240",
    ],
    [
      'too long a time',
      { FunctionName: 'b', Timeout: 901 },
      'ValidationException',
      /Value '901' at 'timeout' failed to satisfy constraint: Member must have value less than or equal to 900/,
    ],
    [
      'a name with a blank',
      { FunctionName: 'b c' },
      'ValidationException',
      /Value 'b c' at 'functionName' failed to satisfy constraint: Member must satisfy regular expression pattern: /,
    ],
    [
      'another language',
      { FunctionName: 'b', Runtime: 'python3.13' },
      'NotImplemented',
      /python3\.13/,
    ],
    [
      'an ended runtime',
      { FunctionName: 'b', Runtime: 'nodejs16.x' },
      'InvalidParameterValueException',
      /^The runtime parameter of nodejs16\.x is no longer supported/,
    ],
    [
      'no code',
      { FunctionName: 'b', Code: {} },
      'InvalidParameterValueException',
      'Please provide a source for function code.',
    ],
    [
      'code that is no archive',
      { FunctionName: 'b', Code: { ZipFile: Buffer.from('exports') } },
      'InvalidParameterValueException',
      'Could not unzip uploaded file. Please check your file, then try to upload again.',
    ],
    [
      'an environment of more than 4 KB',
      { FunctionName: 'b', Environment: { Variables: { BIG: 'x'.repeat(4096) } } },
      'InvalidParameterValueException',
      /^Lambda was unable to configure your environment variables because the environment variables you have provided exceeded the 4KB limit\. String measured: \{"BIG":"xxx/,
    ],
    [
      'a reserved variable',
      { FunctionName: 'b', Environment: { Variables: { AWS_REGION: 'x' } } },
      'InvalidParameterValueException',
      /Reserved keys used in this request: AWS_REGION$/,
    ],
    [
      'a layer that is not there',
      { FunctionName: 'b', Layers: ['arn:aws:lambda:eu-west-1:111122223333:layer:none:1'] },
      'InvalidParameterValueException',
      'Layer version arn:aws:lambda:eu-west-1:111122223333:layer:none:1 does not exist.',
    ],
  ])('refuses %s', async (_, change, name, message) => {
    await create();
    const attempt = lambda.client.send(
      new CreateFunctionCommand({ ...newFunction('shop'), ...change }),
    );
    await expect(attempt).rejects.toMatchObject({
      name,
      message: typeof message === 'string' ? message : expect.stringMatching(message),
    });
  });

  it('refuses a role that Lambda may not assume', async () => {
    const { authorize, roleMay, roleCredentials } = lambda.world.services.iam;
    lambda.world.provide('iam', {
      ensureServiceLinkedRole: () => {},
      authorize,
      roleMay,
      roleCredentials,
      canAssume: () => false,
    });
    await expect(create()).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
      message: 'The role defined for the function cannot be assumed by Lambda.',
    });
  });

  it('takes code from a bucket, and tells what S3 said when it is not there', async () => {
    const zip = zipOf([{ name: 'index.js', content: 'exports.handler = async () => "s3";' }]);
    lambda.world.provide('s3', {
      getObject: (bucket, key) => (bucket === 'code' && key === 'a.zip' ? zip : undefined),
      readObject: () => undefined,
      putObject: () => {},
      listKeys: () => [],
    });
    const attempt = create({ Code: { S3Bucket: 'code', S3Key: 'b.zip' } });
    await expect(attempt).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
      message:
        'Error occurred while GetObject. S3 Error Code: NoSuchKey. S3 Error Message: The specified key does not exist.',
    });
    await create({ Code: { S3Bucket: 'code', S3Key: 'a.zip' } });
    expect(await invoke()).toBe('s3');
  });
});

describe('a function that is there', () => {
  it('runs new code after UpdateFunctionCode, and the waiter sees the update end', async () => {
    const { RevisionId } = await create();
    expect(await invoke()).toBe(1);
    const ZipFile = zipOf([{ name: 'index.js', content: 'exports.handler = async () => 2;' }]);
    const updated = await lambda.client.send(
      new UpdateFunctionCodeCommand({ FunctionName: 'shop', ZipFile, RevisionId }),
    );
    expect(updated).toMatchObject({ LastUpdateStatus: 'InProgress', CodeSize: ZipFile.length });
    expect(updated.RevisionId).not.toBe(RevisionId);
    const again = new UpdateFunctionCodeCommand({ FunctionName: 'shop', ZipFile });
    await expect(lambda.client.send(again)).rejects.toMatchObject({
      name: 'ResourceConflictException',
      message: `The operation cannot be performed at this time. An update is in progress for resource: ${arn}`,
    });
    await waitUntilFunctionUpdatedV2(
      { client: lambda.client, maxWaitTime: 20, minDelay: 1, maxDelay: 1 },
      { FunctionName: 'shop' },
    );
    expect(await invoke()).toBe(2);
    const stale = { FunctionName: 'shop', RevisionId };
    await expect(
      lambda.client.send(new UpdateFunctionConfigurationCommand(stale)),
    ).rejects.toMatchObject({
      name: 'PreconditionFailedException',
      $metadata: { httpStatusCode: 412 },
    });
  });

  it('keeps what UpdateFunctionConfiguration does not name', async () => {
    await create({ Timeout: 7, Environment: { Variables: { STAGE: '1' } }, Description: 'first' });
    await lambda.client.send(
      new UpdateFunctionConfigurationCommand({
        FunctionName: 'shop',
        MemorySize: 256,
        Environment: { Variables: {} },
        LoggingConfig: { LogFormat: 'JSON' },
      }),
    );
    const after = await lambda.client.send(
      new GetFunctionConfigurationCommand({ FunctionName: arn }),
    );
    expect(after).toMatchObject({
      Timeout: 7,
      MemorySize: 256,
      Description: 'first',
      LoggingConfig: {
        LogFormat: 'JSON',
        LogGroup: '/aws/lambda/shop',
        ApplicationLogLevel: 'INFO',
        SystemLogLevel: 'INFO',
      },
    });
    expect(after.Environment).toBeUndefined();
  });

  it('is gone after DeleteFunction', async () => {
    await create();
    await lambda.client.send(new DeleteFunctionCommand({ FunctionName: 'shop' }));
    await expect(
      lambda.client.send(new GetFunctionCommand({ FunctionName: 'shop' })),
    ).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: `Function not found: ${arn}`,
    });
  });

  it('is listed by pages', async () => {
    for (const name of ['c', 'a', 'b']) await create({ FunctionName: name });
    const pages: (string | undefined)[][] = [];
    for await (const page of paginateListFunctions({ client: lambda.client, pageSize: 2 }, {})) {
      pages.push((page.Functions ?? []).map(({ FunctionName }) => FunctionName));
      // What lists leave out, by the API reference of ListFunctions.
      expect(page.Functions?.every((each) => !('State' in each) && each.CodeSha256)).toBe(true);
    }
    expect(pages).toEqual([['a', 'b'], ['c']]);
  });
});
