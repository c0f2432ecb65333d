import type {
  DeploymentRecord,
  Ending,
  ReleaseVerification,
} from '../core/deployment/deployment-record.ts';
import { deploymentRecordKeys } from '../core/deployment/deployment-record-keys.ts';
import { parseDeploymentRecord } from '../core/deployment/parse-deployment-record.ts';
import type { Log } from '../core/ports/log.ts';
import type { Records } from '../core/ports/records.ts';

export interface KeepVerificationDeps {
  readonly records: Pick<Records, 'readVersion' | 'writeUnlessChanged'>;
  readonly log: Log;
}

/**
 * Writes what was verified into the deployment's record, which says deployed since CodeDeploy Succeeded and must not
 * say so of a release that is not what runs. A later try that passes makes it deployed again. Without a record, or
 * without a bucket, nothing is kept: the push's outcome and the execution say the same (design D2).
 */
export async function keepVerification(
  deploymentId: string,
  verification: ReleaseVerification,
  { records, log }: KeepVerificationDeps,
): Promise<void> {
  const key = deploymentRecordKeys.record(deploymentId);
  try {
    const found = await records.readVersion(key);
    const record = parseDeploymentRecord(found?.document);
    if (found === undefined || record === undefined) return;
    const kept = { ...withEnding(record, verification), verification };
    await records.writeUnlessChanged(key, kept, found.version);
  } catch (error) {
    log.error('record not written', { key, error });
  }
}

/** Only a success is ever verified here: how a deployment failed is settled. */
function withEnding(
  record: DeploymentRecord,
  { verdict, sentence }: ReleaseVerification,
): DeploymentRecord {
  const failedHere = 'error' in record && record.error === 'VerificationFailed';
  if (record.outcome !== 'deployed' && !failedHere) return record;
  const { outcome: _, reason: __, error: ___, ...rest } = { error: undefined, ...record };
  const ending: Ending =
    verdict === 'pass'
      ? { outcome: 'deployed', reason: sentence }
      : { outcome: 'failed', error: 'VerificationFailed', reason: sentence };
  return { ...ending, ...rest };
}
