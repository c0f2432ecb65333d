import { comparedPaths } from '../../core/comparison/settings-of-check.ts';
import type { CompareCheckConfig } from '../../core/config/schema.ts';
import type { Listener } from '../../core/ports/load-balancing.ts';
import type { ProbeRequest } from '../../core/ports/probe-transport.ts';
import { planRequest } from '../../core/probe/probe-plan.ts';
import type { ReferenceValues } from '../../core/probe/references.ts';

/** The same request to both sides. */
export interface ComparedRequests {
  /** As configured: references to secrets are not filled in. */
  readonly name: string;
  readonly original: ProbeRequest;
  readonly replacement: ProbeRequest;
}

/** One pair of requests for each path of a check, references to secrets filled in. */
export function comparedRequests(
  check: CompareCheckConfig,
  original: Listener,
  replacement: Listener,
  values: ReferenceValues,
): ComparedRequests[] {
  const { timeoutMs, protocol, tls } = check;
  return comparedPaths(check).map((path) => {
    const settings = { ...path, timeoutMs, protocol, tls };
    return {
      name: `${path.method} ${path.path}`,
      original: planRequest(settings, original, values),
      replacement: planRequest(settings, replacement, values),
    };
  });
}
