import type { Random } from '../core/random.ts';
import { FaultList } from './fault-list.ts';
import type { TriggerRequest } from './fault-trigger.ts';

/** What happens to a call of an API. */
export type CallEffect =
  /** The service answers with this error, and does nothing. */
  | {
      readonly type: 'error';
      readonly code: string;
      readonly message?: string | undefined;
      readonly status?: number | undefined;
    }
  /** The service's own throttling error. */
  | { readonly type: 'throttle' }
  /** It takes this much virtual time before the service begins. */
  | { readonly type: 'delay'; readonly ms: number }
  /** The connection is closed without an answer, before or after the service did its work. */
  | { readonly type: 'drop'; readonly when: 'before' | 'after' }
  /** The service does it twice; the caller gets the first answer. */
  | { readonly type: 'duplicate' }
  /** The calling function's process is killed: before the call is made, or once it had its effect. */
  | { readonly type: 'crash'; readonly when: 'before' | 'after' };

export interface CallFault extends TriggerRequest {
  /** Name of the SDK's client (`ecs`, `sfn`) or of the signature (`states`); any by default. */
  readonly service?: string | undefined;
  readonly operation?: string | undefined;
  /** Name of a function, a user, a role, or a role with its session; any by default. */
  readonly caller?: string | undefined;
  readonly effect: CallEffect;
}

/** What happens to the delivery of an event. */
export type EventEffect =
  | { readonly type: 'lose' }
  /** Delivered so many times more, under the same id. */
  | { readonly type: 'duplicate'; readonly times: number }
  | { readonly type: 'delay'; readonly ms: number }
  /** Delivered after the next event that fits, or after `withinMs` when none comes. */
  | { readonly type: 'reorder'; readonly withinMs: number };

export interface EventFault extends TriggerRequest {
  readonly source?: string | undefined;
  readonly detailType?: string | undefined;
  readonly effect: EventEffect;
  /** Also loses events of sources whose delivery AWS guarantees (aws-facts 1.4). */
  readonly force?: boolean | undefined;
}

/** ECS says that its events arrive at least once; all others are best effort (aws-facts 1.4). */
export const guaranteedSources: ReadonlySet<string> = new Set(['aws.ecs']);

/** Faults that somebody asked for; a world begins without any. */
export class Faults {
  readonly calls: FaultList<CallFault>;
  readonly events: FaultList<EventFault>;

  constructor(random: Random) {
    this.calls = new FaultList('call', random.derive('call faults'));
    this.events = new FaultList('event', random.derive('event faults'));
  }

  eventFault(source: string, detailType: string): { id: string; fault: EventFault } | undefined {
    return this.events.take((fault) => {
      const lost = fault.effect.type === 'lose' && guaranteedSources.has(source) && !fault.force;
      return (
        !lost &&
        (fault.source === undefined || fault.source === source) &&
        (fault.detailType === undefined || fault.detailType === detailType)
      );
    });
  }
}
