import { deploymentRecordKeys } from '../core/deployment/deployment-record-keys.ts';
import type { Rollout } from '../core/ports/service-deployments.ts';
import { parseRolloutRecord } from '../core/rolling/parse-rollout-record.ts';
import { rolloutId } from '../core/rolling/rollout-status.ts';
import { type JudgedBefore, judgedBefore } from '../core/supersession/judged-before.ts';
import type { RollOutDeps } from './roll-out-deps.ts';
import type { RollOutInput } from './roll-out-input.ts';

/** How the same image, rolled out under another tag by another execution, has ended meanwhile, as for CodeDeploy. */
export async function findRolloutJudgedBefore(
  known: readonly Rollout[],
  { release, execution }: Pick<RollOutInput, 'release' | 'execution'>,
  { records, log }: Pick<RollOutDeps, 'records' | 'log'>,
): Promise<JudgedBefore | undefined> {
  const pushedAtMs = Date.parse(release.pushedAt);
  for (const rollout of known) {
    if ((rollout.finishedAtMs ?? 0) <= pushedAtMs) continue;
    const key = deploymentRecordKeys.record(rolloutId(rollout));
    try {
      const record = parseRolloutRecord(await records.read(key));
      const found = record && judgedBefore({ release, execution }, record);
      if (found !== undefined) return found;
    } catch (error) {
      log.warn('deployment record unreadable', { key, error });
    }
  }
  return undefined;
}
