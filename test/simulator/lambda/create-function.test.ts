import { createHash } from 'node:crypto';
import { CreateFunctionCommand, waitUntilFunctionActiveV2 } from '@aws-sdk/client-lambda';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { functionArn, functionRequests } from './function-requests.ts';
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

const { create, invoke } = functionRequests(() => lambda);

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
      FunctionArn: functionArn,
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
    await create({ Code: { ZipFile: zipOf([{ name: file, content: source }]) }, Handler: handler });
    expect(await invoke()).toBe(expected);
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
