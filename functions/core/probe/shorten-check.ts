import type { CheckConfig, ProbeCheckConfig } from '../config/schema.ts';

/** Requests or exchanges of a shortened repeat at most. */
export const shortRequests = 10;
/** Runs of a flow at most: each is several requests. */
export const shortRuns = 3;

/** The checks of a list whose requests go to one listener alone. */
export function probeChecks(checks: readonly CheckConfig[]): ProbeCheckConfig[] {
  return checks.filter(isProbeCheck);
}

function isProbeCheck(check: CheckConfig): check is ProbeCheckConfig {
  return ['http', 'flow', 'websocket', 'grpc-health'].includes(check.type);
}

/** The same check with at most ten requests or three runs, for the repeats after the full judgement. */
export function shortenCheck(check: ProbeCheckConfig): ProbeCheckConfig {
  if (check.type === 'flow') {
    const runs = Math.min(check.runs, shortRuns);
    return runs === check.runs ? check : { ...check, runs, expect: lenient(check.expect, runs) };
  }
  const requests = Math.min(check.requests, shortRequests);
  if (requests === check.requests) return check;
  switch (check.type) {
    case 'http':
      return { ...check, requests, expect: lenient(check.expect, requests) };
    case 'websocket':
      return { ...check, requests, expect: lenient(check.expect, requests) };
    case 'grpc-health':
      return { ...check, requests, expect: lenient(check.expect, requests) };
  }
}

/**
 * Few requests must not be judged more strictly than many: where the full check forgives any miss, the short one
 * forgives one; and a latency quantile of ten requests would be their slowest, so latency is left to the full check.
 */
function lenient<T extends ProbeCheckConfig['expect']>(expect: T, requests: number): T {
  const { max } = expect.errorShare;
  const forgiven = max === 0 ? 0 : Math.max(max, 1 / requests);
  return { ...expect, latency: undefined, errorShare: { max: forgiven } };
}
