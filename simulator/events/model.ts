import type { EventsService, PublishedEvent } from '../core/services.ts';
import type { World } from '../core/world.ts';
import { Deliveries } from './deliveries.ts';
import { DeliveryTroubles } from './delivery-troubles.ts';
import { EventBuses } from './event-bus.ts';
import { type EventEnvelope, envelope } from './event-envelope.ts';
import type { Rule } from './rule.ts';
import { RuleSchedules } from './rule-schedules.ts';
import type { Rules } from './rules.ts';

interface Published {
  readonly event: EventEnvelope;
  readonly busName: string;
  readonly ingestedAtMs: number;
}

/** EventBridge: buses, rules, schedules, patterns and deliveries (aws-facts 1.4). */
export class EventsModel implements EventsService {
  readonly buses: EventBuses;
  readonly #world: World;
  readonly #deliveries: Deliveries;
  readonly #troubles: DeliveryTroubles;
  readonly #published = new Map<string, Published>();

  constructor(world: World) {
    this.#world = world;
    this.buses = new EventBuses(world, new RuleSchedules(world, (rule) => this.#ring(rule)));
    this.#deliveries = new Deliveries(world, this);
    this.#troubles = new DeliveryTroubles(world);
  }

  /** Of the default bus. */
  get rules(): Rules {
    return this.buses.get('default').rules;
  }

  publish(event: PublishedEvent): string {
    return this.publishAt(event, this.#world.clock.now());
  }

  /** As `publish`, with the time that PutEvents lets a caller set, on any bus. */
  publishAt(event: PublishedEvent, atMs: number, busName = 'default'): string {
    const published = this.#take(event, atMs, busName);
    this.#deliver(published, false);
    return published.event.id;
  }

  /** An event that a rule of one bus sends to another bus; id and content stay. */
  forward(event: EventEnvelope, busArn: string): void {
    const { name } = this.buses.get(busArn);
    this.#deliver({ event, busName: name, ingestedAtMs: this.#world.clock.now() }, true);
  }

  redeliver(eventId: string): void {
    const published = this.#published.get(eventId);
    if (!published) {
      throw new Error(`Cannot deliver event ${eventId} again: no event of that id was published`);
    }
    this.#deliver(published, false);
  }

  /** Throws ResourceNotFoundException for any bus but the default one. */
  requireDefaultBus(nameOrArn: string | undefined): void {
    this.buses.get(nameOrArn);
  }

  /** Drops deliveries that are still waiting. */
  stop(): Promise<void> {
    return this.#deliveries.stop();
  }

  #take(event: PublishedEvent, atMs: number, busName: string): Published {
    const id = this.#world.ids.uuid();
    const published: Published = {
      event: envelope(this.#world.identity, id, atMs, event),
      busName,
      ingestedAtMs: this.#world.clock.now(),
    };
    this.#published.set(id, published);
    this.#world.journal.record('event.published', {
      id,
      source: event.source,
      detailType: event.detailType,
      detail: event.detail,
    });
    return published;
  }

  #deliver({ event, busName, ingestedAtMs }: Published, forwarded: boolean): void {
    for (const rule of this.buses.find(busName)?.rules.all() ?? []) {
      if (rule.matches(event)) this.#toTargets(rule, { event, ingestedAtMs, forwarded });
    }
  }

  /** A scheduled event goes to the targets of its own rule. */
  #ring(rule: Rule): void {
    const { event, ingestedAtMs } = this.#take(
      {
        source: 'aws.events',
        detailType: 'Scheduled Event',
        resources: [rule.definition.arn],
        detail: {},
      },
      this.#world.clock.now(),
      rule.definition.busName,
    );
    this.#toTargets(rule, { event, ingestedAtMs, forwarded: false });
  }

  #toTargets(rule: Rule, delivery: Parameters<Deliveries['start']>[2]): void {
    for (const target of rule.targets.values()) {
      this.#troubles.befall(delivery.event, (delayMs) =>
        this.#deliveries.start(rule, target, delivery, delayMs),
      );
    }
  }
}
