import type { World } from '../core/world.ts';
import type { EventFault } from '../faults/faults.ts';
import type { EventEnvelope } from './event-envelope.ts';

interface Held {
  readonly fault: EventFault;
  readonly release: () => void;
}

/**
 * What befalls deliveries because a fault says so: AWS may lose events of best-effort sources, deliver any
 * event twice, and in any order (aws-facts 1.4).
 */
export class DeliveryTroubles {
  readonly #world: World;
  #held: Held[] = [];

  constructor(world: World) {
    this.#world = world;
  }

  /** Starts one delivery: now, later, more than once, or never. */
  befall(event: EventEnvelope, start: (delayMs: number) => void): void {
    const { source, 'detail-type': detailType } = event;
    const overtaken = this.#held.filter(({ fault }) => fits(fault, source, detailType));
    const taken = this.#world.faults.eventFault(source, detailType);
    if (!taken) {
      start(0);
    } else {
      const { id, fault } = taken;
      const { effect } = fault;
      this.#world.journal.record('fault.injected', {
        fault: id,
        effect: effect.type,
        eventId: event.id,
      });
      if (effect.type === 'delay') start(effect.ms);
      if (effect.type === 'duplicate') {
        for (let copy = 0; copy <= effect.times; copy++) start(0);
      }
      if (effect.type === 'reorder') this.#hold(fault, effect.withinMs, start);
    }
    for (const { release } of overtaken) release();
  }

  #hold(fault: EventFault, withinMs: number, start: (delayMs: number) => void): void {
    const cancel = this.#world.clock.schedule(withinMs, () => held.release());
    const held: Held = {
      fault,
      release: () => {
        cancel();
        if (!this.#held.includes(held)) return;
        this.#held = this.#held.filter((other) => other !== held);
        // The event that overtook it is delivered after the usual delay: this one a little later.
        start(1);
      },
    };
    this.#held.push(held);
  }
}

function fits(fault: EventFault, source: string, detailType: string): boolean {
  return (
    (fault.source === undefined || fault.source === source) &&
    (fault.detailType === undefined || fault.detailType === detailType)
  );
}
