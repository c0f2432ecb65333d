import {
  type ApprovalRequest,
  approvalRequest,
  parseApprovalRequest,
} from '../core/approval/approval-request.ts';
import { deploymentRecordKeys } from '../core/deployment/deployment-record-keys.ts';
import { isRollback } from '../core/deployment/status.ts';
import type { HookReport } from '../core/hooks/hook-report.ts';
import type { HookLifecycleEvent } from '../core/lifecycle-events.ts';
import { renderApprovalNotification } from '../core/notification/render-approval-notification.ts';
import type { Clock } from '../core/ports/clock.ts';
import type { Deployments } from '../core/ports/deployments.ts';
import type { Log } from '../core/ports/log.ts';
import type { Notifier } from '../core/ports/notifier.ts';
import type { Records } from '../core/ports/records.ts';
import type { HookScene } from './hook-scene.ts';
import { patiently } from './patiently.ts';

export interface ApprovalDeps {
  readonly reports: Pick<Deployments, 'target'>;
  readonly records: Records;
  readonly notifier: Notifier;
  /** For the lines of the AWS CLI that people paste. */
  readonly region: () => string;
  readonly clock: Clock;
  readonly log: Log;
}

type PassedReport = Parameters<typeof approvalRequest>[0];

/** Without a notification nobody knows what to answer, so some seconds go into it. */
const publishPausesMs = [1_000, 3_000] as const;

/**
 * A claim so old belongs to an invocation that crashed before people were asked: publishing takes half a minute at most,
 * and Lambda invokes a function that failed again after one minute (aws-facts 6).
 */
const claimPatienceMs = 45_000;

/** How long a release that passed its checks waits for a person; a rollback waits for nobody. */
export function wantedApproval(
  lifecycleEvent: HookLifecycleEvent,
  { service: { approval }, deployment }: Pick<HookScene, 'service' | 'deployment'>,
): HookReport['awaitsApproval'] {
  const wanted =
    lifecycleEvent === 'BeforeAllowTraffic' && approval.required && !isRollback(deployment);
  return wanted ? { timeoutMinutes: approval.timeoutMinutes } : undefined;
}

/** A report that a person has yet to answer. */
export function awaitsApproval(report: HookReport): report is PassedReport {
  return report.verdict === 'pass' && report.awaitsApproval !== undefined;
}

/**
 * Asks for an approval instead of reporting: who holds the notification answers CodeDeploy, and the sweep does when
 * nobody did in time. An invocation that comes twice asks once. Undefined when somebody was asked, else the
 * report to make, because nobody could be.
 */
export async function askForApproval(
  report: PassedReport,
  deps: ApprovalDeps,
): Promise<HookReport | undefined> {
  const { deploymentId, hookExecutionId, lifecycleEvent } = report;
  const request = await claimRequest(report, deps);
  if (request === undefined) return undefined;
  try {
    const notification = renderApprovalNotification(request, report, deps.region());
    await patiently(deps, publishPausesMs, () => deps.notifier.publish(notification));
  } catch (error) {
    deps.log.error('approval not asked for', { deploymentId, error });
    const { awaitsApproval: _, ...judged } = report;
    const why = error instanceof Error ? error.message : String(error);
    return {
      ...judged,
      verdict: 'error',
      sentence: `${lifecycleEvent} passed, but nobody could be asked for approval: ${why}`,
    };
  }
  await keepRequest({ ...request, notifiedAt: new Date(deps.clock.now()).toISOString() }, deps);
  const { service, expiresAt } = request;
  deps.log.info('approval asked for', { deploymentId, hookExecutionId, service, expiresAt });
  return undefined;
}

/**
 * The request that is this invocation's to publish; undefined when people were asked already, or another invocation
 * is about to ask them. Without a bucket everybody asks: twice is better than not at all.
 */
async function claimRequest(
  report: PassedReport,
  deps: ApprovalDeps,
): Promise<ApprovalRequest | undefined> {
  const { records, clock, log } = deps;
  const { deploymentId, hookExecutionId } = report;
  const key = deploymentRecordKeys.approval(deploymentId);
  const request = await newRequest(report, deps);
  try {
    if ((await records.writeUnlessChanged(key, request, undefined)) === 'written') return request;
    const found = await records.readVersion(key);
    const known = parseApprovalRequest(found?.document);
    if (known?.hookExecutionId === hookExecutionId) {
      const ageMs = clock.now() - Date.parse(known.askedAt);
      if (known.notifiedAt !== undefined || ageMs < claimPatienceMs) {
        log.info('approval asked for already', { deploymentId, askedAt: known.askedAt });
        return undefined;
      }
    }
    const taken = await records.writeUnlessChanged(key, request, found?.version);
    return taken === 'written' ? request : undefined;
  } catch (error) {
    // People can still answer; without the record only CodeDeploy's own hour ends the wait (design D2).
    log.error('record not written', { key, error });
    return request;
  }
}

async function newRequest(report: PassedReport, deps: ApprovalDeps): Promise<ApprovalRequest> {
  const nowMs = deps.clock.now();
  try {
    const target = await deps.reports.target(report.deploymentId);
    const event = target?.lifecycleEvents.find(({ name }) => name === report.lifecycleEvent);
    const eventStartedAtMs = event?.startedAtMs;
    return approvalRequest(report, { nowMs, ...(eventStartedAtMs && { eventStartedAtMs }) });
  } catch (error) {
    deps.log.warn('begin of the event not read', { deploymentId: report.deploymentId, error });
    return approvalRequest(report, { nowMs });
  }
}

async function keepRequest(
  request: ApprovalRequest,
  { records, log }: ApprovalDeps,
): Promise<void> {
  const key = deploymentRecordKeys.approval(request.deploymentId);
  try {
    await records.write(key, request);
  } catch (error) {
    log.error('record not written', { key, error });
  }
}
