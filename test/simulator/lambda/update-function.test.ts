import {
  DeleteFunctionCommand,
  GetFunctionCommand,
  GetFunctionConfigurationCommand,
  paginateListFunctions,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionUpdatedV2,
} from '@aws-sdk/client-lambda';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { functionArn, functionRequests } from './function-requests.ts';
import { createLambdaClientFixture, type LambdaClientFixture } from './lambda-client-fixture.ts';
import { zipOf } from './zip-fixture.ts';

let lambda: LambdaClientFixture;
beforeEach(async () => {
  lambda = await createLambdaClientFixture();
});
afterEach(() => lambda.stop());

const { create, invoke } = functionRequests(() => lambda);

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
      message: `The operation cannot be performed at this time. An update is in progress for resource: ${functionArn}`,
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
      new GetFunctionConfigurationCommand({ FunctionName: functionArn }),
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
      message: `Function not found: ${functionArn}`,
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
