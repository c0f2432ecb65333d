import type { PreflightCheck } from '../preflight-check.ts';
import type { PreflightFacts } from '../preflight-facts.ts';

/** The traffic half of the catalogue, in the order in which findings are shown. */
export const trafficChecks: readonly PreflightCheck<PreflightFacts>[] = [];
