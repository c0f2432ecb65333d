import { afterEach, beforeEach, expect, it } from 'vitest';
import { createLambdaFixture, type LambdaFixture } from './lambda-fixture.ts';

let lambda: LambdaFixture;
beforeEach(async () => {
  lambda = await createLambdaFixture();
});
afterEach(() => lambda.stop());

/** What the function itself logged: neither INIT_START nor START, END and REPORT. */
async function logged(source: string, properties: Record<string, unknown> = {}) {
  await lambda.define('talk', source, properties);
  const result = await lambda.model.invoke({
    functionName: 'talk',
    payload: {},
    type: 'RequestResponse',
  });
  const own = lambda.logLines.filter((line) => !/^(INIT_START|START|END|REPORT) /.test(line));
  return { result, own, lines: own.map((line) => line.split('\t').slice(2)) };
}

const asJson = { LoggingConfig: { LogFormat: 'JSON' } };
const jsonLines = (lines: readonly string[]) =>
  lines.map((line) => JSON.parse(line)).filter(({ level }) => level !== undefined);

// The telemetry descriptor takes a message as one frame: aws-lambda-nodejs-runtime-interface-client, log patch.
it('a message of several lines is one event with its line breaks', async () => {
  const { own, lines } = await logged(
    'export const handler = async () => { console.log(JSON.stringify({ a: 1 }, null, 1)); };',
  );
  expect(own).toHaveLength(1);
  expect(lines).toEqual([['INFO', '{\n "a": 1\n}']]);
});

it('every method of the console has its level', async () => {
  const { lines } = await logged(
    `export const handler = async () => {
       for (const level of ['trace', 'debug', 'info', 'log', 'warn', 'error', 'fatal']) console[level](level, 1);
     };`,
  );
  expect(lines).toEqual([
    ['TRACE', 'trace 1'],
    ['DEBUG', 'debug 1'],
    ['INFO', 'info 1'],
    ['INFO', 'log 1'],
    ['WARN', 'warn 1'],
    ['ERROR', 'error 1'],
    ['FATAL', 'fatal 1'],
  ]);
});

it('the error of an invocation is logged as JSON behind its heading', async () => {
  const { lines } = await logged(
    `export const handler = async () => { throw Object.assign(new RangeError('too far'), { code: 'E_FAR', at: 7 }); };`,
  );
  expect(lines).toEqual([['ERROR', 'Invoke Error ', expect.any(String)]]);
  expect(JSON.parse(lines[0]?.[2] ?? '')).toEqual({
    errorType: 'RangeError',
    errorMessage: 'too far',
    code: 'E_FAR',
    at: 7,
    stack: expect.arrayContaining(['RangeError: too far']),
  });
});

it.each([
  [
    'Uncaught Exception ',
    'throw new TypeError("bad configuration"); export const handler = async () => 1;',
    { errorType: 'TypeError', errorMessage: 'bad configuration' },
  ],
  [
    'Uncaught Exception ',
    'export const handler = async () => { setTimeout(() => { throw new Error("late"); }); await new Promise(() => {}); };',
    { errorType: 'Error', errorMessage: 'late' },
  ],
  [
    'Unhandled Promise Rejection ',
    'export const handler = async () => { Promise.reject(new Error("lost")); await new Promise(() => {}); };',
    {
      errorType: 'Runtime.UnhandledPromiseRejection',
      errorMessage: 'Error: lost',
      reason: { errorType: 'Error', errorMessage: 'lost' },
      promise: {},
    },
  ],
])('what ends an environment is logged as %s', async (heading, source, error) => {
  const { lines, own } = await logged(source);
  expect(lines[0]?.slice(0, 2)).toEqual(['ERROR', heading]);
  expect(JSON.parse(lines[0]?.[2] ?? '')).toMatchObject(error);
  expect(own[0]).toMatch(
    heading.startsWith('Uncaught') && source.startsWith('throw')
      ? /Z\tundefined\t/
      : /Z\t[\w-]{36}\t/,
  );
});

it('an exit is told behind the report', async () => {
  const { result } = await logged('export const handler = async () => process.exit(3);');
  expect(lambda.logLines.at(-2)).toMatch(/^REPORT .*\tError Type: Runtime\.ExitError$/);
  expect(lambda.logLines.at(-1)).toBe(
    `RequestId: ${result.requestId} Error: Runtime exited with error: exit status 3\nRuntime.ExitError`,
  );
});

// Lambda guide, "Log and monitor Node.js Lambda functions": an object is the message, an error has members of its own.
it('LogFormat JSON keeps objects, tells errors apart and leaves out what is below INFO', async () => {
  const { own } = await logged(
    `export const handler = async () => {
       console.log({ order: 7 });
       console.log('two %d', 2, { b: [1] });
       console.error(new RangeError('far'));
       console.warn('with', new TypeError('bad'));
       console.debug('quiet');
       throw new Error('last');
     };`,
    asJson,
  );
  expect(jsonLines(own)).toEqual([
    expect.objectContaining({ level: 'INFO', message: { order: 7 } }),
    expect.objectContaining({ level: 'INFO', message: 'two 2 { b: [ 1 ] }' }),
    expect.objectContaining({
      level: 'ERROR',
      message: {
        errorType: 'RangeError',
        errorMessage: 'far',
        stackTrace: expect.arrayContaining(['RangeError: far']),
      },
    }),
    expect.objectContaining({
      level: 'WARN',
      errorType: 'TypeError',
      errorMessage: 'bad',
      stackTrace: expect.arrayContaining(['TypeError: bad']),
    }),
    expect.objectContaining({
      level: 'ERROR',
      message: expect.objectContaining({ errorType: 'Error', errorMessage: 'last' }),
    }),
  ]);
});

it.each([
  ['TRACE', ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR']],
  ['WARN', ['WARN', 'ERROR']],
  ['FATAL', []],
])('ApplicationLogLevel %s writes %j', async (ApplicationLogLevel, written) => {
  const { own } = await logged(
    `export const handler = async () => {
       for (const level of ['trace', 'debug', 'log', 'warn', 'error']) console[level](level);
     };`,
    { LoggingConfig: { LogFormat: 'JSON', ApplicationLogLevel } },
  );
  expect(jsonLines(own).map(({ level }) => level)).toEqual(written);
});

it('LogFormat JSON tells in its report what the environment died of', async () => {
  const { own } = await logged('export const handler = async () => process.exit(3);', asJson);
  const report = own.map((line) => JSON.parse(line)).find(({ type }) => type === 'platform.report');
  expect(report.record).toMatchObject({ status: 'error', errorType: 'Runtime.ExitError' });
  expect(String(report.record.metrics.initDurationMs)).toMatch(/^\d+(\.\d{1,2})?$/);
});
