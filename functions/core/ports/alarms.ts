export interface Alarms {
  /** Alarms that CloudWatch does not know are missing from the answer. */
  states(names: readonly string[]): Promise<{ readonly name: string; readonly state: string }[]>;
}
