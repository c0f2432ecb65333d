import { type Approval, approvalOf } from '../core/approval/approval.ts';
import { parseApprovalRequest } from '../core/approval/approval-request.ts';
import { deploymentRecordKeys } from '../core/deployment/deployment-record-keys.ts';
import type { Deployment, DeploymentTarget } from '../core/ports/deployments.ts';
import type { ConcludeDeps } from './conclude-deps.ts';

/** How the wait for approval of an ended deployment ended; undefined when nobody was asked, or no record tells. */
export async function readApproval(
  { deploymentId, status }: Deployment,
  target: DeploymentTarget | undefined,
  { records, log }: Pick<ConcludeDeps, 'records' | 'log'>,
): Promise<Approval | undefined> {
  try {
    const document = await records.read(deploymentRecordKeys.approval(deploymentId));
    const request = parseApprovalRequest(document);
    return request && approvalOf(request, status, target);
  } catch (error) {
    log.warn('approval record unreadable', { deploymentId, error });
    return undefined;
  }
}
