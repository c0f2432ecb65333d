import { describe, expect, it } from 'vitest';
import type { Execution } from '../../../simulator/states/executions/execution.ts';
import { call, invokeWithToken, outputOf, workflowWorld } from './workflow-world.ts';

const functionArn = 'arn:aws:lambda:eu-west-1:111122223333:function:double';

function callback(fields: object = { End: true }) {
  return {
    Type: 'Task',
    Resource: invokeWithToken,
    Arguments: { FunctionName: 'keep', Payload: { token: '{% $states.context.Task.Token %}' } },
    ...fields,
  };
}

/** A world whose function `keep` remembers the tokens it was given. */
function callbackWorld(onToken: (token: string) => void = () => {}) {
  const tokens: string[] = [];
  const keep = ({ token }: { token: string }) => {
    tokens.push(token);
    onToken(token);
    return 'kept';
  };
  return { ...workflowWorld({ keep }), tokens };
}

/** Lets promise chains run until the execution waits for its callback. */
async function submitted(execution: Execution): Promise<void> {
  while (!execution.history.events.some(({ type }) => type === 'TaskSubmitted')) {
    await Promise.resolve();
  }
}

describe('lambda:invoke', () => {
  it('gives the SDK response with the payload parsed', async () => {
    const { run } = workflowWorld({ double: ({ n }: { n: number }) => ({ n: n * 2 }) });
    const execution = await run(
      { Double: call('double', { Output: undefined, End: true }) },
      { n: 4 },
    );
    expect(outputOf(execution)).toEqual({
      ExecutedVersion: '$LATEST',
      Payload: { n: 8 },
      SdkHttpMetadata: expect.objectContaining({ HttpStatusCode: 200 }),
      SdkResponseMetadata: { RequestId: 'request-1' },
      StatusCode: 200,
    });
  });

  it('adds the Qualifier to the name and leaves Payload empty by default', async () => {
    const seen: unknown[] = [];
    const { run } = workflowWorld({
      live: (payload, { functionName }) => {
        seen.push(payload, functionName);
        return null;
      },
    });
    await run({
      Call: call('double', { Arguments: { FunctionName: 'double', Qualifier: 'live' }, End: true }),
    });
    expect(seen).toEqual([{}, 'double:live']);
  });

  it.each([
    {
      payload: { errorType: 'ImageNotReady', errorMessage: 'scan runs', trace: ['at x'] },
      error: 'ImageNotReady',
    },
    { payload: { errorType: 'Sandbox.Timedout', errorMessage: 'late' }, error: 'Sandbox.Timedout' },
    { payload: { errorMessage: 'Task timed out after 3.00 seconds' }, error: 'Lambda.Unknown' },
  ])('names the failure $error after what the function returned', async ({ payload, error }) => {
    const { run } = workflowWorld({
      bad: () => {
        throw payload;
      },
    });
    const { ending } = await run({ Call: call('bad') });
    expect(ending?.error).toBe(error);
    expect(ending?.cause).toContain(JSON.stringify(payload));
  });

  it('of an unknown function fails with Lambda.ResourceNotFoundException', async () => {
    const { ending } = await workflowWorld().run({ Call: call('missing') });
    expect(ending?.error).toBe('Lambda.ResourceNotFoundException');
  });

  it('is timed out after TimeoutSeconds, without a cause', async () => {
    const { run } = workflowWorld({ never: () => new Promise(() => {}) });
    const execution = await run({ Call: call('never', { TimeoutSeconds: 30, End: true }) });
    expect(execution.ending).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
    expect(execution.ending?.cause).toBeUndefined();
  });

  it('returning more than 256 KiB fails with States.DataLimitExceeded past States.ALL', async () => {
    const { run } = workflowWorld({ large: () => 'x'.repeat(262_144) });
    const { ending } = await run({
      Call: call('large', { Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Done' }], Next: 'Done' }),
      Done: { Type: 'Succeed' },
    });
    expect(ending?.error).toBe('States.DataLimitExceeded');
  });
});

describe('States.DataLimitExceeded', () => {
  it('is retried by its own name until the answer fits', async () => {
    let calls = 0;
    const { run } = workflowWorld({ shrinking: () => (++calls < 3 ? 'x'.repeat(262_144) : 'ok') });
    const execution = await run({
      Call: call('shrinking', {
        Retry: [{ ErrorEquals: ['States.DataLimitExceeded'], IntervalSeconds: 5, BackoffRate: 1 }],
        End: true,
      }),
    });
    expect(outputOf(execution)).toBe('ok');
    expect(calls).toBe(3);
  });
});

describe('computed limits of a Task', () => {
  it.each([
    ['TimeoutSeconds', { TimeoutSeconds: '{% $states.input.limit %}' }, 'States.Timeout'],
    [
      'HeartbeatSeconds',
      { TimeoutSeconds: 600, HeartbeatSeconds: '{% $states.input.limit %}' },
      'States.HeartbeatTimeout',
    ],
  ])('are read from the JSONata expression of %s', async (_, fields, error) => {
    const { world, run } = workflowWorld({ ask: () => null });
    const Arguments = { FunctionName: 'ask', Payload: '{% $states.context.Task.Token %}' };
    const beganMs = world.clock.now();
    const execution = await run(
      { Ask: { Type: 'Task', Resource: invokeWithToken, Arguments, ...fields, End: true } },
      { limit: 40 },
    );
    expect(execution.ending?.error).toBe(error);
    expect((execution.ending?.atMs ?? 0) - beganMs).toBeGreaterThanOrEqual(40_000);
    expect((execution.ending?.atMs ?? 0) - beganMs).toBeLessThan(60_000);
  });
});

describe('a function ARN as Resource', () => {
  it('gives the plain payload and Lambda events', async () => {
    const { run } = workflowWorld({ double: ({ n }: { n: number }) => ({ n: n * 2 }) });
    const execution = await run(
      { Double: { Type: 'Task', Resource: functionArn, End: true } },
      { n: 4 },
    );
    expect(outputOf(execution)).toEqual({ n: 8 });
    expect(execution.history.events.map(({ type }) => type).slice(2, 5)).toEqual([
      'LambdaFunctionScheduled',
      'LambdaFunctionStarted',
      'LambdaFunctionSucceeded',
    ]);
  });
});

describe('.waitForTaskToken', () => {
  it('waits past the function for SendTaskSuccess, whose output is the result', async () => {
    const { start, ended, model, tokens } = callbackWorld();
    const execution = start({ Ask: callback() });
    await submitted(execution);
    expect(execution.status).toBe('RUNNING');

    model.tokens.succeed(tokens[0] ?? '', '{"answer":42}');

    expect(outputOf(await ended(execution))).toEqual({ answer: 42 });
  });

  it('fails with the error and cause of SendTaskFailure', async () => {
    const { start, ended, model, tokens } = callbackWorld();
    const execution = start({ Ask: callback() });
    await submitted(execution);
    model.tokens.fail(tokens[0] ?? '', 'Refused', 'by hand');
    const { ending } = await ended(execution);
    expect(ending).toMatchObject({ status: 'FAILED', error: 'Refused', cause: 'by hand' });
  });

  it('records a failure that is merely named like a timeout as TaskFailed', async () => {
    const { start, ended, model, tokens } = callbackWorld();
    const execution = start({ Ask: callback() });
    await submitted(execution);
    model.tokens.fail(tokens[0] ?? '', 'States.Timeout', undefined);
    const types = (await ended(execution)).history.events.map(({ type }) => type);
    expect(types.at(-2)).toBe('TaskFailed');
  });

  it('may be answered by the function itself before it returns', async () => {
    let answer = (_token: string) => {};
    const { start, ended, model } = callbackWorld((token) => answer(token));
    answer = (token) => model.tokens.succeed(token, '"early"');
    expect(outputOf(await ended(start({ Ask: callback() })))).toBe('early');
  });

  it("fails at once with the function's own error and retries with a new token", async () => {
    const tokens: string[] = [];
    const { run } = workflowWorld({
      keep: ({ token }: { token: string }) => {
        tokens.push(token);
        throw { errorType: 'Busy', errorMessage: 'not now' };
      },
    });
    const Retry = [{ ErrorEquals: ['Busy'], MaxAttempts: 1 }];
    const { ending } = await run({ Ask: callback({ Retry, End: true }) });
    expect(ending?.error).toBe('Busy');
    expect(new Set(tokens).size).toBe(2);
  });

  it('without a heartbeat in HeartbeatSeconds fails with States.HeartbeatTimeout', async () => {
    const { run } = callbackWorld();
    const execution = await run({
      Ask: callback({ HeartbeatSeconds: 20, TimeoutSeconds: 600, End: true }),
    });
    expect(execution.ending?.error).toBe('States.HeartbeatTimeout');
    const seconds = ((execution.ending?.atMs ?? 0) - execution.startMs) / 1_000;
    expect(seconds).toBeGreaterThanOrEqual(20);
    expect(seconds).toBeLessThan(25);
  });

  it('is kept alive by heartbeats until TimeoutSeconds', async () => {
    const { start, ended, model, tokens, world } = callbackWorld();
    const execution = start({
      Ask: callback({ HeartbeatSeconds: 20, TimeoutSeconds: 60, End: true }),
    });
    await submitted(execution);
    for (const afterMs of [15_000, 30_000, 45_000]) {
      world.clock.schedule(afterMs, () => model.tokens.heartbeat(tokens[0] ?? ''));
    }
    expect((await ended(execution)).ending?.error).toBe('States.Timeout');
  });

  it('answers a second time with TaskTimedOut, a forged token with InvalidToken', async () => {
    const { start, ended, model, tokens } = callbackWorld();
    const execution = start({ Ask: callback() });
    await submitted(execution);
    const token = tokens[0] ?? '';
    expect(() => model.tokens.succeed(token, 'not json')).toThrow(
      expect.objectContaining({ code: 'InvalidOutput' }),
    );
    model.tokens.succeed(token, '1');
    await ended(execution);

    const code = (send: () => void) => {
      try {
        send();
        return 'accepted';
      } catch (error) {
        return (error as { code: string }).code;
      }
    };
    expect(code(() => model.tokens.succeed(token, '2'))).toBe('TaskTimedOut');
    expect(code(() => model.tokens.heartbeat('forged'))).toBe('InvalidToken');
    const unknown = `${token.slice(0, -3)}${token.endsWith('zzz') ? 'yyy' : 'zzz'}`;
    expect(code(() => model.tokens.fail(unknown, undefined, undefined))).toBe('TaskDoesNotExist');
  });
});
