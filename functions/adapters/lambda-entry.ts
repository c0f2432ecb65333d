import { setMaxListeners } from 'node:events';
import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import { DeadlineExceededError, GreengateError } from '../core/errors.ts';
import type { Log } from '../core/ports/log.ts';
import { powertoolsLog } from './powertools-log.ts';

/** What a handler knows of the invocation it serves. */
export interface Invocation {
  readonly log: Log;
  /** Aborted `answerReserveMs` before the deadline, when the invocation fails with DeadlineExceededError. */
  readonly signal: AbortSignal;
  readonly requestId: string;
  readonly functionName: string;
  remainingMs(): number;
  /** A signal that fires when less than `reserveMs` is left before the deadline. */
  signalBefore(reserveMs: number): AbortSignal;
}

/** Left at the end of an invocation to log and answer; a killed function would only say Lambda.Unknown. */
const answerReserveMs = 1_000;

/**
 * A Lambda handler: parse the event, run the step, log how it went. Errors keep their `name`, which the
 * runtime reports as errorType and Step Functions matches in ErrorEquals (aws-facts 5.4).
 */
export function lambdaEntry<TInput, TOutput>(
  parse: (event: unknown) => TInput,
  run: (input: TInput, invocation: Invocation) => Promise<TOutput>,
  logger: Logger = new Logger({ serviceName: 'greengate' }),
): (event: unknown, context: Context) => Promise<TOutput> {
  const log = powertoolsLog(logger);
  return middy<unknown, TOutput>({
    timeoutEarlyInMillis: answerReserveMs,
    timeoutEarlyResponse: () => {
      throw new DeadlineExceededError(
        `The invocation's time was used up, expected an answer ${answerReserveMs} ms before its deadline`,
      );
    },
  })
    .use(injectLambdaContext(logger, { resetKeys: true }))
    .onError(({ error }) => logFailure(log, error))
    .handler(async (event, context, { signal }) =>
      run(parse(event), invocationOf(context, signal, log)),
    );
}

function invocationOf(context: Context, signal: AbortSignal, log: Log): Invocation {
  const remainingMs = () => context.getRemainingTimeInMillis();
  return {
    log,
    signal,
    requestId: context.awsRequestId,
    functionName: context.functionName,
    remainingMs,
    signalBefore: (reserveMs) => {
      const timeout = AbortSignal.timeout(Math.max(0, remainingMs() - reserveMs));
      const before = AbortSignal.any([signal, timeout]);
      // Each of up to 64 probes in flight listens to it; Node.js would warn of a leak from the eleventh on.
      setMaxListeners(0, before);
      return before;
    },
  };
}

/**
 * A foreseen refusal says all there is to say in its message: its stack, which the runtime would report to
 * Step Functions and to the dead-letter queue, shrinks to that one line. What will be retried keeps its trace.
 */
function logFailure(log: Log, error: unknown): void {
  if (error instanceof GreengateError) {
    if (!error.retryable) error.stack = `${error.name}: ${error.message}`;
    // What will be tried again needs nobody yet.
    const write = error.retryable ? log.warn : log.error;
    write('invocation failed', { error, details: error.details });
  } else {
    log.error('invocation failed unexpectedly', { error });
  }
}
