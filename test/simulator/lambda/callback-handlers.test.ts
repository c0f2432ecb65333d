import { afterEach, beforeEach, expect, it } from 'vitest';
import { createLambdaFixture, type LambdaFixture } from './lambda-fixture.ts';

let lambda: LambdaFixture;
beforeEach(async () => {
  lambda = await createLambdaFixture();
});
afterEach(() => lambda.stop());

async function answerOf(handler: string, runtime = 'nodejs22.x') {
  await lambda.define('answers', `export const handler = ${handler};`, { Runtime: runtime });
  const { payload, functionError } = await lambda.model.invoke({
    functionName: 'answers',
    payload: {},
    type: 'RequestResponse',
  });
  return functionError ? { failed: payload } : { payload };
}

// CloudFormation's own cfn-response module ends with context.done().
it.each([
  ['(e, context) => context.done(null, { a: 1 })', { a: 1 }],
  ['(e, context) => { setTimeout(() => context.succeed("late"), 20); }', 'late'],
  ['(e, context) => { context.succeed(1); context.succeed(2); }', 1],
  // An open timer is not waited for, unlike with a callback.
  ['(e, context) => { setTimeout(() => {}, 3_600_000); context.done(null, "now"); }', 'now'],
  ['async (e, context) => { context.succeed("context"); return "returned"; }', 'context'],
  ['(e, context, callback) => callback(null, 5)', 5],
  ['(e, context, callback) => callback(undefined, 5)', 5],
  ['() => 5', null],
  // A handler that is no async function and leaves nothing to do has answered nothing.
  ['() => new Promise(() => {})', null],
])('%s answers %j before nodejs24.x', async (handler, payload) => {
  expect(await answerOf(handler)).toEqual({ payload });
});

it.each([
  ['(e, context) => context.fail(new RangeError("far"))', 'RangeError', 'far'],
  ['(e, context) => context.done("text")', 'string', 'text'],
  ['(e, context) => context.fail()', 'string', 'handled'],
  ['(e, context, callback) => callback(new TypeError("bad"))', 'TypeError', 'bad'],
  // Anything but null and undefined is an error, and one that is not waited with.
  ['(e, context, callback) => { setInterval(() => {}, 1e3); callback(0); }', 'number', '0'],
  ['() => { throw new RangeError("at once"); }', 'RangeError', 'at once'],
  [
    'async () => { const a = {}; a.a = a; return a; }',
    'Error',
    'Unable to stringify response body',
  ],
])('%s fails with %s before nodejs24.x', async (handler, errorType, errorMessage) => {
  expect(await answerOf(handler)).toEqual({
    failed: { errorType, errorMessage, trace: expect.any(Array) },
  });
});

it('an async function that never settles fails, and its environment goes on', async () => {
  const handler = 'async (e) => e.hang ? new Promise(() => {}) : "fine"';
  await lambda.define('hangs', `let n = 0; export const handler = ${handler};`, {
    Runtime: 'nodejs22.x',
  });
  const invoke = (payload: unknown) =>
    lambda.model.invoke({ functionName: 'hangs', payload, type: 'RequestResponse' });
  expect((await invoke({ hang: true })).payload).toMatchObject({
    errorType: 'Runtime.NodeJsExit',
    errorMessage:
      'The Lambda runtime client detected an unexpected Node.js exit code. This is most commonly caused by a Promise that was never settled. For more information, see https://nodejs.org/docs/latest/api/process.html#exit-codes',
  });
  expect((await invoke({})).payload).toBe('fine');
  const starts = lambda.world.journal.of('lambda.started').map(({ coldStart }) => coldStart);
  expect(starts).toEqual([true, false]);
});

it('nodejs24.x takes what is returned, and its context ends nothing', async () => {
  expect(
    await answerOf(
      '(e, context) => ["done", "succeed", "fail", "callbackWaitsForEmptyEventLoop"].map((name) => name in context)',
      'nodejs24.x',
    ),
  ).toEqual({ payload: [false, false, false, false] });
});

it('nodejs24.x names what it cannot write as JSON', async () => {
  expect(await answerOf('async () => 1n', 'nodejs24.x')).toMatchObject({
    failed: {
      errorType: 'Runtime.JSONStringifyError',
      errorMessage: 'Unable to stringify response body',
    },
  });
});
