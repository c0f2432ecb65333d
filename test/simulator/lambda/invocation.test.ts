import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLambdaFixture, type LambdaFixture } from './lambda-fixture.ts';

let lambda: LambdaFixture;
beforeEach(async () => {
  lambda = await createLambdaFixture();
});
afterEach(() => lambda.stop());

const invoke = (functionName: string, payload: unknown = {}) =>
  lambda.model.invoke({ functionName, payload, type: 'RequestResponse' });

describe('a synchronous invocation', () => {
  it('returns what the handler returned and reuses the environment', async () => {
    await lambda.define(
      'counter',
      'let n = 0; export const handler = async (event) => ({ n: ++n, got: event });',
    );
    expect(await invoke('counter', { a: 1 })).toMatchObject({
      statusCode: 200,
      payload: { n: 1, got: { a: 1 } },
    });
    expect((await invoke('counter', 'text')).payload).toEqual({ n: 2, got: 'text' });
    const started = lambda.world.journal.of('lambda.started');
    expect(started.map((entry) => entry.coldStart)).toEqual([true, false]);
  });

  it('runs concurrent invocations in environments of their own', async () => {
    await lambda.define(
      'counter',
      'let n = 0; export const handler = async () => { await new Promise((r) => setTimeout(r, 50)); return ++n; };',
    );
    const results = await Promise.all([invoke('counter'), invoke('counter')]);
    expect(results.map((result) => result.payload)).toEqual([1, 1]);
  });

  it('sees Lambda variables and nothing of the host but PATH', async () => {
    process.env.SECRET_OF_THE_HOST = 'leak';
    await lambda.define('env', 'export const handler = async () => process.env;', {
      Environment: { Variables: { RECORDS_BUCKET: 'records', LIMIT: 5 } },
      MemorySize: 256,
    });
    const { payload } = await invoke('env');
    delete process.env.SECRET_OF_THE_HOST;
    expect(payload).toMatchObject({
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'FN.env',
      AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
      AWS_LAMBDA_FUNCTION_NAME: 'env',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256',
      _HANDLER: 'index.handler',
      TZ: ':UTC',
      RECORDS_BUCKET: 'records',
      LIMIT: '5',
      PATH: process.env.PATH,
    });
    expect(payload).not.toHaveProperty('SECRET_OF_THE_HOST');
    expect(payload).not.toHaveProperty('NODE_ENV');
  });

  it('lives in virtual time, also after a jump', async () => {
    await lambda.define(
      'clock',
      `const loadedAt = Date.now();
       export const handler = async (event, context) => ({
         loadedAt, now: Date.now(), year: new Date().getUTCFullYear(), parsed: new Date('2001-02-03T00:00:00Z').getTime(),
         isDate: new Date() instanceof Date, remaining: context.getRemainingTimeInMillis() });`,
    );
    const first = (await invoke('clock')).payload as Record<string, number>;
    const before = lambda.world.clock.now();
    expect(before - Number(first.loadedAt)).toBeLessThan(5_000);
    await lambda.world.clock.sleep(400 * 86_400_000);
    const second = (await invoke('clock')).payload as Record<string, number>;
    expect(Number(second.now) - Number(first.now)).toBeGreaterThanOrEqual(400 * 86_400_000);
    expect(second).toMatchObject({ year: 2027, parsed: Date.UTC(2001, 1, 3), isDate: true });
    expect(second.remaining).toBeGreaterThan(1_000);
    expect(second.remaining).toBeLessThanOrEqual(3_000);
  });

  it('gets the documented context', async () => {
    await lambda.define('ctx', 'export const handler = async (_, context) => context;');
    const { payload, requestId } = await invoke('ctx');
    expect(payload).toMatchObject({
      awsRequestId: requestId,
      functionName: 'ctx',
      functionVersion: '$LATEST',
      invokedFunctionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:ctx',
      memoryLimitInMB: '128',
      logGroupName: '/aws/lambda/ctx',
      logStreamName: expect.stringMatching(/^2026\/11\/21\/\[\$LATEST\][0-9a-f]{32}$/),
    });
  });

  it('reaches names of the simulated network with their own Host header, and nothing else', async () => {
    const server = createServer((request, response) => response.end(request.headers.host));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await lambda.define(
      'probe',
      `import http from 'node:http';
       const viaAgent = (url) => new Promise((resolve) => http.get(url, (r) => r.on('data', (d) => resolve(String(d)))));
       export const handler = async () => [
         await (await fetch('http://shop-1.eu-west-1.elb.amazonaws.com/')).text(),
         await viaAgent('http://10.0.1.7:8080/'),
         await fetch('http://example.com/').catch((error) => error.cause.code),
         await fetch('http://10.9.9.9:80/').catch((error) => error.cause.code),
       ];`,
    );
    const address = { host: '127.0.0.1', port };
    lambda.world.network.route('shop-1.eu-west-1.elb.amazonaws.com', 80, address);
    lambda.world.network.route('10.0.1.7', 8080, address);
    const { payload } = await invoke('probe');
    server.closeAllConnections();
    server.close();
    expect(payload).toEqual([
      'shop-1.eu-west-1.elb.amazonaws.com',
      '10.0.1.7:8080',
      'ENOTFOUND',
      'ECONNREFUSED',
    ]);
  });
});

