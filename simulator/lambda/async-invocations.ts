import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import { type Handover, handOver } from './async-destination.ts';
import type { QualifiedFunction } from './function-definition.ts';
import { invocationRecord, type RecordCondition } from './invocation-record.ts';
import type { RunResult } from './running-invocation.ts';

/** AWS::Lambda::EventInvokeConfig with Lambda's defaults (aws-facts 6). */
export interface EventInvokeConfig {
  readonly maximumRetryAttempts: number;
  readonly maximumEventAgeSeconds: number;
  readonly onFailureArn?: string;
  readonly onSuccessArn?: string;
  readonly updatedAtMs: number;
}

export const defaultEventInvokeConfig = {
  maximumRetryAttempts: 2,
  maximumEventAgeSeconds: 21_600,
} as const;

/** Function errors are retried after about one and two minutes (aws-facts 6). */
const retryDelaysMs = [60_000, 120_000];
const firstThrottleDelayMs = 1_000;
const longestThrottleDelayMs = 300_000;

export interface QueuedInvocation {
  readonly target: QualifiedFunction;
  readonly config: Pick<
    EventInvokeConfig,
    'maximumRetryAttempts' | 'maximumEventAgeSeconds' | 'onFailureArn' | 'onSuccessArn'
  >;
  readonly payload: unknown;
  readonly requestId: string;
  /**
   * True while the function's reservation is 0: its events are given up at once (the condition is that of
   * records in public projects).
   */
  reservesNothing(): boolean;
  /** Of the function as it is at the time; throws ResourceNotFoundException when it is gone. */
  run(): Promise<RunResult>;
}

/** Lambda's internal queue: runs events, retries failed ones, and hands over those it gives up on. */
export class AsyncInvocations {
  readonly #world: World;
  readonly #stopping = new AbortController();
  readonly #running = new Set<Promise<void>>();

  constructor(world: World) {
    this.#world = world;
  }

  enqueue(invocation: QueuedInvocation): void {
    const running = this.#deliver(invocation)
      .catch((error) => {
        // With its function an event goes as well.
        if (error instanceof AwsError && error.code === 'ResourceNotFoundException') return;
        if (!this.#stopping.signal.aborted) throw error;
      })
      .finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  async stop(): Promise<void> {
    this.#stopping.abort(new Error('The simulator is stopping'));
    await Promise.allSettled(this.#running);
  }

  async #deliver(invocation: QueuedInvocation): Promise<void> {
    const { config } = invocation;
    const expiresAtMs = this.#world.clock.now() + config.maximumEventAgeSeconds * 1000;
    let throttleDelayMs = firstThrottleDelayMs;
    for (let attempts = 1; ; ) {
      if (invocation.reservesNothing()) {
        return await this.#finish(invocation, 'ZeroReservedConcurrency', attempts - 1, undefined);
      }
      const result = await this.#attempt(invocation);
      if (result && !result.failed)
        return await this.#finish(invocation, 'Success', attempts, result);
      if (result && attempts > config.maximumRetryAttempts) {
        return await this.#finish(invocation, 'RetriesExhausted', attempts, result);
      }
      const delayMs = result ? (retryDelaysMs[attempts - 1] ?? 0) : throttleDelayMs;
      if (this.#world.clock.now() + delayMs > expiresAtMs) {
        return await this.#finish(invocation, 'EventAgeExceeded', attempts, result);
      }
      await this.#world.clock.sleep(delayMs, { signal: this.#stopping.signal });
      if (result) attempts++;
      else throttleDelayMs = Math.min(throttleDelayMs * 2, longestThrottleDelayMs);
    }
  }

  /** Undefined when the function was throttled. */
  async #attempt(invocation: QueuedInvocation): Promise<RunResult | undefined> {
    try {
      return await invocation.run();
    } catch (error) {
      if (error instanceof AwsError && error.code === 'TooManyRequestsException') return undefined;
      throw error;
    }
  }

  async #finish(
    { target, config, payload, requestId }: QueuedInvocation,
    condition: RecordCondition,
    attempts: number,
    result: RunResult | undefined,
  ): Promise<void> {
    const destination = condition === 'Success' ? config.onSuccessArn : config.onFailureArn;
    if (destination !== undefined) {
      const record = invocationRecord({
        requestId,
        functionArn: `${target.definition.arn}:${target.version}`,
        condition,
        attempts,
        requestPayload: payload,
        atMs: this.#world.clock.now(),
        ...(result && { response: { executedVersion: target.version, ...result } }),
      });
      await this.#send(target, 'DestinationDeliveryFailures', {
        targetArn: destination,
        body: record,
        outcome: condition === 'Success' ? 'Success' : 'Failure',
      });
    }
    const deadLetterArn = target.definition.deadLetterTargetArn;
    if (condition !== 'Success' && deadLetterArn !== undefined) {
      await this.#send(target, 'DeadLetterErrors', {
        targetArn: deadLetterArn,
        body: payload,
        attributes: {
          RequestID: requestId,
          ErrorCode: result ? '200' : '429',
          ErrorMessage: errorMessage(result?.payload),
        },
      });
    }
  }

  /** A destination that refuses is only counted, as on Lambda. */
  async #send(target: QualifiedFunction, failureMetric: string, handover: Handover): Promise<void> {
    try {
      await handOver(this.#world, target.definition, handover);
    } catch {
      this.#world.services.cloudwatch.putMetric({
        namespace: 'AWS/Lambda',
        name: failureMetric,
        dimensions: { FunctionName: target.definition.name },
        value: 1,
      });
    }
  }
}

/** The dead-letter attribute holds the first kilobyte of the message. */
function errorMessage(payload: unknown): string {
  const message = (payload as { errorMessage?: unknown } | undefined)?.errorMessage;
  return String(message ?? 'The function was throttled').slice(0, 1024);
}
