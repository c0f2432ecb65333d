import { setMaxListeners } from 'node:events';
import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import type { EventEnvelope } from './event-envelope.ts';
import { type Delivery, invokeTarget, type TargetRefusal } from './invoke-target.ts';
import type { EventsModel } from './model.ts';
import type { Rule, RuleTarget } from './rule.ts';

type DeliveryOutcome = 'ok' | 'dead-lettered' | 'dropped';

/** Deliveries on their way: after a delay, with retries, to the dead-letter queue at last. */
export class Deliveries {
  readonly #world: World;
  readonly #buses: Pick<EventsModel, 'forward'>;
  readonly #stopping = new AbortController();
  readonly #running = new Set<Promise<void>>();

  constructor(world: World, buses: Pick<EventsModel, 'forward'>) {
    this.#world = world;
    this.#buses = buses;
    // Every waiting delivery listens.
    setMaxListeners(0, this.#stopping.signal);
  }

  /** `delayMs` comes on top of the usual delay. */
  start(rule: Rule, target: RuleTarget, delivery: Delivery, delayMs = 0): void {
    const running = this.#deliver(rule, target, delivery, delayMs)
      .catch((error) => {
        if (!this.#stopping.signal.aborted) throw error;
      })
      .finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  async stop(): Promise<void> {
    this.#stopping.abort(new Error('The simulator is stopping'));
    await Promise.allSettled(this.#running);
  }

  async #deliver(
    rule: Rule,
    target: RuleTarget,
    delivery: Delivery,
    delayMs: number,
  ): Promise<void> {
    const { event } = delivery;
    const { clock, settings } = this.#world;
    const { signal } = this.#stopping;
    const expiresAtMs = clock.now() + target.maximumEventAgeSeconds * 1000;
    await clock.sleep(settings.eventDeliveryMs + delayMs, { signal });
    for (let retries = 0; ; retries++) {
      const tried = retries === 0 ? delivery : { ...delivery, event: this.#again(event) };
      const refusal = await invokeTarget(this.#world, this.#buses, rule, target, tried);
      if (!refusal) return this.#record(event, rule, target, 'ok');
      if (!refusal.retryable) return this.#giveUp(rule, target, event, refusal, {});
      const backOffMs = this.#backOffMs(retries);
      const exhausted =
        retries >= target.maximumRetryAttempts
          ? 'MaximumRetryAttempts'
          : clock.now() + backOffMs > expiresAtMs
            ? 'MaximumEventAgeInSeconds'
            : undefined;
      if (exhausted) {
        return this.#giveUp(rule, target, event, refusal, {
          EXHAUSTED_RETRY_CONDITION: exhausted,
          RETRY_ATTEMPTS: String(retries),
        });
      }
      await clock.sleep(backOffMs, { signal });
    }
  }

  /** The event of a further try. */
  #again(event: EventEnvelope): EventEnvelope {
    const { ids, settings } = this.#world;
    return settings.eventIdAcrossRetries ? event : { ...event, id: ids.uuid() };
  }

  /** Exponential back-off with jitter (aws-facts 1.4). */
  #backOffMs(retries: number): number {
    const { random, settings } = this.#world;
    const fullMs = Math.min(
      settings.eventRetryLongestMs,
      settings.eventRetryFirstMs * 2 ** retries,
    );
    return fullMs / 2 + (fullMs / 2) * random.next();
  }

  /** To the dead-letter queue with the documented attributes; without one the event is dropped. */
  #giveUp(
    rule: Rule,
    target: RuleTarget,
    event: EventEnvelope,
    refusal: TargetRefusal,
    exhausted: Readonly<Record<string, string>>,
  ): void {
    this.#record(event, rule, target, this.#deadLetter(rule, target, event, refusal, exhausted));
  }

  #deadLetter(
    rule: Rule,
    target: RuleTarget,
    event: EventEnvelope,
    refusal: TargetRefusal,
    exhausted: Readonly<Record<string, string>>,
  ): DeliveryOutcome {
    if (target.deadLetterArn === undefined) return 'dropped';
    try {
      const attributes = {
        RULE_ARN: rule.definition.arn,
        TARGET_ARN: target.arn,
        ERROR_CODE: refusal.code,
        ERROR_MESSAGE: refusal.message,
        ...exhausted,
      };
      const sender = { principal: 'events.amazonaws.com', sourceArn: rule.definition.arn };
      const body = JSON.stringify(event);
      this.#world.services.sqs.send(target.deadLetterArn, body, attributes, sender);
      return 'dead-lettered';
    } catch (error) {
      if (error instanceof AwsError) return 'dropped';
      throw error;
    }
  }

  #record(event: EventEnvelope, rule: Rule, target: RuleTarget, outcome: DeliveryOutcome): void {
    this.#world.journal.record('event.delivered', {
      id: event.id,
      rule: rule.definition.name,
      targetArn: target.arn,
      outcome,
    });
  }
}
