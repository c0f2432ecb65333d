import { findService } from '../core/config/find-service.ts';
import type { Config } from '../core/config/schema.ts';
import { isCodeDeployService } from '../core/config/strategy-of.ts';
import { PreflightRefused, TransientAwsError } from '../core/errors.ts';
import type { Notifier } from '../core/ports/notifier.ts';
import { type PreflightReport, refusals } from '../core/preflight/finding.ts';
import { completeRelease } from '../core/preflight/release/complete-release.ts';
import { countFindings, labelOf, refusalSentence } from '../core/preflight/render-findings.ts';
import { SkipCheck } from '../core/preflight/skip-check.ts';
import type { Release, ReleaseRequest } from '../core/release.ts';
import { recordingFailure, recordOutcome } from '../core/workflow/record-outcome.ts';
import type { RequestInput } from '../core/workflow/step-input.ts';
import { type AskDeps, askChecks } from './ask-checks.ts';
import { keepBalancerFacts } from './keep-balancer-facts.ts';
import { keepFindings, notifyRefusal } from './keep-findings.ts';

export interface PreflightDeps extends AskDeps {
  readonly config: Config;
  readonly notifier: Notifier;
}

export interface PreflightOutput {
  /** What the later steps deploy, as it was found now. */
  readonly release: Release;
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
  { request, execution }: RequestInput,
  deps: PreflightDeps,
): Promise<PreflightOutput> {
  const answer = await recordingFailure(deps, request, execution, () => ask(request, deps));
  const { release, report } = answer;
  const { findings, durationMs } = report;
  const refused = refusals(report);
  const sentence = refusalSentence(findings) ?? answer.obstacle;
  const summary = countFindings(findings);
  const record = await keepFindings(
    { ...request, ...execution },
    { report, passed: sentence === undefined, sentence: sentence ?? summary },
    deps,
  );
  deps.log.info('preflight asked', { service: request.service, summary, sentence, durationMs });
  if (release !== undefined) {
    const warnings = findings.filter((one) => labelOf(one) === 'WARN').map(({ check }) => check);
    return { release, summary, warnings, durationMs };
  }
  const reason = sentence ?? summary;
  const unanswered = refused.filter((one) => one.unanswered === true);
  if (refused.length > 0 && unanswered.length === refused.length) {
    throw new TransientAwsError(reason);
  }
  await recordOutcome(deps, request, execution, { outcome: 'refused', reason });
  await notifyRefusal(record, deps);
  throw new PreflightRefused(reason, { details: { checks: refused.map(({ check }) => check) } });
}

interface Answer {
  readonly report: PreflightReport;
  /** Undefined when it is refused. */
  readonly release?: Release;
  /** Why there is nothing to deploy although no finding refuses. */
  readonly obstacle?: string;
}

async function ask(request: ReleaseRequest, deps: PreflightDeps): Promise<Answer> {
  const service = findService(deps.config, request.service);
  const { repository, tag, digest, force } = request;
  // What a person forces or chose by hand is that very image, wherever its tag has moved.
  const named = force === true ? undefined : tag;
  const subject = { service, repository, tag: named, digest };
  const { report, facts, settings } = await askChecks(subject, deps);
  if (refusals(report).length > 0) return { report };
  if (isCodeDeployService(service)) await keepBalancerFacts(service.name, facts, settings, deps);
  try {
    return { report, release: await completeRelease(request, facts) };
  } catch (error) {
    if (!(error instanceof SkipCheck)) throw error;
    return {
      report,
      obstacle: `Preflight refused the release, whatever it only warns of: ${error.message}`,
    };
  }
}
