import type { Random } from '../core/random.ts';
import { FaultTrigger, type TriggerRequest } from './fault-trigger.ts';

/** A fault as the control API shows it. */
export interface ListedFault<Request> {
  readonly id: string;
  readonly fault: Request;
  /** Calls or events that it fits so far. */
  readonly matched: number;
  /** How many of them it befell. */
  readonly fired: number;
}

interface Entry<Request> {
  readonly id: string;
  readonly fault: Request;
  readonly trigger: FaultTrigger;
}

/** Faults in the order in which they were asked for; the first that fires is the one that happens. */
export class FaultList<Request extends TriggerRequest> {
  readonly #prefix: string;
  readonly #random: Random;
  #entries: Entry<Request>[] = [];
  #ordinal = 0;

  constructor(prefix: string, random: Random) {
    this.#prefix = prefix;
    this.#random = random;
  }

  add(fault: Request): ListedFault<Request> {
    const entry = {
      id: `${this.#prefix}-${++this.#ordinal}`,
      fault,
      trigger: new FaultTrigger(fault),
    };
    this.#entries.push(entry);
    return listed(entry);
  }

  all(): ListedFault<Request>[] {
    return this.#entries.map(listed);
  }

  /** False when there is none of that id. */
  remove(id: string): boolean {
    const before = this.#entries.length;
    this.#entries = this.#entries.filter((entry) => entry.id !== id);
    return this.#entries.length < before;
  }

  clear(): void {
    this.#entries = [];
  }

  /** The fault that befalls what `fits` describes, if any. */
  take(fits: (fault: Request) => boolean): { id: string; fault: Request } | undefined {
    for (const { id, fault, trigger } of this.#entries) {
      if (fits(fault) && trigger.pull(this.#random)) return { id, fault };
    }
    return undefined;
  }
}

function listed<Request>({ id, fault, trigger }: Entry<Request>): ListedFault<Request> {
  return { id, fault, matched: trigger.matched, fired: trigger.fired };
}
