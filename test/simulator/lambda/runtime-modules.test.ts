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

/** The type of the error that code of index.js ends with, or what it returns. */
async function outcomeOf(
  Runtime: 'nodejs20.x' | 'nodejs22.x' | 'nodejs24.x',
  content: string,
  NODE_OPTIONS = '',
) {
  const files = [
    { name: 'index.js', content },
    { name: 'esm.mjs', content: 'export const word = "esm";' },
  ];
  await lambda.client.send(
    new CreateFunctionCommand({
      ...newFunction('asks'),
      Runtime,
      Code: { ZipFile: zipOf(files) },
      ...(NODE_OPTIONS && { Environment: { Variables: { NODE_OPTIONS } } }),
    }),
  );
  await lambda.world.clock.sleep(2_000);
  const { Payload } = await lambda.client.send(new InvokeCommand({ FunctionName: 'asks' }));
  const answer = JSON.parse(Buffer.from(Payload ?? []).toString());
  return answer.errorType ? [answer.errorType, answer.errorMessage] : answer;
}

const detected = 'export const handler = async () => "detected";';
const required = 'exports.handler = async () => require("./esm.mjs").word;';
const requireRefused = [
  'Error',
  expect.stringMatching(/^require\(\) of ES Module .*esm\.mjs.* not supported/),
];
const exportRefused = ['Runtime.UserCodeSyntaxError', "SyntaxError: Unexpected token 'export'"];

// Which runtimes switch these off: Lambda guide, "Building Lambda functions with Node.js".
it.each([
  ['nodejs22.x', detected, '', exportRefused],
  ['nodejs22.x', detected, '--experimental-detect-module', 'detected'],
  ['nodejs24.x', detected, '', 'detected'],
  ['nodejs20.x', required, '', requireRefused],
  ['nodejs22.x', required, '', requireRefused],
  ['nodejs22.x', required, '--experimental-require-module', 'esm'],
  ['nodejs24.x', required, '', 'esm'],
] as const)('%s makes of %j with NODE_OPTIONS %j: %j', async (runtime, code, options, outcome) => {
  expect(await outcomeOf(runtime, code, options)).toEqual(outcome);
});
