import { createHash } from 'node:crypto';
import type { ServiceConfig } from '../core/config/schema.ts';
import { isRollingService } from '../core/config/strategy-of.ts';
import { foreignDeployment } from '../core/drift/drift-checks.ts';
import {
  type DriftPorts,
  deploymentsInFlight,
  driftFacts,
  isOurs,
} from '../core/drift/drift-facts.ts';
import {
  type AsLeft,
  type DriftRecord,
  driftRecordKeys,
  parseDriftRecord,
} from '../core/drift/drift-record.ts';
import { driftFingerprint, nextDriftRecord } from '../core/drift/next-drift-record.ts';
import { type DriftLook, observeDrift } from '../core/drift/observe-drift.ts';
import { type NotifyDeps, tellOnce } from '../core/notification/notify-once.ts';
import { renderDriftNotification } from '../core/notification/render-drift-notification.ts';
import type { Records, VersionedDocument } from '../core/ports/records.ts';
import { SkipCheck } from '../core/preflight/skip-check.ts';
import { lookAtRollouts, type RollingDriftDeps } from './look-at-rollouts.ts';

/** For so long a sweep looks whether people were told that drift is gone. */
const retellMs = 60 * 60_000;

export interface ReportDriftDeps extends NotifyDeps {
  readonly records: Pick<Records, 'read'> & NotifyDeps['records'];
  readonly drift: DriftPorts & Pick<RollingDriftDeps, 'serviceDeployments'>;
}

type SeenLook = Extract<DriftLook, { readonly kind: 'seen' }>;

/**
 * Reports whether a service is as its last release left it, and touches nothing. People are told once when drift
 * begins, when it changes and when it is gone; a metric counts it at every sweep. While anything of ours is in flight
 * nothing is looked at: `in-flight`. `unseen` when there is nothing to compare, as no task set serves production.
 */
export async function reportDrift(
  service: ServiceConfig,
  deps: ReportDriftDeps,
): Promise<'drifted' | 'sound' | 'in-flight' | 'unseen'> {
  const { records, clock } = deps;
  const found = await records.readVersion(driftRecordKeys.record(service.name));
  const before = parseDriftRecord(found?.document);
  const seen = await lookAt(service, before, deps);
  if (typeof seen === 'string') return seen;
  const { look, asLeft } = seen;
  const nowIso = new Date(clock.now()).toISOString();
  const { record, change } = nextDriftRecord(service.name, before, look, asLeft, nowIso);
  if (record.findings.length > 0 && (await begunSince(service, deps))) return 'in-flight';
  if (change !== 'same' && !(await keep(record, found, deps))) return 'in-flight';
  await tell(record, deps);
  return record.findings.length > 0 ? 'drifted' : 'sound';
}

async function lookAt(
  service: ServiceConfig,
  before: DriftRecord | undefined,
  deps: ReportDriftDeps,
): Promise<{ readonly look: SeenLook; readonly asLeft: AsLeft } | 'in-flight' | 'unseen'> {
  if (isRollingService(service)) {
    const seen = await lookAtRollouts(service, before, { ...deps, ...deps.drift });
    if (typeof seen === 'string') return seen;
    const { look, asLeft } = seen;
    return look.kind === 'in-flight' ? 'in-flight' : { look, asLeft };
  }
  const facts = driftFacts(service, deps.drift, before);
  const look = await observeDrift(facts);
  if (look.kind === 'in-flight') return 'in-flight';
  // What somebody else moves just now is nothing to compare with later.
  if (before === undefined && typeof look.found[foreignDeployment.id] === 'object') return 'unseen';
  if (look.problems.length > 0) {
    deps.log.warn('drift not told in full', { service: service.name, problems: look.problems });
  }
  const asLeft = await facts.asLeft().catch((error: unknown) => {
    if (error instanceof SkipCheck) return undefined;
    throw error;
  });
  return asLeft === undefined ? 'unseen' : { look, asLeft };
}

/** A deployment that began while its service was looked at explains what was seen. */
async function begunSince(service: ServiceConfig, deps: ReportDriftDeps): Promise<boolean> {
  if (isRollingService(service)) {
    return (await lookAtRollouts(service, undefined, { ...deps, ...deps.drift })) === 'in-flight';
  }
  const active = await deploymentsInFlight(driftFacts(service, deps.drift, undefined));
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
