import { Logger } from '@aws-lambda-powertools/logger';
import type { Context } from 'aws-lambda';
import { describe, expect, it, vi } from 'vitest';
import { type Invocation, lambdaEntry } from '../../../functions/adapters/lambda-entry.ts';
import {
  DeadlineExceededError,
  DeploymentConflictError,
  InvalidEventError,
} from '../../../functions/core/errors.ts';

function context(remainingMs = 60_000): Context {
  return {
    callbackWaitsForEmptyEventLoop: false,
    functionName: 'greengate-resolve-release',
    functionVersion: '$LATEST',
    invokedFunctionArn:
      'arn:aws:lambda:eu-central-1:123456789012:function:greengate-resolve-release',
    memoryLimitInMB: '256',
    awsRequestId: 'request-1',
    logGroupName: 'group',
    logStreamName: 'stream',
    getRemainingTimeInMillis: () => remainingMs,
    done: () => {},
    fail: () => {},
    succeed: () => {},
  };
}

/** A logger whose lines are caught before they are written. */
function prepare() {
  const logger = new Logger({ serviceName: 'greengate' });
  const lines: { level: string; message: string }[] = [];
  const keep =
    (level: string) =>
    (...input: unknown[]) => {
      lines.push({ level, message: String(input[0]) });
    };
  vi.spyOn(logger, 'info').mockImplementation(keep('info'));
  vi.spyOn(logger, 'warn').mockImplementation(keep('warn'));
  vi.spyOn(logger, 'error').mockImplementation(keep('error'));
  return { logger, lines };
}

describe('lambdaEntry', () => {
  it('reports a foreseen refusal as one line, without a stack trace', async () => {
    const { logger } = prepare();
    const handler = lambdaEntry(
      (event) => event,
      async () => {
        throw new InvalidEventError('Cannot read the event: detail is missing');
      },
      logger,
    );
    const error = await handler({}, context()).catch((thrown: unknown) => thrown);
    expect((error as Error).stack).toBe(
      'InvalidEventError: Cannot read the event: detail is missing',
    );
  });

  it('keeps the trace of what will be retried', async () => {
    const { logger } = prepare();
    const handler = lambdaEntry(
      (event) => event,
      async () => {
        throw new DeploymentConflictError('Somebody else deploys');
      },
      logger,
    );
    const error = await handler({}, context()).catch((thrown: unknown) => thrown);
    expect((error as Error).stack).toMatch(/\n\s+at /);
  });

  it('parses the event and hands the result to the step', async () => {
    const { logger, lines } = prepare();
    const handler = lambdaEntry(
      (event) => String(event).length,
      async (length, { log, requestId, functionName }) => {
        log.info('counted', { length });
        return { length, requestId, functionName };
      },
      logger,
    );
    expect(await handler('12345', context())).toEqual({
      length: 5,
      requestId: 'request-1',
      functionName: 'greengate-resolve-release',
    });
    expect(lines).toMatchObject([{ level: 'info', message: 'counted' }]);
  });

  it.each([
    [new InvalidEventError('spoiled'), 'error', 'invocation failed'],
    [new DeploymentConflictError('busy'), 'warn', 'invocation failed'],
    [new TypeError('a bug'), 'error', 'invocation failed unexpectedly'],
  ])('lets %s leave by its name and logs it at level %s', async (error, level, message) => {
    const { logger, lines } = prepare();
    const handler = lambdaEntry(
      () => {
        throw error;
      },
      async () => 'never',
      logger,
    );
    const thrown = await handler({}, context()).catch((reason: unknown) => reason);
    expect(thrown).toBe(error);
    expect(lines).toMatchObject([{ level, message }]);
  });

  it('gives up a second before the deadline, with an error of its own', async () => {
    const { logger } = prepare();
    let signal: AbortSignal | undefined;
    const handler = lambdaEntry(
      () => 0,
      (_input, invocation) => {
        signal = invocation.signal;
        return new Promise(() => {});
      },
      logger,
    );
    // 1 000 ms are kept for the answer, so nothing is left to work with.
    const error = await handler({}, context(1_000)).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(DeadlineExceededError);
    expect(error).toMatchObject({ name: 'DeadlineExceededError' });
    expect(signal?.aborted).toBe(true);
  });

  it('makes signals that keep a larger reserve', async () => {
    const { logger } = prepare();
    const handler = lambdaEntry(
      () => 0,
      async (_input, invocation: Invocation) => {
        const early = invocation.signalBefore(30_000);
        await new Promise((resolve) => early.addEventListener('abort', resolve));
        return invocation.signal.aborted;
      },
      logger,
    );
    expect(await handler({}, context(30_000))).toBe(false);
  });
});
