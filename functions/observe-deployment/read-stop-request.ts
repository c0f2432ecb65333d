import { deploymentRecordKeys } from '../core/deployment/deployment-record-keys.ts';
import { parseStopRequest, type StopRequest } from '../core/deployment/stop-request.ts';
import type { ConcludeDeps } from './conclude-deps.ts';

/** Why Greengate had the deployment stopped, if it had; an unreadable reason counts as none (design D2). */
export async function readStopRequest(
  deploymentId: string,
  { records, log }: Pick<ConcludeDeps, 'records' | 'log'>,
): Promise<StopRequest | undefined> {
  try {
    const document = await records.read(deploymentRecordKeys.stopRequest(deploymentId));
    return document === undefined ? undefined : parseStopRequest(document);
  } catch (error) {
    log.warn('stop request unreadable', { deploymentId, error });
    return undefined;
  }
}
