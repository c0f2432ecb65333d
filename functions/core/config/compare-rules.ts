import { fewestPairs } from '../comparison/fewest-pairs.ts';
import { compareSettings } from '../comparison/settings-of-check.ts';
import { compareCheck } from './compare-schema.ts';
import { itemsOf, memberAt } from './loose-value.ts';
import type { ConfigIssue } from './parse.ts';

/** Seconds that a hook has for its checks: its five minutes less the reserve and the balancer's moment. */
const hookSeconds = 260;

/** Mistakes inside one compare check that the schema cannot see; paths start at the check. */
export function compareIssues(check: unknown, lifecycleEvent: string): ConfigIssue[] {
  return [
    ...withoutOriginal(lifecycleEvent),
    ...repeatedPaths(check),
    ...slowdownIssues(check),
    ...unreachable(check),
  ];
}

/** The original serves nobody any more, so there is nothing to compare with (aws-facts 3.1). */
function withoutOriginal(lifecycleEvent: string): ConfigIssue[] {
  if (lifecycleEvent !== 'afterAllowTraffic') return [];
  const message =
    'is "compare", but afterAllowTraffic has no original to compare with: move it to afterAllowTestTraffic or beforeAllowTraffic';
  return [{ path: ['type'], message }];
}

function repeatedPaths(check: unknown): ConfigIssue[] {
  const first = new Map<string, number>();
  return itemsOf(memberAt(check, 'paths')).flatMap((item, index) => {
    const path = typeof item === 'string' ? item : memberAt(item, 'path');
    if (typeof path !== 'string') return [];
    const key = `${memberAt(item, 'method') ?? 'GET'} ${path}`;
    const earlier = first.get(key);
    if (earlier === undefined) {
      first.set(key, index);
      return [];
    }
    return [{ path: ['paths', index], message: `${key} is compared by paths[${earlier}] already` }];
  });
}

function slowdownIssues(check: unknown): ConfigIssue[] {
  const latency = compareCheck.shape.latency.safeParse(memberAt(check, 'latency'));
  if (!latency.success || latency.data === undefined) return [];
  const { slowdown, detect } = latency.data;
  if (detect > slowdown) return [];
  const message = `is ${detect}, expected more than slowdown ${slowdown}: what is tolerated cannot be what must not go unnoticed`;
  return [{ path: ['latency', 'detect'], message }];
}

/** Bounds that the allowed pairs can never reach would make every release inconclusive. */
function unreachable(value: unknown): ConfigIssue[] {
  const parsed = compareCheck.safeParse(value);
  if (!parsed.success) return [];
  const check = parsed.data;
  const { toFail, toPass } = fewestPairs(compareSettings(check));
  const fewest = Math.max(toFail, toPass);
  if (check.pairs < fewest) {
    const outcome =
      toFail > toPass
        ? `a release of which every answer is an error could fail (falseAlarm ${check.falseAlarm})`
        : `a release without any difference could pass (${passBounds(check)})`;
    const message = `is ${check.pairs}, but it takes ${fewest} before ${outcome}: allow at least ${fewest} pairs, or state wider bounds, fewer paths or a shorter warm-up`;
    return [{ path: ['pairs'], message }];
  }
  const seconds = Math.ceil(fewest / check.ratePerSecond);
  if (seconds <= hookSeconds) return [];
  const rate = Math.ceil((10 * fewest) / hookSeconds) / 10;
  const message = `is ${check.ratePerSecond}, so the ${fewest} pairs that a verdict takes at least need ${seconds} s, and the hook has ${hookSeconds} s: send at least ${rate} per second`;
  return [{ path: ['ratePerSecond'], message }];
}

function passBounds({
  errorShare,
  latency,
  falsePass,
  paths,
}: ReturnType<typeof compareCheck.parse>) {
  const bounds = [`errorShare.detect ${errorShare.detect}`, `falsePass ${falsePass}`];
  if (latency !== undefined) bounds.push(`latency.quantile ${latency.quantile}`);
  if (paths.length > 1) bounds.push(`${paths.length} paths`);
  return bounds.join(', ');
}
