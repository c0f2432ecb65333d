import type { RollingServiceConfig } from '../core/config/strategy-of.ts';
import { deploymentRecordKeys } from '../core/deployment/deployment-record-keys.ts';
import { requestStop } from '../core/deployment/request-stop.ts';
import { DeploymentConflictError, DeploymentFailed, RolloutRunning } from '../core/errors.ts';
import { holdRelease } from '../core/gates/hold-release.ts';
import { shortDigest } from '../core/image/digest.ts';
import { renderExecutionNotification } from '../core/notification/render-execution-notification.ts';
import type { Rollout } from '../core/ports/service-deployments.ts';
import { findOwnRollout } from '../core/rolling/find-own-rollout.ts';
import type { RolloutProgress } from '../core/rolling/rollout-progress.ts';
import { isRollingOut, isRolloutOver, rolloutId } from '../core/rolling/rollout-status.ts';
import { findNewerImage } from '../core/supersession/find-newer-image.ts';
import type { NewerImage } from '../core/supersession/newer-image.ts';
import { judgePhase } from './judge-phase.ts';
import { keepProgress, readProgress } from './keep-progress.ts';
import type { RollOutDeps, WatchedRollout } from './roll-out-deps.ts';
import type { RollOutInput } from './roll-out-input.ts';
import { needTime, pause } from './take-time.ts';

/** How far back rollouts are listed: before a redrive its execution may have waited for days. */
const lookBackMs = 14 * 24 * 3_600_000;
const shownIntervalMs = 1_000;
const shownTries = 30;
/** As much as a hook has for the checks of its event. */
const checksMs = 260_000;

/**
 * Ensures the rollout of this execution (design D3): takes over the one that is there, waits
 * (DeploymentConflictError) while somebody else's runs, yields to a newer image, else starts it, once what runs now
 * has passed the checks. UpdateService takes no client token, so it is looked for by what it runs.
 */
export async function ensureRollout(
  input: RollOutInput,
  service: RollingServiceConfig,
  deps: RollOutDeps,
): Promise<WatchedRollout | { readonly supersededBy: NewerImage }> {
  const own = await findOwn(input, service, deps);
  if (own.rollout !== undefined) return takeOver(own.rollout, input, service, deps);
  const supersededBy = await findNewerImage(deps, service, input.release);
  if (supersededBy !== undefined) return { supersededBy };
  const foreign = own.known.find((rollout) => !isRolloutOver(rollout));
  if (foreign !== undefined) {
    await makeRoom(foreign, input, service, deps);
    throw conflict(service, foreign);
  }
  // It may have waited for hours since it was resolved.
  await holdRelease(input.release, deps);
  const progress = await judgeWhatRuns(input, service, deps);
  await deps.serviceDeployments.start({
    ...service.target,
    taskDefinitionArn: input.taskDefinitionArn,
  });
  for (let tried = 0; tried < shownTries; tried += 1) {
    const { rollout } = await findOwn(input, service, deps);
    if (rollout !== undefined) {
      const id = rolloutId(rollout);
      deps.log.info('rollout started', { deploymentId: id, service: service.name });
      await keepProgress(id, progress, deps);
      return { arn: rollout.arn, service, progress };
    }
    await pause(shownIntervalMs, 'The rollout', deps);
  }
  throw new RolloutRunning(
    `The rollout of "${service.name}" was asked for and ECS does not list it yet, expected a service deployment of ${input.taskDefinitionArn}`,
  );
}

async function findOwn(
  { taskDefinitionArn, attemptStartedAt }: RollOutInput,
  { target }: RollingServiceConfig,
  { serviceDeployments }: RollOutDeps,
): Promise<{ readonly known: readonly Rollout[]; readonly rollout: Rollout | undefined }> {
  const startedAtMs = Date.parse(attemptStartedAt);
  const since = startedAtMs - lookBackMs;
  const known = await serviceDeployments.list(target.cluster, target.service, since);
  return { known, rollout: findOwnRollout(known, { taskDefinitionArn, startedAtMs }) };
}

async function takeOver(
  rollout: Rollout,
  { release, taskDefinitionArn, execution }: RollOutInput,
  service: RollingServiceConfig,
  deps: RollOutDeps,
): Promise<WatchedRollout> {
  const id = rolloutId(rollout);
  const kept = await readProgress(id, deps);
  const progress = {
    phases: [],
    answers: { before: {}, since: {} },
    ...kept,
    release,
    taskDefinitionArn,
    execution,
  };
  if (kept === undefined) await keepProgress(id, progress, deps);
  return { arn: rollout.arn, service, progress };
}

/** If what runs does not pass the checks, they say nothing about the release: nothing is changed then. */
async function judgeWhatRuns(
  { release, taskDefinitionArn, execution }: RollOutInput,
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
  if (report.verdict === 'pass') return progress;
  const reason = `Failed before anything changed: the checks cannot judge the release, because what runs does not pass them: ${report.sentence}`;
  const about = {
    request: release,
    executionArn: execution.executionArn,
    error: 'DeploymentFailed',
  };
  await deps.notifier
    .publish(renderExecutionNotification(about, { outcome: 'failed', reason }))
    .catch((error: unknown) => deps.log.error('notification not published', { error }));
  throw new DeploymentFailed(reason);
}

/** A rollout of ours of which no task runs yet makes room for a newer image, where the configuration says so (D8). */
async function makeRoom(
  foreign: Rollout,
  { release: { tag, digest } }: RollOutInput,
  { onNewerPush }: RollingServiceConfig,
  deps: RollOutDeps,
): Promise<void> {
  const untouched = isRollingOut(foreign) && foreign.target.runningTaskCount === 0;
  if (onNewerPush === 'wait' || !untouched) return;
  const id = rolloutId(foreign);
  // Only what Greengate started has left its progress.
  if ((await deps.records.read(deploymentRecordKeys.rollout(id))) === undefined) return;
  const sentence = `image ${tag} (${shortDigest(digest)}) was pushed before production saw this one`;
  await stopRollout(foreign.arn, { cause: 'superseded', sentence, evidence: [] }, deps);
}

/** Has a rollout stopped and rolled back, and keeps why: the first reason stays. */
export function stopRollout(
  arn: string,
  reason: Parameters<typeof requestStop>[1],
  {
    serviceDeployments,
    ...deps
  }: Pick<RollOutDeps, 'serviceDeployments' | 'records' | 'clock' | 'log'>,
): Promise<'stopping' | 'already-completed'> {
  const deployments = { stop: () => serviceDeployments.stop(arn) };
  return requestStop(rolloutId({ arn }), reason, { ...deps, deployments });
}

function conflict(
  { name, target }: RollingServiceConfig,
  foreign: Rollout,
): DeploymentConflictError {
  const { arn, status, taskDefinitionArn } = foreign;
  return new DeploymentConflictError(
    `Cannot start a rollout of "${name}" in ${target.cluster}/${target.service}: rollout ${rolloutId(foreign)} of ${taskDefinitionArn} is ${status}, need none under way`,
    { details: { arn, status, taskDefinitionArn } },
  );
}
