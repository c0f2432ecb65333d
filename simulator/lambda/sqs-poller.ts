import { AwsError } from '../core/aws-error.ts';
import type { InvocationResult, QueuedMessage } from '../core/services.ts';
import type { World } from '../core/world.ts';
import { recordFilter } from './event-filter.ts';
import type { EventSource } from './event-source.ts';
import { failedItems, sqsEvent } from './sqs-event.ts';

/** Batches in flight at a time without a ScalingConfig (guide: "starts with five concurrent batches"). */
const concurrentBatches = 5;
/** Lambda's pollers wait for messages by long polls of 20 seconds at most. */
const longPollMs = 20_000;

export interface PollerOptions {
  readonly world: World;
  readonly source: () => EventSource | undefined;
  /** Reads and deletes with the function's role; throws AwsError when the role may not. */
  readonly authorize: (action: string) => void;
  readonly invoke: (payload: unknown) => Promise<InvocationResult>;
}

/** Takes messages of one queue to one function until it is stopped or its source is gone. */
export class SqsPoller {
  readonly #options: PollerOptions;
  readonly #stopping = new AbortController();
  readonly #batches = new Set<Promise<void>>();
  readonly #running: Promise<void>;

  constructor(options: PollerOptions) {
    this.#options = options;
    this.#running = this.#poll();
  }

  async stop(): Promise<void> {
    this.#stopping.abort(new Error('The event source mapping ended'));
    await this.#running;
    await Promise.allSettled(this.#batches);
  }

  async #poll(): Promise<void> {
    const { world } = this.#options;
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      const source = this.#options.source();
      if (!source?.enabled) return;
      try {
        const busy = this.#batches.size >= (source.maximumConcurrency ?? concurrentBatches);
        const messages = busy ? [] : await this.#take(source);
        if (messages.length > 0) this.#start(source, messages);
        else if (busy) await Promise.race(this.#batches);
        else await world.services.sqs.untilVisible(source.queueArn, longPollMs, signal);
      } catch (error) {
        if (signal.aborted) return;
        if (!(error instanceof AwsError)) throw error;
        // The queue is gone, or the role may not read it: Lambda tries on.
        await world.clock.sleep(longPollMs, { signal, kind: 'background' }).catch(() => {});
      }
    }
  }

  async #take(source: EventSource): Promise<QueuedMessage[]> {
    const { world, authorize } = this.#options;
    authorize('sqs:ReceiveMessage');
    const receive = (maxMessages: number) =>
      this.#filter(source, world.services.sqs.receive(source.queueArn, maxMessages));
    const first = receive(source.batchSize);
    const room = source.batchSize - first.length;
    if (first.length === 0 || room === 0 || source.windowSeconds === 0) return first;
    await world.clock.sleep(source.windowSeconds * 1000, { signal: this.#stopping.signal });
    return [...first, ...receive(room)];
  }

  /** What passes no filter is deleted (Lambda guide, "Filtering with SQS"), and its place in the batch stays free. */
  #filter(source: EventSource, messages: readonly QueuedMessage[]): QueuedMessage[] {
    const passes = recordFilter(source.filters);
    const { Records } = sqsEvent(messages, source.queueArn);
    const kept = new Set(Records.filter(passes).map(({ messageId }) => messageId));
    const dropped = messages.filter(({ messageId }) => !kept.has(messageId));
    if (dropped.length > 0) this.#options.authorize('sqs:DeleteMessage');
    for (const message of dropped) this.#delete(source, message);
    return messages.filter(({ messageId }) => kept.has(messageId));
  }

  #start(source: EventSource, messages: readonly QueuedMessage[]): void {
    const batch = this.#deliver(source, messages).finally(() => this.#batches.delete(batch));
    this.#batches.add(batch);
  }

  async #deliver(source: EventSource, messages: readonly QueuedMessage[]): Promise<void> {
    const { world, authorize, invoke } = this.#options;
    const event = sqsEvent(messages, source.queueArn);
    let failed: ReadonlySet<string> | undefined;
    try {
      const { functionError, payload } = await invoke(event);
      if (!functionError) {
        failed = source.partialResponses ? failedItems(payload, messages) : new Set();
      }
      authorize('sqs:DeleteMessage');
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      failed = undefined;
    }
    const done = messages.filter(
      (message) => failed && !failed.has(message.messageId) && this.#delete(source, message),
    );
    // What failed comes back by itself; time must be able to jump there.
    const back = messages.filter((message) => !done.includes(message));
    const lastMs = Math.max(...back.map(({ visibleAtMs }) => visibleAtMs));
    if (back.length > 0) world.clock.schedule(Math.max(0, lastMs - world.clock.now()), () => {});
  }

  /** False where the message stays: a FIFO queue refuses handles that expired meanwhile, and the queue may be gone. */
  #delete({ queueArn }: EventSource, { receiptHandle }: QueuedMessage): boolean {
    try {
      this.#options.world.services.sqs.delete(queueArn, receiptHandle);
      return true;
    } catch (error) {
      if (error instanceof AwsError) return false;
      throw error;
    }
  }
}
