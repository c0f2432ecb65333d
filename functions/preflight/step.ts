import { findService } from '../core/config/find-service.ts';
import type { Config } from '../core/config/schema.ts';
import { PreflightRefused, TransientAwsError } from '../core/errors.ts';
import type { Notifier } from '../core/ports/notifier.ts';
import { preflightChecks } from '../core/preflight/check-catalogue.ts';
import { type PreflightReport, refusals } from '../core/preflight/finding.ts';
import { type PreflightPorts, preflightFacts } from '../core/preflight/preflight-facts.ts';
import { countFindings, labelOf, refusalSentence } from '../core/preflight/render-findings.ts';
import { runPreflight } from '../core/preflight/run-preflight.ts';
import type { Release } from '../core/release.ts';
import {
  type PushRecordDeps,
  recordingFailure,
  recordOutcome,
} from '../core/workflow/record-outcome.ts';
import type { ReleaseInput } from '../core/workflow/step-input.ts';
import { keepFindings, notifyRefusal } from './keep-findings.ts';

export interface PreflightDeps extends PushRecordDeps {
  readonly config: Config;
  readonly ports: PreflightPorts;
  readonly notifier: Notifier;
  /** A signal that fires after so many milliseconds, as AbortSignal.timeout makes it. */
  readonly timeout: (ms: number) => AbortSignal;
}

export interface PreflightOutput {
  /** Counts, e.g. `20 OK, 2 SKIP, 1 WARN`. */
  readonly summary: string;
  /** Checks, by id, that are not good and that the configuration only warns of. */
  readonly warnings: readonly string[];
  readonly durationMs: number;
}

/**
 * Asks every check before anything is created, records all findings, and fails with PreflightRefused when one of
 * them refuses the release (design section 2). Where AWS gave no answer for now and nothing else is wrong, it
 * fails with TransientAwsError instead, which the workflow retries.
 */
export async function preflight(
  { release, execution }: ReleaseInput,
  deps: PreflightDeps,
): Promise<PreflightOutput> {
  const report = await recordingFailure(deps, release, execution, () => ask(release, deps));
  const { findings, durationMs } = report;
  const refused = refusals(report);
  const sentence = refusalSentence(findings);
  const summary = countFindings(findings);
  const record = await keepFindings(
    { ...release, ...execution },
    { report, sentence: sentence ?? summary },
    deps,
  );
  deps.log.info('preflight asked', { service: release.service, summary, sentence, durationMs });
  if (sentence === undefined) {
    const warnings = findings.filter((one) => labelOf(one) === 'WARN').map(({ check }) => check);
    return { summary, warnings, durationMs };
  }
  if (refused.every(({ unanswered }) => unanswered === true)) throw new TransientAwsError(sentence);
  await recordOutcome(deps, release, execution, { outcome: 'refused', reason: sentence });
  await notifyRefusal(record, deps);
  throw new PreflightRefused(sentence, { details: { checks: refused.map(({ check }) => check) } });
}

async function ask(
  release: Release,
  { config, ports, clock, timeout }: PreflightDeps,
): Promise<PreflightReport> {
  const service = findService(config, release.service);
  const { repository, tag, digest } = release;
  const facts = preflightFacts({ service, repository, tag, digest }, ports);
  return runPreflight(preflightChecks, facts, service.preflight, { clock, timeout });
}
