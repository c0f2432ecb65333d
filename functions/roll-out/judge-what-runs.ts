import type { RollingServiceConfig } from '../core/config/strategy-of.ts';
import { DeploymentConflictError, DeploymentFailed } from '../core/errors.ts';
import { executionEnd } from '../core/notification/execution-end.ts';
import { notifyOnce } from '../core/notification/notify-once.ts';
import { renderExecutionNotification } from '../core/notification/render-execution-notification.ts';
import { despiteWhatRuns } from '../core/rolling/despite-what-runs.ts';
import type { RolloutProgress } from '../core/rolling/rollout-progress.ts';
import { actorOf } from '../core/workflow/actor.ts';
import { pushRecordKeys } from '../core/workflow/push-record.ts';
import { findUnproven } from './find-unproven.ts';
import { judgePhase } from './judge-phase.ts';
import { keepIntent } from './keep-progress.ts';
import type { RollOutDeps } from './roll-out-deps.ts';
import type { RollOutInput } from './roll-out-input.ts';
import { needTime } from './take-time.ts';

/** As much as a hook has for the checks of its event. */
const checksMs = 260_000;

/**
 * If what runs does not pass the checks, they say nothing about the release: nothing is changed then. Throws
 * DeploymentConflictError where that is a release that may be taken back at any moment. A person who redrives, or
 * started the execution, has looked, and the release has to pass them itself (ADR 16).
 */
export async function judgeWhatRuns(
  { release, taskDefinitionArn, execution, attemptStartedAt }: RollOutInput,
  service: RollingServiceConfig,
  deps: RollOutDeps,
): Promise<RolloutProgress> {
  needTime(checksMs, 'The rollout', deps);
  const empty = {
    release,
    taskDefinitionArn,
    execution,
    phases: [],
    answers: { before: {}, since: {} },
  };
  const named = { arn: execution.executionName, service, progress: empty };
  const { report, progress } = await judgePhase('before', named, deps);
  // Also when nothing comes of it, so that people can look at the checks.
  await keepIntent({ ...progress, attemptStartedAt }, deps);
  if (report.verdict === 'pass') return progress;
  if (report.verdict !== 'error' && actorOf(release, execution) !== 'image-push') {
    deps.log.warn('what runs does not pass the checks', { service: service.name });
    return despiteWhatRuns(progress);
  }
  const unproven = await findUnproven(service, deps);
  if (unproven !== undefined) {
    throw new DeploymentConflictError(
      `Cannot judge the release of "${service.name}" yet: ${unproven}, which runs now and is not proven, does not pass the checks: ${report.sentence}`,
    );
  }
  // A redrive does not help against a check that is broken.
  const remedy =
    report.verdict === 'error' ? '' : '; if this release is to mend that, redrive its execution';
  const reason = `Failed before anything changed: the checks cannot judge the release, because what runs does not pass them: ${report.sentence}${remedy}`;
  const about = {
    request: release,
    executionArn: execution.executionArn,
    error: 'DeploymentFailed',
  };
  const { eventId, service: name } = release;
  await notifyOnce(
    pushRecordKeys.notification(eventId, name),
    executionEnd(execution),
    renderExecutionNotification(about, { outcome: 'failed', reason }),
    deps,
  );
  throw new DeploymentFailed(reason);
}
