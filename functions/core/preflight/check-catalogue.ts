import type { PreflightCheck } from './preflight-check.ts';
import type { PreflightFacts } from './preflight-facts.ts';
import { releaseChecks } from './release/release-checks.ts';
import { trafficChecks } from './traffic/traffic-checks.ts';

/** Every check there is, in the order in which findings are shown. */
export const preflightChecks: readonly PreflightCheck<PreflightFacts>[] = [
  ...releaseChecks,
  ...trafficChecks,
];
