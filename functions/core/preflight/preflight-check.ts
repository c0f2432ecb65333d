import type { PreflightConfig } from '../config/preflight-schema.ts';
import type { Finding } from './finding.ts';

/**
 * One question that preflight asks. `judge` reads facts, each of which is fetched at most once however many
 * checks ask for it, and decides; what it throws becomes an NG that quotes the error, except SkipCheck, which
 * becomes a SKIP.
 */
export interface PreflightCheck<Facts> {
  /** Stable: configuration, records and documents name it, e.g. `test-listener`. */
  readonly id: string;
  /** What is right when it is OK, e.g. `The deployment group has a test listener`. */
  readonly title: string;
  /** What a person does about an NG, for the documents; a finding says it with the names at hand. */
  readonly remedy: string;
  /** Milliseconds that the check may take beyond the bound of all, to wait for something that AWS still does. */
  waitMs?(config: PreflightConfig): number;
  judge(facts: Facts): Promise<Finding>;
}
