export interface AlarmSettings {
  readonly name: string;
  /** OK, ALARM or INSUFFICIENT_DATA. */
  readonly state: string;
  /** Undefined for a composite alarm, which has no data of its own. */
  readonly missingData: string | undefined;
}

/** CloudWatch alarms as their settings, read only. */
export interface AlarmInspection {
  /** Alarms that CloudWatch does not know are missing from the answer. */
  describe(names: readonly string[]): Promise<AlarmSettings[]>;
}
