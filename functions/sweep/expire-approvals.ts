import { parseApprovalRequest } from '../core/approval/approval-request.ts';
import type { ServiceConfig } from '../core/config/schema.ts';
import { isCodeDeployTarget } from '../core/config/strategy-of.ts';
import { deploymentRecordKeys } from '../core/deployment/deployment-record-keys.ts';
import { isTerminal } from '../core/deployment/status.ts';
import type { Clock } from '../core/ports/clock.ts';
import type { Deployments } from '../core/ports/deployments.ts';
import type { Log } from '../core/ports/log.ts';
import type { Records } from '../core/ports/records.ts';

export interface ExpireApprovalsDeps {
  readonly deployments: Pick<Deployments, 'list' | 'target' | 'reportHook'>;
  readonly records: Records;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Rejects releases that nobody approved in time, before CodeDeploy's own hour is over, and keeps first that it was
 * nobody, so that the end is told as what it is. Ids of the deployments that were given up.
 */
export async function expireApprovals(
  { target, approval }: Pick<ServiceConfig, 'target' | 'approval'>,
  { deployments, records, clock, log }: ExpireApprovalsDeps,
): Promise<string[]> {
  if (!approval.required || !isCodeDeployTarget(target)) return [];
  const nowMs = clock.now();
  const known = await deployments.list(target.application, target.deploymentGroup, nowMs);
  const expired: string[] = [];
  for (const { deploymentId } of known.filter((one) => !isTerminal(one))) {
    const key = deploymentRecordKeys.approval(deploymentId);
    const request = parseApprovalRequest(await records.read(key));
    if (request === undefined || Date.parse(request.expiresAt) > nowMs) continue;
    const events = (await deployments.target(deploymentId))?.lifecycleEvents ?? [];
    const event = events.find(({ name }) => name === 'BeforeAllowTraffic');
    if (event?.status !== 'InProgress') continue;
    await records.write(key, { ...request, expiredAt: new Date(nowMs).toISOString() });
    const answer = await deployments.reportHook(deploymentId, request.hookExecutionId, 'Failed');
    log.warn('nobody approved', { deploymentId, expiresAt: request.expiresAt, answer });
    if (answer === 'accepted') expired.push(deploymentId);
    // A person was quicker by a moment.
    else await records.write(key, request);
  }
  return expired;
}
