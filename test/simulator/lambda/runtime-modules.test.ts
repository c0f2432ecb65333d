import { CreateFunctionCommand, InvokeCommand } from '@aws-sdk/client-lambda';
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

const answer = 'exports.handler = async () => typeof STSClient;';

it.each([
  ['required', 'index.js', `const { STSClient } = require('@aws-sdk/client-sts'); ${answer}`],
  [
    'imported',
    'index.mjs',
    `import { STSClient } from '@aws-sdk/client-sts'; ${answer.replace('exports.handler =', 'export const handler =')}`,
  ],
])('the SDK can be %s without being in the archive, as on Lambda', async (_, name, content) => {
  await lambda.client.send(
    new CreateFunctionCommand({
      ...newFunction('asks'),
      Code: { ZipFile: zipOf([{ name, content }]) },
    }),
  );
  await lambda.world.clock.sleep(2_000);
  const { Payload, FunctionError } = await lambda.client.send(
    new InvokeCommand({ FunctionName: 'asks' }),
  );
  expect(FunctionError).toBeUndefined();
  expect(Buffer.from(Payload ?? []).toString()).toBe('"function"');
});

it('brings nothing else of this installation along', async () => {
  await lambda.client.send(
    new CreateFunctionCommand(
      newFunction('asks', "require('commander'); exports.handler = async () => 1;"),
    ),
  );
  await lambda.world.clock.sleep(2_000);
  const { Payload } = await lambda.client.send(new InvokeCommand({ FunctionName: 'asks' }));
  expect(JSON.parse(Buffer.from(Payload ?? []).toString())).toMatchObject({
    errorType: 'Runtime.ImportModuleError',
    errorMessage: expect.stringContaining("Cannot find module 'commander'"),
  });
});

// NODE_PATH ends with the task's folder (Lambda guide, "Defined runtime environment variables").
it('files of the task are found by their bare names', async () => {
  await lambda.client.send(
    new CreateFunctionCommand({
      ...newFunction('asks'),
      Code: {
        ZipFile: zipOf([
          { name: 'index.js', content: "exports.handler = async () => require('helper').help();" },
          { name: 'helper.js', content: "exports.help = () => 'helped';" },
        ]),
      },
    }),
  );
  await lambda.world.clock.sleep(2_000);
  const { Payload } = await lambda.client.send(new InvokeCommand({ FunctionName: 'asks' }));
  expect(Buffer.from(Payload ?? []).toString()).toBe('"helped"');
});
