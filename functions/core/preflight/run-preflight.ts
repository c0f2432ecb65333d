import type { PreflightConfig } from '../config/preflight-schema.ts';
import { GreengateError, PermissionDeniedError } from '../errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { CheckedFinding, Finding, PreflightReport } from './finding.ts';
import { memoisedBy } from './memoised.ts';
import type { PreflightCheck } from './preflight-check.ts';
import { SkipCheck } from './skip-check.ts';

/** How long all checks together may take, except for what a check may wait on top of it. */
export const preflightBoundMs = 10_000;

/** Somebody who waits at this very moment has waited a millisecond more at the next. */
const shortestGrantMs = 1_000;

export interface RunDeps {
  readonly clock: Pick<Clock, 'now'>;
  /** A signal that fires after so many milliseconds, as AbortSignal.timeout makes it. */
  readonly timeout: (ms: number) => AbortSignal;
  /** How long calls have been waiting for AWS to admit them, in milliseconds; checks have so much longer. */
  readonly pausedMs?: () => number;
  /** Told of each check as it is answered, for those who show progress. */
  readonly answered?: (check: string) => void;
}

type Answer = Finding & { readonly unanswered?: true };

/**
 * Asks every check at once and returns all findings in the order of `checks`. Never rejects: a check that
 * throws, or that does not end within the bound, is an NG that says so.
 */
export async function runPreflight<Facts>(
  checks: readonly PreflightCheck<Facts>[],
  facts: Facts,
  config: PreflightConfig,
  deps: RunDeps,
): Promise<PreflightReport> {
  const { clock, answered } = deps;
  const startedAtMs = clock.now();
  const late = memoisedBy(String, (boundMs: number) => tooLateAfter(boundMs, deps));
  const findings = await Promise.all(
    checks.map(async (check): Promise<CheckedFinding> => {
      const { id, title } = check;
      const boundMs = preflightBoundMs + (check.waitMs?.(config) ?? 0);
      const answer = await Promise.race([judged(check, facts), late(boundMs)]);
      answered?.(id);
      return { check: id, title, warnOnly: config.warnOnly.includes(id), ...answer };
    }),
  );
  return { findings, durationMs: clock.now() - startedAtMs };
}

async function tooLateAfter(
  boundMs: number,
  { timeout, pausedMs = () => 0 }: RunDeps,
): Promise<Answer> {
  await fired(timeout(boundMs));
  let grantedMs = 0;
  while (pausedMs() > grantedMs) {
    const moreMs = Math.max(shortestGrantMs, pausedMs() - grantedMs);
    grantedMs += moreMs;
    await fired(timeout(moreMs));
  }
  return tooLate(boundMs);
}

function fired(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

async function judged<Facts>(check: PreflightCheck<Facts>, facts: Facts): Promise<Answer> {
  try {
    return await check.judge(facts);
  } catch (error) {
    return error instanceof SkipCheck
      ? { status: 'SKIP', reason: error.message }
      : couldNotBeAnswered(error);
  }
}

const expectedAnswer = 'an answer to the question';

function tooLate(boundMs: number): Answer {
  return {
    status: 'NG',
    expected: expectedAnswer,
    observed: `could not be answered: no answer within ${boundMs / 1_000} s`,
    remedy:
      'Run it again; if it stays slow, look at the AWS Health Dashboard and at throttled calls',
    unanswered: true,
  };
}

function couldNotBeAnswered(error: unknown): Answer {
  const message = error instanceof Error ? error.message : String(error);
  return {
    status: 'NG',
    expected: expectedAnswer,
    observed: `could not be answered: ${message}`,
    remedy: remedyFor(error),
    ...(error instanceof GreengateError && error.retryable ? { unanswered: true } : {}),
  };
}

function remedyFor(error: unknown): string {
  if (error instanceof PermissionDeniedError) {
    const { action, resource } = error.details;
    return `Allow ${action ?? 'the refused action'} on ${resource ?? 'the resource'} to whoever runs preflight`;
  }
  if (error instanceof GreengateError && error.retryable) {
    return 'Run it again: the cause passes by itself';
  }
  return 'Mend what the message names, then run it again';
}
