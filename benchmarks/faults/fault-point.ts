import type {
  CallEffect,
  CallFault,
  EventEffect,
  EventFault,
} from '../../simulator/faults/faults.ts';

/** What may befall a call of one of Greengate's functions. */
export const callEffects = [
  'crash-before',
  'crash-after',
  'throttle',
  'error',
  'drop-before',
  'drop-after',
  'late',
  'outage',
  'outage-after',
] as const;
/** What may befall the delivery of an event. */
export const eventEffects = ['lose', 'duplicate', 'delay', 'reorder'] as const;

export type CallEffectName = (typeof callEffects)[number];
export type EventEffectName = (typeof eventEffects)[number];

/** The n-th time, from 1, that a function calls an operation, counted from the begin of the scenario. */
export interface CallPoint {
  readonly functionName: string;
  readonly service: string;
  readonly operation: string;
  readonly ordinal: number;
}

/** The n-th delivery, from 1, of an event of this kind. */
export interface EventPoint {
  readonly source: string;
  readonly detailType: string;
  readonly ordinal: number;
}

export type FaultPoint =
  | ({ readonly on: 'call'; readonly effect: CallEffectName } & CallPoint)
  | ({ readonly on: 'event'; readonly effect: EventEffectName } & EventPoint);

/**
 * Longer than any patience: a push has been found by the sweep meanwhile (five minutes of grace, ten until the next
 * sweep), a task that waits has looked for itself (15 minutes).
 */
const delayMs = 17 * 60_000;
/** A reordered event waits for the next one of its kind, or so long. */
const reorderMs = 5 * 60_000;
/** Longer than any client of ours waits for an answer (functions/adapters/client-settings.ts). */
const lateMs = 12_000;
/** How often a client of ours tries a call; those of records and notifications have less patience. */
const attempts = 4;
const sideAttempts = 2;

/** The fault as the simulator takes it. */
export function callFault(point: Extract<FaultPoint, { on: 'call' }>): CallFault {
  const { functionName, service, operation, ordinal, effect } = point;
  const throughout = effect === 'outage' || effect === 'outage-after';
  const side = service === 's3' || service === 'sns';
  return {
    service,
    operation,
    caller: functionName,
    after: ordinal - 1,
    count: throughout ? (side ? sideAttempts : attempts) : 1,
    effect: callEffect(effect),
  };
}

export function eventFault(point: Extract<FaultPoint, { on: 'event' }>): EventFault {
  const { source, detailType, ordinal, effect } = point;
  return { source, detailType, after: ordinal - 1, effect: eventEffect(effect) };
}

function callEffect(name: CallEffectName): CallEffect {
  switch (name) {
    case 'crash-before':
      return { type: 'crash', when: 'before' };
    case 'crash-after':
      return { type: 'crash', when: 'after' };
    case 'throttle':
      return { type: 'throttle' };
    case 'error':
      return { type: 'error', code: 'InternalFailure', status: 500 };
    case 'outage':
      return { type: 'error', code: 'ServiceUnavailable', status: 503 };
    case 'drop-before':
      return { type: 'drop', when: 'before' };
    case 'drop-after':
    case 'outage-after':
      return { type: 'drop', when: 'after' };
    case 'late':
      return { type: 'delay', ms: lateMs };
  }
}

function eventEffect(name: EventEffectName): EventEffect {
  switch (name) {
    case 'lose':
      return { type: 'lose' };
    case 'duplicate':
      return { type: 'duplicate', times: 1 };
    case 'delay':
      return { type: 'delay', ms: delayMs };
    case 'reorder':
      return { type: 'reorder', withinMs: reorderMs };
  }
}
