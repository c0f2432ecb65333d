import { createHash } from 'node:crypto';
import type { ServiceConfig } from '../core/config/schema.ts';
import { foreignDeployment } from '../core/drift/drift-checks.ts';
import {
  type DriftPorts,
  deploymentsInFlight,
  driftFacts,
  isOurs,
} from '../core/drift/drift-facts.ts';
import { type DriftRecord, driftRecordKeys, parseDriftRecord } from '../core/drift/drift-record.ts';
import { driftFingerprint, nextDriftRecord } from '../core/drift/next-drift-record.ts';
import { observeDrift } from '../core/drift/observe-drift.ts';
import { type NotifyDeps, tellOnce } from '../core/notification/notify-once.ts';
import { renderDriftNotification } from '../core/notification/render-drift-notification.ts';
import type { VersionedDocument } from '../core/ports/records.ts';
import { SkipCheck } from '../core/preflight/skip-check.ts';

/** For so long a sweep looks whether people were told that drift is gone. */
const retellMs = 60 * 60_000;

export interface ReportDriftDeps extends NotifyDeps {
  readonly drift: DriftPorts;
}

/**
 * Reports whether a service is as its last release left it, and touches nothing. People are told once when drift
 * begins, when it changes and when it is gone; a metric counts it at every sweep. While anything of ours is in flight
 * nothing is looked at: `in-flight`. `unseen` when there is nothing to compare, as no task set serves production.
 */
export async function reportDrift(
  service: ServiceConfig,
  deps: ReportDriftDeps,
): Promise<'drifted' | 'sound' | 'in-flight' | 'unseen'> {
  const { records, clock, log, drift } = deps;
  const found = await records.readVersion(driftRecordKeys.record(service.name));
  const before = parseDriftRecord(found?.document);
  const facts = driftFacts(service, drift, before);
  const look = await observeDrift(facts);
  if (look.kind === 'in-flight') return 'in-flight';
  // What somebody else moves just now is nothing to compare with later.
  if (before === undefined && typeof look.found[foreignDeployment.id] === 'object') return 'unseen';
  if (look.problems.length > 0) {
    log.warn('drift not told in full', { service: service.name, problems: look.problems });
  }
  const asLeft = await facts.asLeft().catch((error: unknown) => {
    if (error instanceof SkipCheck) return undefined;
    throw error;
  });
  if (asLeft === undefined) return 'unseen';
  const nowIso = new Date(clock.now()).toISOString();
  const { record, change } = nextDriftRecord(service.name, before, look, asLeft, nowIso);
  if (record.findings.length > 0 && (await begunSince(service, deps))) return 'in-flight';
  if (change !== 'same' && !(await keep(record, found, deps))) return 'in-flight';
  await tell(record, deps);
  return record.findings.length > 0 ? 'drifted' : 'sound';
}

/** A deployment that began while its service was looked at explains what was seen. */
async function begunSince(service: ServiceConfig, { drift }: ReportDriftDeps): Promise<boolean> {
  const active = await deploymentsInFlight(driftFacts(service, drift, undefined));
  return active.some(isOurs);
}

/** False when another sweep, at the same moment, is ahead. */
async function keep(
  record: DriftRecord,
  found: VersionedDocument | undefined,
  { records, log }: ReportDriftDeps,
): Promise<boolean> {
  const { service, findings, since, clearedAt } = record;
  const key = driftRecordKeys.record(service);
  const written = await records.writeUnlessChanged(key, record, found?.version);
  if (written === 'changed') return false;
  log.info('drift recorded', { service, since, clearedAt, findings });
  return true;
}

/** Also of what is on record already: who was to tell of it may have crashed. */
async function tell(record: DriftRecord, deps: ReportDriftDeps): Promise<void> {
  const { service, findings, since, clearedAt } = record;
  if (findings.length > 0) {
    // At every sweep, so that the alarm stands as long as the drift does.
    deps.log.error('alarm raised', { alarm: 'Drift', service, since, findings });
  } else if (clearedAt === undefined || deps.clock.now() - Date.parse(clearedAt) > retellMs) {
    return;
  }
  const occasion = findings.length > 0 ? `${since} ${digest(record)}` : `cleared ${clearedAt}`;
  const key = driftRecordKeys.notification(service);
  await tellOnce(key, occasion, renderDriftNotification(record), deps);
}

function digest({ findings }: DriftRecord): string {
  return createHash('sha256').update(driftFingerprint(findings)).digest('hex').slice(0, 16);
}
