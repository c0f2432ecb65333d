import { balancerFactsKey } from '../core/balancing/balancer-facts.ts';
import {
  type BalancerSettings,
  noSettings,
  parseBalancerSettings,
} from '../core/balancing/balancer-settings.ts';
import { SparingInspection } from '../core/balancing/sparing-inspection.ts';
import { PauseTally } from '../core/patience/pause-tally.ts';
import type { BalancerInspection } from '../core/ports/balancer-inspection.ts';
import { preflightChecks } from '../core/preflight/check-catalogue.ts';
import { isNotGood, type PreflightReport } from '../core/preflight/finding.ts';
import {
  type PreflightFacts,
  type PreflightPorts,
  preflightFacts,
} from '../core/preflight/preflight-facts.ts';
import type { PreflightSubject } from '../core/preflight/preflight-subject.ts';
import { runPreflight } from '../core/preflight/run-preflight.ts';
import type { PushRecordDeps } from '../core/workflow/record-outcome.ts';
import { patienceMs, patientPorts } from './patient-ports.ts';

export interface AskDeps extends PushRecordDeps {
  readonly ports: PreflightPorts;
  /** Elastic Load Balancing, asked once: for what an earlier release has left as well. */
  readonly spareBalancers: BalancerInspection;
  /** Ends the repetition of throttled calls. */
  readonly signal: AbortSignal;
  /** A signal that fires after so many milliseconds, as AbortSignal.timeout makes it. */
  readonly timeout: (ms: number) => AbortSignal;
}

export interface AskedChecks {
  readonly report: PreflightReport;
  readonly facts: PreflightFacts;
  /** What is known of the load balancing now. */
  readonly settings: BalancerSettings;
}

/**
 * Asks every check. What one finds wrong by settings that were kept is asked of AWS before it is said: to mend a setting
 * and be told of the old one would be a lie.
 */
export async function askChecks(subject: PreflightSubject, deps: AskDeps): Promise<AskedChecks> {
  const { clock, timeout, signal, spareBalancers } = deps;
  const tally = new PauseTally(clock);
  const patience = { clock, signal: AbortSignal.any([signal, timeout(patienceMs)]), tally };
  const ports = patientPorts(deps.ports, patience);
  const patient = ports.balancers;
  const sparing = new SparingInspection({
    once: spareBalancers,
    patient,
    kept: await readSettings(subject.service.name, deps),
    clock,
  });
  const { preflight } = subject.service;
  const run = { clock, timeout, pausedMs: () => tally.totalMs };
  const facts = preflightFacts(subject, { ...ports, balancers: sparing });
  const report = await runPreflight(preflightChecks, facts, preflight, run);
  const wrong = report.findings.filter((one) => isNotGood(one) && one.unanswered !== true);
  if (wrong.length === 0 || !sparing.usedKept) {
    return { report, facts, settings: sparing.settings() };
  }
  const asking = new SparingInspection({ once: patient, patient, kept: noSettings, clock });
  const askedFacts = preflightFacts(subject, { ...ports, balancers: asking });
  const doubted = preflightChecks.filter(({ id }) => wrong.some(({ check }) => check === id));
  const again = await runPreflight(doubted, askedFacts, preflight, run);
  const findings = report.findings.map(
    (one) => again.findings.find(({ check }) => check === one.check) ?? one,
  );
  return {
    report: { findings, durationMs: report.durationMs + again.durationMs },
    facts: askedFacts,
    settings: asking.settings(),
  };
}

/** None where they cannot be read, which costs calls only (design D2). */
async function readSettings(
  service: string,
  { records, clock, log }: AskDeps,
): Promise<BalancerSettings> {
  try {
    return parseBalancerSettings(await records.read(balancerFactsKey(service)), clock.now());
  } catch (error) {
    log.warn('balancer settings unreadable', { service, error });
    return noSettings;
  }
}