describe('a failing function', () => {
  it.each([
    [
      'throws',
      'export const handler = async () => { throw new RangeError("too far"); };',
      { errorType: 'RangeError', errorMessage: 'too far', trace: expect.any(Array) },
    ],
    [
      'renames its error',
      'export const handler = async () => { const e = new Error("no"); e.name = "DeploymentRolledBack"; throw e; };',
      { errorType: 'DeploymentRolledBack', errorMessage: 'no', trace: expect.any(Array) },
    ],
    [
      'cannot be loaded',
      'throw new TypeError("bad configuration"); export const handler = async () => 1;',
      { errorType: 'TypeError', errorMessage: 'bad configuration', trace: expect.any(Array) },
    ],
    [
      'exports no handler',
      'export const other = async () => 1;',
      {
        errorType: 'Runtime.HandlerNotFound',
        errorMessage: 'index.handler is undefined or not exported',
        trace: expect.any(Array),
      },
    ],
    [
      'imports what is not there',
      'import "./missing.mjs"; export const handler = async () => 1;',
      expect.objectContaining({
        errorType: 'Error',
        errorMessage: expect.stringMatching(/^Cannot find module '.*missing\.mjs' imported from /),
      }),
    ],
    [
      'requires what is not there',
      'import { createRequire } from "node:module"; createRequire(import.meta.url)("nowhere"); export const handler = async () => 1;',
      expect.objectContaining({
        errorType: 'Runtime.ImportModuleError',
        errorMessage: expect.stringMatching(
          /^Error: Cannot find module 'nowhere'\nRequire stack:\n- /,
        ),
      }),
    ],
    [
      'has a syntax error',
      'export const handler = async () => { const 1 = 2; };',
      expect.objectContaining({
        errorType: 'Runtime.UserCodeSyntaxError',
        errorMessage: 'SyntaxError: Unexpected number',
        trace: expect.arrayContaining(['SyntaxError: Unexpected number']),
      }),
    ],
    [
      'takes a callback',
      'export const handler = (event, context, callback) => callback(null, 1);',
      expect.objectContaining({ errorType: 'Runtime.CallbackHandlerDeprecated' }),
    ],
    [
      'exits',
      'export const handler = async () => process.exit(3);',
      {
        errorType: 'Runtime.ExitError',
        errorMessage: expect.stringMatching(
          /^RequestId: \S+ Error: Runtime exited with error: exit status 3$/,
        ),
      },
    ],
    [
      'never settles',
      'export const handler = () => new Promise(() => {});',
      expect.objectContaining({ errorType: 'Runtime.NodeJsExit' }),
    ],
    [
      'leaves a rejection of its init phase unhandled',
      'Promise.reject(new Error("early")); export const handler = async () => 1;',
      expect.objectContaining({
        errorType: 'Runtime.UnhandledPromiseRejection',
        errorMessage: 'Error: early',
      }),
    ],
    [
      'leaves a rejection unhandled',
      'export const handler = () => new Promise(() => { Promise.reject(new Error("lost")); });',
      expect.objectContaining({
        errorType: 'Runtime.UnhandledPromiseRejection',
        errorMessage: 'Error: lost',
        trace: expect.arrayContaining(['Runtime.UnhandledPromiseRejection: Error: lost']),
      }),
    ],
  ])('that %s answers Unhandled with the error', async (_, source, error) => {
    await lambda.define('broken', source);
    const result = await invoke('broken');
    expect(result).toMatchObject({ statusCode: 200, functionError: 'Unhandled' });
    expect(result.payload).toEqual(error);
  });

  it('is killed at its deadline and starts afresh', async () => {
    await lambda.define(
      'slow',
      'let n = 0; export const handler = async (e) => { n++; if (e.hang) for (;;); return n; };',
      { Timeout: 1 },
    );
    const result = await invoke('slow', { hang: true });
    expect(result.payload).toEqual({
      errorType: 'Sandbox.Timedout',
      errorMessage: `RequestId: ${result.requestId} Error: Task timed out after 1.00 seconds`,
    });
    expect((await invoke('slow')).payload).toBe(1);
    expect(lambda.world.journal.of('lambda.started').map((entry) => entry.coldStart)).toEqual([
      true,
      true,
    ]);
  });
});

it('the log of an invocation has START, the lines of the function, END and REPORT in order', async () => {
  await lambda.define(
    'talk',
    'export const handler = async () => { console.log("one", { a: 1 }); process.stderr.write("two"); };',
  );
  const { requestId } = await invoke('talk');
  expect(lambda.logLines).toEqual([
    expect.stringMatching(
      /^INIT_START Runtime Version: nodejs:\d+\.v\d+\tRuntime Version ARN: arn:aws:lambda:eu-west-1::runtime:[0-9a-f]{64}$/,
    ),
    `START RequestId: ${requestId} Version: $LATEST`,
    expect.stringMatching(new RegExp(`^2026-11-21T\\S+Z\\t${requestId}\\tINFO\\tone { a: 1 }$`)),
    'two',
    `END RequestId: ${requestId}`,
    expect.stringMatching(
      new RegExp(
        `^REPORT RequestId: ${requestId}\\tDuration: [\\d.]+ ms\\tBilled Duration: \\d+ ms\\tMemory Size: 128 MB\\tMax Memory Used: \\d+ MB\\tInit Duration: [\\d.]+ ms$`,
      ),
    ),
  ]);
});

it('what a module prints while it is loaded is logged before START', async () => {
  await lambda.define('loud', 'process.stdout.write("loading\\n"); throw new Error("no config");');
  const result = await invoke('loud');
  expect(result.payload).toMatchObject({ errorType: 'Error', errorMessage: 'no config' });
  expect(lambda.logLines.slice(1, 3)).toEqual(['loading', expect.stringContaining('no config')]);
  expect(lambda.logLines.findIndex((line) => line.startsWith('START'))).toBeGreaterThan(1);
});

it('an unknown function is refused by ARN', async () => {
  await expect(invoke('nobody')).rejects.toMatchObject({
    code: 'ResourceNotFoundException',
    message: 'Function not found: arn:aws:lambda:eu-west-1:111122223333:function:nobody',
  });
});
