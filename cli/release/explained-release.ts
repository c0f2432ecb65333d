import type { DeploymentRecord } from '../../functions/core/deployment/deployment-record.ts';
import { deploymentRecordKeys } from '../../functions/core/deployment/deployment-record-keys.ts';
import { parseDeploymentRecord } from '../../functions/core/deployment/parse-deployment-record.ts';
import type { HookReport } from '../../functions/core/hooks/hook-report.ts';
import { parseHookReport } from '../../functions/core/hooks/parse-hook-report.ts';
import { hookLifecycleEvents } from '../../functions/core/lifecycle-events.ts';
import type { CheckedFinding } from '../../functions/core/preflight/finding.ts';
import { pushRecordKeys } from '../../functions/core/workflow/push-record.ts';
import { printable } from '../terminal/printable.ts';
import { UsageError } from '../terminal/run-command.ts';
import type { ExecutionProgress } from './execution-progress.ts';
import { findingsOf } from './findings-of.ts';
import { type PastRelease, pastRelease } from './past-releases.ts';
import { type ReadRollout, readRollout } from './read-rollout.ts';
import type { ReleaseAccount } from './release-account.ts';

/** Everything that is on record about one execution. */
export interface ExplainedRelease extends PastRelease {
  readonly progress: ExecutionProgress;
  readonly findings: readonly CheckedFinding[];
  readonly hooks: readonly HookReport[];
  readonly record: DeploymentRecord | undefined;
  /** Where ECS rolled the release out. */
  readonly rollout: ReadRollout | undefined;
}

/** `execution` is a name or an ARN. Throws UsageError for what can be neither, as a variable that is not set. */
export async function explainRelease(
  account: ReleaseAccount,
  execution: string,
): Promise<ExplainedRelease> {
  if (!/^\S+$/.test(execution)) {
    throw new UsageError(
      `An execution is named as greengate history lists it, got "${printable(execution)}"`,
    );
  }
  const arn = execution.startsWith('arn:') ? execution : executionArn(account, execution);
  const release = await pastRelease(account, arn);
  const progress = await account.progress(arn);
  const { request } = release;
  const preflight =
    request && (await account.record(pushRecordKeys.preflight(request.eventId, request.service)));
  const deploymentId = release.end?.deploymentId ?? progress.deploymentId;
  const record =
    deploymentId === undefined
      ? undefined
      : parseDeploymentRecord(await account.record(deploymentRecordKeys.record(deploymentId)));
  const rollout = request && (await readRollout(account, request, release.execution));
  return {
    ...release,
    progress,
    findings: findingsOf(preflight, release.execution),
    hooks: rollout ? [] : (record?.hooks ?? (await hooksSoFar(account, deploymentId))),
    record,
    rollout,
  };
}

async function hooksSoFar(account: ReleaseAccount, deploymentId: string | undefined) {
  if (deploymentId === undefined) return [];
  const reports = await Promise.all(
    hookLifecycleEvents.map(async (event) =>
      parseHookReport(await account.record(deploymentRecordKeys.hook(deploymentId, event))),
    ),
  );
  return reports.filter((report) => report !== undefined);
}

/** Executions are named below their state machine (aws-facts 5.1). */
function executionArn({ stateMachineArn }: ReleaseAccount, name: string): string {
  return `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;
}
