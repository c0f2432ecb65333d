import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { App, NestedStack, Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createSimulator, type Simulator } from '../../../simulator/simulator.ts';

// Four runs of the CLI, each a process of seconds that polls in real time.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

const cli = join(
  dirname(createRequire(import.meta.url).resolve('aws-cdk/package.json')),
  'bin/cdk',
);

let directory: string;
let simulator: Simulator;
let running: ChildProcess | undefined;
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'greengate-cli-'));
  simulator = await createSimulator({ seed: 5 });
});
afterEach(async () => {
  running?.kill('SIGKILL');
  await simulator.stop();
  rmSync(directory, { recursive: true, force: true });
});

/** A function whose code is an asset, and a stack within the stack. */
function synthesize(): void {
  const code = join(directory, 'code');
  mkdirSync(code);
  writeFileSync(join(code, 'index.js'), "exports.handler = async () => 'from an asset';");
  const app = new App({ outdir: join(directory, 'cdk.out'), analyticsReporting: false });
  const stack = new Stack(app, 'Shop', { env: { account: '123456789012', region: 'us-east-1' } });
  new lambda.Function(stack, 'Function', {
    functionName: 'shop',
    runtime: lambda.Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: lambda.Code.fromAsset(code),
  });
  new sqs.Queue(new NestedStack(stack, 'Nested'), 'Queue');
  app.synth();
}

/** Runs the CLI as a person would who set AWS_ENDPOINT_URL; resolves with what it printed. */
function cdk(...args: string[]): Promise<string> {
  const child = spawn(process.execPath, [cli, ...args, '--no-notices', '--no-color'], {
    cwd: directory,
    env: {
      PATH: process.env.PATH,
      HOME: directory,
      AWS_ENDPOINT_URL: simulator.endpoint,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'somebody',
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_EC2_METADATA_DISABLED: 'true',
      CDK_DISABLE_CLI_TELEMETRY: 'true',
    },
  });
  running = child;
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (text: Buffer) => {
      printed += text.toString();
    });
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      running = undefined;
      if (code === 0) resolve(printed);
      else reject(new Error(`cdk ${args[0]} ended with ${code}:\n${printed}`));
    });
  });
}

const statusOf = (name: string) =>
  simulator.models.cloudformation.history().find(({ stackName }) => stackName === name)?.status;

it('the CDK CLI bootstraps, deploys, finds nothing to do, and destroys', async () => {
  synthesize();
  await cdk('bootstrap', 'aws://123456789012/us-east-1');
  expect(statusOf('CDKToolkit')).toBe('CREATE_COMPLETE');

  const deploy = ['deploy', '--app', 'cdk.out', '--require-approval', 'never'];
  await cdk(...deploy);
  expect(statusOf('Shop')).toBe('CREATE_COMPLETE');
  const { payload } = await simulator.world.services.lambda.invoke({
    functionName: 'shop',
    payload: {},
    type: 'RequestResponse',
  });
  expect(payload).toBe('from an asset');
  // It works as the roles that bootstrapping made.
  const callers = simulator.world.journal
    .of('api.called')
    .filter(({ operation }) => operation === 'ExecuteChangeSet')
    .map(({ caller }) => caller.split('/')[0]);
  expect(callers).toEqual(['user', 'cdk-hnb659fds-deploy-role-123456789012-us-east-1']);

  expect(await cdk(...deploy)).toContain('Shop (no changes)');

  await cdk('destroy', '--app', 'cdk.out', '--force', '--all');
  expect(statusOf('Shop')).toBe('DELETE_COMPLETE');
});
