import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { createLambdaFixture, type LambdaFixture } from './lambda-fixture.ts';

let lambda: LambdaFixture;
beforeEach(async () => {
  lambda = await createLambdaFixture();
});
afterEach(() => lambda.stop());

const invoke = (functionName: string) =>
  lambda.model.invoke({ functionName, payload: {}, type: 'RequestResponse' });
/** Zombies count as gone: nothing of them runs. */
const alive = (pid: number) => {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  if (process.platform !== 'linux') return true;
  return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
};

it('what blocks its event loop ends at its deadline', async () => {
  await lambda.define('blocked', 'export const handler = async () => { for (;;); };', {
    Timeout: 1,
  });
  const { payload, requestId, functionError } = await invoke('blocked');
  expect(functionError).toBe('Unhandled');
  expect(payload).toEqual({
    errorType: 'Sandbox.Timedout',
    errorMessage: `RequestId: ${requestId} Error: Task timed out after 1.00 seconds`,
  });
  expect(
    lambda.logLines.some((line) => line.endsWith(`${requestId} Task timed out after 1.00 seconds`)),
  ).toBe(true);
});

it('what a function forked ends with it, whatever session it went into', async () => {
  await lambda.define(
    'forks',
    `import { spawn } from 'node:child_process';
     const script = 'setInterval(() => {}, 1000)';
     export const handler = async () => [{}, { detached: true }].map((options) => {
       const child = spawn(process.execPath, ['--eval', script], { stdio: 'inherit', ...options });
       child.unref();
       return child.pid;
     });`,
    { Timeout: 30 },
  );
  const pids = (await invoke('forks')).payload as number[];
  expect(pids.map(alive)).toEqual([true, true]);
  await lambda.model.stop();
  await eventually(() => expect(pids.map(alive)).toEqual([false, false]));
});

it('a flood without an end of line is cut into events that CloudWatch Logs takes', async () => {
  await lambda.define(
    'flood',
    `import { writeSync } from 'node:fs';
     export const handler = async () => {
       const block = Buffer.alloc(65_536, 'x');
       for (let sent = 0; sent < 4_000_000;) { try { sent += writeSync(1, block); } catch {} }
       return 'done';
     };`,
    { Timeout: 60 },
  );
  expect((await invoke('flood')).payload).toBe('done');
  const flood = lambda.logLines.filter((line) => line.startsWith('x'));
  expect(Math.max(...flood.map((line) => line.length))).toBe(262_118);
  expect(flood.join('').length).toBeGreaterThanOrEqual(4_000_000);
});

it('memory beyond setting and runtime ends the function', async () => {
  await lambda.define(
    'hungry',
    `const kept = [];
     export const handler = async () => { for (;;) kept.push(Buffer.alloc(10_000_000, 1)); };`,
    { Timeout: 60 },
  );
  const { payload, requestId } = await invoke('hungry');
  expect(payload).toEqual({
    errorType: 'Runtime.ExitError',
    errorMessage: `RequestId: ${requestId} Error: Runtime exited with error: signal: killed`,
  });
});

it('an answer beyond 6 MB is an error, however large it would have been', async () => {
  await lambda.define('large', "export const handler = async () => 'x'.repeat(40_000_000);", {
    MemorySize: 512,
    Timeout: 60,
  });
  expect((await invoke('large')).payload).toEqual({
    errorType: 'Function.ResponseSizeTooLarge',
    errorMessage: 'Response payload size exceeded maximum allowed payload size (6291556 bytes).',
  });
});

it.each([
  ['process.exit(1)', 'Runtime exited with error: exit status 1'],
  ['process.exit(0)', 'Runtime exited without providing a reason'],
  ["process.kill(process.pid, 'SIGKILL')", 'Runtime exited with error: signal: killed'],
])('%s is told as Lambda tells it', async (statement, reason) => {
  await lambda.define('ends', `export const handler = async () => { ${statement}; };`);
  const { payload, requestId } = await invoke('ends');
  expect(payload).toEqual({
    errorType: 'Runtime.ExitError',
    errorMessage: `RequestId: ${requestId} Error: ${reason}`,
  });
});

it.each([
  ['none.handler', 'Runtime.ImportModuleError', /^Error: Cannot find module 'none'/],
  ['index.none', 'Runtime.HandlerNotFound', /^index\.none is undefined or not exported$/],
  ['index', 'Runtime.MalformedHandlerName', /^Bad handler$/],
  ['../index.handler', 'Runtime.MalformedHandlerName', /^'\.\.\/index\.handler' is not a valid/],
])('the handler %s is not found', async (Handler, errorType, message) => {
  await lambda.define('fine', 'export const handler = async () => 1;', { Handler });
  const { payload } = await invoke('fine');
  expect(payload).toMatchObject({ errorType, errorMessage: expect.stringMatching(message) });
});
