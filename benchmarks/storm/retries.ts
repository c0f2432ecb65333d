import { readFileSync } from 'node:fs';

interface Retrier {
  readonly ErrorEquals: readonly string[];
  readonly IntervalSeconds: number;
  readonly BackoffRate: number;
  readonly MaxAttempts: number;
  readonly MaxDelaySeconds?: number;
}

interface Definition {
  readonly States: Readonly<Record<string, { readonly Retry?: readonly Retrier[] }>>;
}

const definition = JSON.parse(
  readFileSync(new URL('../../statemachine/deploy.asl.json', import.meta.url), 'utf8'),
) as Definition;

const states: Readonly<Record<string, string>> = {
  'resolve-release': 'ResolveRelease',
  preflight: 'Preflight',
  'register-task-definition': 'RegisterTaskDefinition',
  'run-deployment': 'RunDeployment',
  'verify-release': 'VerifyRelease',
};

/** Whether the workflow has the step as a task. */
export function isTask(step: string): boolean {
  return step in states;
}

/**
 * What the shipped state machine does after failure number `failures` (from 1) with an error: the jittered delay before
 * it tries again (JitterStrategy FULL, aws-facts 5.4), undefined when it gives up.
 */
export function taskRetryDelayMs(
  step: string,
  error: string,
  failures: number,
  random: () => number,
): number | undefined {
  const retriers = definition.States[states[step] ?? '']?.Retry ?? [];
  const retrier = retriers.find(({ ErrorEquals }) => ErrorEquals.includes(error));
  if (retrier === undefined || failures > retrier.MaxAttempts) return undefined;
  const { IntervalSeconds, BackoffRate, MaxDelaySeconds = Number.POSITIVE_INFINITY } = retrier;
  const longest = Math.min(MaxDelaySeconds, IntervalSeconds * BackoffRate ** (failures - 1));
  return random() * longest * 1_000;
}

/** Lambda's own retries of an asynchronous invocation that failed, about 1 and 2 minutes later (aws-facts 6). */
export function eventRetryDelayMs(error: string, failures: number): number | undefined {
  if (error === 'Lambda.TooManyRequestsException') {
    // Throttles are retried for hours, from 1 s to 5 min apart.
    return Math.min(300_000, 1_000 * 2 ** (failures - 1));
  }
  return [60_000, 120_000][failures - 1];
}

/** A hook judges anew after a throttled call (functions/lifecycle-hook/step.ts), then reports what it could not judge. */
export function hookRetryDelayMs(failures: number): number | undefined {
  return [5_000, 20_000, 30_000, 30_000, 30_000, 30_000, 30_000][failures - 1];
}
