import { CreateFunctionCommand, type CreateFunctionCommandInput } from '@aws-sdk/client-lambda';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { functionRequests } from './function-requests.ts';
import {
  createLambdaClientFixture,
  type LambdaClientFixture,
  newFunction,
} from './lambda-client-fixture.ts';

let lambda: LambdaClientFixture;
beforeEach(async () => {
  lambda = await createLambdaClientFixture();
});
afterEach(() => lambda.stop());

const { create } = functionRequests(() => lambda);

describe('CreateFunction', () => {
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
});
