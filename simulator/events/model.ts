import { arn } from '../core/arns.ts';
import { AwsError } from '../core/aws-error.ts';
import type { EventsService, PublishedEvent } from '../core/services.ts';
import type { World } from '../core/world.ts';
import { Deliveries } from './deliveries.ts';
import { type EventEnvelope, envelope } from './event-envelope.ts';
import { Rules } from './rules.ts';

/** EventBridge's default bus: rules, patterns and deliveries (aws-facts 1.4). */
export class EventsModel implements EventsService {
  readonly rules: Rules;
  readonly createdAtMs: number;
  readonly #world: World;
  readonly #deliveries: Deliveries;
  readonly #published = new Map<string, EventEnvelope>();

  constructor(world: World) {
    this.#world = world;
    this.rules = new Rules(world);
    this.createdAtMs = world.clock.now();
    this.#deliveries = new Deliveries(world);
  }

  get busArn(): string {
    return arn(this.#world.identity, 'events', 'event-bus/default');
  }

  publish(event: PublishedEvent): string {
    return this.publishAt(event, this.#world.clock.now());
  }

  /** As `publish`, with the time that PutEvents lets a caller set. */
  publishAt(event: PublishedEvent, atMs: number): string {
    const id = this.#world.ids.uuid();
    const published = envelope(this.#world.identity, id, atMs, event);
    this.#published.set(id, published);
    this.#world.journal.record('event.published', {
      id,
      source: event.source,
      detailType: event.detailType,
      detail: event.detail,
    });
    this.#deliver(published);
    return id;
  }

  redeliver(eventId: string): void {
    const event = this.#published.get(eventId);
    if (!event) {
      throw new Error(`Cannot deliver event ${eventId} again: no event of that id was published`);
    }
    this.#deliver(event);
  }

  /** Throws ResourceNotFoundException for any bus but the default one. */
  requireDefaultBus(nameOrArn: string | undefined): void {
    if ([undefined, 'default', this.busArn].includes(nameOrArn)) return;
    throw new AwsError('ResourceNotFoundException', `Event bus ${nameOrArn} does not exist.`);
  }

  /** Drops deliveries that are still waiting. */
  stop(): Promise<void> {
    return this.#deliveries.stop();
  }

  #deliver(event: EventEnvelope): void {
    for (const rule of this.rules.all()) {
      if (!rule.matches(event)) continue;
      for (const target of rule.targets.values()) this.#deliveries.start(rule, target, event);
    }
  }
}
