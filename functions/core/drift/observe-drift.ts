import type { Finding } from '../preflight/finding.ts';
import type { PreflightCheck } from '../preflight/preflight-check.ts';
import { SkipCheck } from '../preflight/skip-check.ts';
import { driftChecks, foreignDeployment } from './drift-checks.ts';
import { type DriftFacts, deploymentsInFlight, isOurs } from './drift-facts.ts';

/** What one look found, by check; `unknown` where it could not tell, and what was known before stays. */
export type DriftLook =
  /** A deployment of ours, or a rollback, moves everything that would be looked at. */
  | { readonly kind: 'in-flight' }
  | {
      readonly kind: 'seen';
      readonly found: Readonly<
        Record<string, Extract<Finding, { status: 'NG' }> | 'sound' | 'unknown'>
      >;
      /** Checks that could not be answered, one sentence each. */
      readonly problems: readonly string[];
    };

/**
 * Looks at everything that may have changed since the last release. What preflight may only warn of, by the
 * configuration, is nobody's concern here either.
 */
export async function observeDrift(facts: DriftFacts): Promise<DriftLook> {
  const active = await deploymentsInFlight(facts);
  if (active.some(isOurs)) return { kind: 'in-flight' };
  const asked = active.length > 0 ? [foreignDeployment] : driftChecks;
  const { warnOnly } = facts.subject.service.preflight;
  const problems: string[] = [];
  const entries = await Promise.all(
    driftChecks.map(async (check) => {
      // By default a release waits for somebody else's deployment, which is worth a report all the same.
      const isConcern = check === foreignDeployment || !warnOnly.includes(check.id);
      if (!isConcern) return [check.id, 'sound'] as const;
      if (!asked.includes(check)) return [check.id, 'unknown'] as const;
      try {
        return [check.id, await judged(check, facts)] as const;
      } catch (error) {
        problems.push(`${check.id}: ${error instanceof Error ? error.message : String(error)}`);
        return [check.id, 'unknown'] as const;
      }
    }),
  );
  return { kind: 'seen', found: Object.fromEntries(entries), problems };
}

async function judged(check: PreflightCheck<DriftFacts>, facts: DriftFacts) {
  try {
    const finding = await check.judge(facts);
    if (finding.status === 'NG') return finding;
    return finding.status === 'OK' ? 'sound' : 'unknown';
  } catch (error) {
    if (error instanceof SkipCheck) return 'unknown';
    throw error;
  }
}
