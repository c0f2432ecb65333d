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
  const known = await readRequest(report, deps);
  if (known?.notifiedAt !== undefined) {
    deps.log.info('approval asked for already', { deploymentId, askedAt: known.askedAt });
    return undefined;
  }
  const request = known ?? (await newRequest(report, deps));
  if (known === undefined) await keepRequest(request, deps);
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

async function readRequest(
  { deploymentId, hookExecutionId }: PassedReport,
  { records, log }: ApprovalDeps,
): Promise<ApprovalRequest | undefined> {
  try {
    const document = await records.read(deploymentRecordKeys.approval(deploymentId));
    const request = parseApprovalRequest(document);
    return request?.hookExecutionId === hookExecutionId ? request : undefined;
  } catch (error) {
    // To ask twice is better than not to ask.
    log.warn('approval record unreadable', { deploymentId, error });
    return undefined;
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
    // People can still answer; without it only CodeDeploy's own hour ends the wait (design D2).
    log.error('record not written', { key, error });
  }
}
