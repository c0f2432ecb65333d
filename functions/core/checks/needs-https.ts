import type { CheckConfig } from '../config/schema.ts';
import type { Listener } from '../ports/load-balancing.ts';
import type { CheckResult } from './check-result.ts';

/**
 * A check that only an HTTPS listener can answer is inconclusive on any other: load balancers speak HTTP/2, and so
 * gRPC, with HTTPS listeners alone, and only those have a certificate. Source: Elastic Load Balancing, Listeners for
 * Application Load Balancers. WebSockets work on both.
 */
export function needsHttps(
  check: CheckConfig,
  { protocol, port }: Pick<Listener, 'protocol' | 'port'>,
): CheckResult | undefined {
  const why = protocol === 'HTTPS' ? undefined : reason(check);
  if (why === undefined || check.type === 'alarms') return undefined;
  const name =
    ('name' in check ? check.name : undefined) ?? ('path' in check ? check.path : check.type);
  const expected = `an HTTPS listener, because ${why}`;
  const observed = `a listener that speaks ${protocol} on port ${port}`;
  return {
    name,
    type: check.type,
    verdict: 'inconclusive',
    sentence: `${name}: expected ${expected}, got ${observed}`,
    expected,
    observed,
    samples: 0,
    evidence: [],
  };
}

function reason(check: CheckConfig): string | undefined {
  if (check.type === 'grpc-health') return 'gRPC needs HTTP/2';
  if (check.type === 'compare' && check.protocol === 'h2') return 'the check is about HTTP/2';
  if (check.type !== 'http' && check.type !== 'flow') return undefined;
  const expects = check.type === 'http' ? [check.expect] : check.steps.map(({ expect }) => expect);
  if (check.protocol === 'h2' || expects.some(({ protocol }) => protocol === 'h2')) {
    return 'the check is about HTTP/2';
  }
  return expects.some(({ certificate }) => certificate !== undefined)
    ? 'the check is about its certificate'
    : undefined;
}
