import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { clientOptions } from '../../cli/rehearsal/stage.ts';
import { clientTimeoutMs, ForeignClient } from './foreign-client.ts';

const require = createRequire(import.meta.url);
const cdkProgram = join(dirname(require.resolve('aws-cdk/package.json')), 'bin/cdk');
const typescript = require.resolve('tsx');
const app = join(import.meta.dirname, 'cdk/app.ts');

let client: ForeignClient;
beforeEach(async () => {
  client = await ForeignClient.start();
});
afterEach(() => client.stop());

/** Without what the CDK would ask of the network. */
const quiet = ['--no-notices', '--no-version-reporting', '--no-color', '--ci'];

function cdk(verb: string, ...args: string[]) {
  return client.output(process.execPath, [cdkProgram, verb, ...args, ...quiet]);
}

const ofApp = (...context: string[]) => [
  '--all',
  ...['--app', `node --import "${typescript}" "${app}"`],
  ...context.flatMap((one) => ['--context', one]),
];
const deploy = (...context: string[]) =>
  cdk('deploy', ...ofApp(...context), '--require-approval', 'never', '--outputs-file', 'out.json');

async function greeting(): Promise<unknown> {
  const outputs = JSON.parse(await readFile(join(client.folder, 'out.json'), 'utf8'));
  const lambda = new LambdaClient(clientOptions(client.simulator));
  const { Payload } = await lambda.send(
    new InvokeCommand({ FunctionName: outputs.Greeter.FunctionName }),
  );
  lambda.destroy();
  return JSON.parse(Buffer.from(Payload ?? []).toString());
}

it(
  'the CDK bootstraps, deploys stacks and assets, sees no difference, changes and destroys',
  async () => {
    await cdk('bootstrap', 'aws://123456789012/us-east-1');
    await deploy();
    expect(await greeting()).toBe('hello');
    // Fails when there is a difference.
    await cdk('diff', ...ofApp(), '--fail');

    await expect(cdk('diff', ...ofApp('greeting=servus'), '--fail')).rejects.toThrow('servus');
    await deploy('greeting=servus');
    expect(await greeting()).toBe('servus');

    await cdk('destroy', ...ofApp(), '--force');
    const left = client.simulator.models.cloudformation.all();
    expect(left.map(({ stackName }) => stackName)).toEqual(['CDKToolkit']);
  },
  clientTimeoutMs,
);
