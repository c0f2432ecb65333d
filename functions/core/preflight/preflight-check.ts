import type { Finding } from './finding.ts';

/**
 * One question that preflight asks. `judge` reads facts, each of which is fetched at most once however many
 * checks ask for it, and decides; what it throws becomes an NG that quotes the error.
 */
export interface PreflightCheck<Facts> {
  /** Stable: configuration, records and documents name it, e.g. `test-listener`. */
  readonly id: string;
  /** What is right when it is OK, e.g. `The deployment group has a test listener`. */
  readonly title: string;
  judge(facts: Facts): Promise<Finding>;
}
