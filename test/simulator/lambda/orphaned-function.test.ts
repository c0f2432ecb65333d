import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { eventually } from '../../support/eventually.ts';

const directory = mkdtempSync(join(tmpdir(), 'greengate-orphan-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const bootstrap = fileURLToPath(
  new URL('../../../simulator/lambda/bootstrap.mjs', import.meta.url),
);

/** Answers the Runtime API, hands one event to the function, and tells its process id once it is at work. */
const host = `
  const server = require('node:http').createServer((request, response) => {
    response.setHeader('lambda-runtime-aws-request-id', 'r-1');
    response.end(request.url.endsWith('/next') ? '{}' : '{"nowMs":0,"routes":{}}');
  });
  server.listen(0, '127.0.0.1', () => {
    const child = require('node:child_process').spawn(process.execPath, [${JSON.stringify(bootstrap)}], {
      env: {
        AWS_LAMBDA_RUNTIME_API: '127.0.0.1:' + server.address().port,
        LAMBDA_TASK_ROOT: ${JSON.stringify(directory)},
        _HANDLER: 'index.handler',
      },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    child.stdout.once('data', () => console.log(child.pid));
  });`;

describe('a function whose simulator was killed', () => {
  it('ends, although its work would go on for ever', async () => {
    writeFileSync(
      join(directory, 'index.mjs'),
      `export async function handler() {
        console.log('begun');
        for (;;) await new Promise((resolve) => setImmediate(resolve));
      }`,
    );
    const simulator = spawn(process.execPath, ['--eval', host]);
    const [pid] = await once(simulator.stdout, 'data');
    simulator.kill('SIGKILL');
    await eventually(() => expect(() => process.kill(Number(pid), 0)).toThrow('ESRCH'));
  });
});
