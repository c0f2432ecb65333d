/** The stop-the-line switch that people throw when nothing may be released. */
export interface LineSwitch {
  /** Which parameter holds the service, and what it says; undefined while none does. */
  stopped(
    service: string,
  ): Promise<{ readonly parameter: string; readonly reason: string } | undefined>;
}
