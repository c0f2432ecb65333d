import type { AlarmState } from './alarm-evaluation.ts';

/** What an alarm says now, and since when. */
export interface AlarmStatus {
  state: AlarmState;
  stateReason: string;
  stateReasonData: string | undefined;
  stateUpdatedMs: number;
  /** Rises with every change of any alarm: several may fall into one millisecond. */
  stateChange: number;
}

/** A new alarm has not been evaluated; a replaced one keeps what it said. */
export function initialStatus(present: AlarmStatus | undefined, nowMs: number): AlarmStatus {
  return {
    state: present?.state ?? 'INSUFFICIENT_DATA',
    stateReason: present?.stateReason ?? 'Unchecked: Initial alarm creation',
    stateReasonData: present?.stateReasonData,
    stateUpdatedMs: present?.stateUpdatedMs ?? nowMs,
    stateChange: present?.stateChange ?? 0,
  };
}
