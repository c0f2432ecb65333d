import { deploymentRecordKeys } from '../../functions/core/deployment/deployment-record-keys.ts';
import { InvalidEventError } from '../../functions/core/errors.ts';
import type { DescribedExecution } from '../../functions/core/ports/executions.ts';
import { parseRolloutRecord } from '../../functions/core/rolling/parse-rollout-record.ts';
import { parseRolloutIntent } from '../../functions/core/rolling/rollout-intent.ts';
import {
  parseRolloutProgress,
  type RolloutProgress,
} from '../../functions/core/rolling/rollout-progress.ts';
import type { RolloutRecord } from '../../functions/core/rolling/rollout-record.ts';
import { pushRecordKeys } from '../../functions/core/workflow/push-record.ts';
import type { ReleaseAccount } from './release-account.ts';

/** What is on record about the rolling update of an execution. */
export interface ReadRollout extends Pick<RolloutProgress, 'phases' | 'answers'> {
  /** Missing before ECS shows the rollout, and where none was started. */
  readonly deploymentId: string | undefined;
  /** Missing until the rollout, and its way back, have ended. */
  readonly record: RolloutRecord | undefined;
}

type Account = Pick<ReleaseAccount, 'record'>;

/** Undefined where the execution has no rolling update, or none since it was last redriven. */
export async function readRollout(
  account: Account,
  { eventId, service }: { readonly eventId: string; readonly service: string },
  { executionName, redriveCount }: Pick<DescribedExecution, 'executionName' | 'redriveCount'>,
): Promise<ReadRollout | undefined> {
  const intent = parseRolloutIntent(await account.record(pushRecordKeys.rollout(eventId, service)));
  const { execution } = intent ?? {};
  if (execution?.executionName !== executionName || execution.redriveCount !== redriveCount) {
    return undefined;
  }
  const { deploymentId, phases = [], answers = { before: {}, since: {} } } = intent ?? {};
  if (deploymentId === undefined) return { deploymentId, phases, answers, record: undefined };
  const key = deploymentRecordKeys.record(deploymentId);
  const record = parseRolloutRecord(await account.record(key));
  const latest = record ?? (await progressOf(account, deploymentId)) ?? { phases, answers };
  return { deploymentId, phases: latest.phases, answers: latest.answers, record };
}

async function progressOf(
  account: Account,
  deploymentId: string,
): Promise<RolloutProgress | undefined> {
  const document = await account.record(deploymentRecordKeys.rollout(deploymentId));
  if (document === undefined) return undefined;
  try {
    return parseRolloutProgress(document);
  } catch (error) {
    if (error instanceof InvalidEventError) return undefined;
    throw error;
  }
}
