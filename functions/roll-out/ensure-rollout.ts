import type { RollingServiceConfig } from '../core/config/strategy-of.ts';
import { DeploymentConflictError, RolloutRunning } from '../core/errors.ts';
import { holdRelease } from '../core/gates/hold-release.ts';
import { shortDigest } from '../core/image/digest.ts';
import type { Rollout } from '../core/ports/service-deployments.ts';
import { findOwnRollout } from '../core/rolling/find-own-rollout.ts';
import { rolloutLookBackMs } from '../core/rolling/look-back.ts';
import type { RolloutProgress } from '../core/rolling/rollout-progress.ts';
import { isRollingOut, isRolloutOver, rolloutId } from '../core/rolling/rollout-status.ts';
import type { JudgedBefore } from '../core/supersession/judged-before.ts';
import type { NewerImage } from '../core/supersession/newer-image.ts';
import { claimStart, releaseStart } from './claim-start.ts';
import { findOutdated } from './find-outdated.ts';
import { findRolloutJudgedBefore } from './find-rollout-judged-before.ts';
import { findRolloutSuccessor } from './find-rollout-successor.ts';
import { judgeWhatRuns } from './judge-what-runs.ts';
import { keepIntent, keepProgress, readProgress } from './keep-progress.ts';
import type { RollOutDeps, WatchedRollout } from './roll-out-deps.ts';
import type { RollOutInput } from './roll-out-input.ts';
import { startRollout } from './start-rollout.ts';
import { stopRollout } from './stop-rollout.ts';

/** What `ensureRollout` comes to. */
export type Ensured =
  | WatchedRollout
  | { readonly supersededBy: NewerImage }
  /** How the very same image has failed under another tag. */
  | { readonly judgedBefore: JudgedBefore }
  /** Why the release must be looked at anew, from preflight on. */
  | { readonly outdated: string };

/**
 * Ensures the rollout of this execution (design D3): takes over the one that is there, waits
 * (DeploymentConflictError) while somebody else's runs, yields to a newer image or a person's choice, ends as the very
 * same image has ended under another tag, has the release looked at anew when production has another task definition
 * by now, else starts it, once what runs now has passed the checks, and one execution at a time. UpdateService takes no
 * client token, so it is looked for by what it runs.
 */
export async function ensureRollout(
  input: RollOutInput,
  service: RollingServiceConfig,
  deps: RollOutDeps,
): Promise<Ensured> {
  const found = await lookFirst(input, service, deps);
  if (found !== undefined) return found;
  const progress = await judgeWhatRuns(input, service, deps);
  const { name } = service;
  const holder = await claimStart(name, input.execution, deps);
  if (holder !== undefined) throw claimed(service, holder);
  try {
    // The checks took their time, and a newer release may have come and gone meanwhile.
    return (await lookFirst(input, service, deps)) ?? (await start(progress, input, service, deps));
  } finally {
    await releaseStart(name, input.execution, deps);
  }
}

/** What there is to do instead of starting a rollout; undefined when that is it. */
async function lookFirst(
  input: RollOutInput,
  service: RollingServiceConfig,
  deps: RollOutDeps,
): Promise<Ensured | undefined> {
  const own = await findOwn(input, service, deps);
  if (own.rollout !== undefined) return takeOver(own.rollout, input, service, deps);
  const supersededBy = await findRolloutSuccessor(own.known, service, input, deps);
  if (supersededBy !== undefined) return { supersededBy };
  const judgedBefore = await findRolloutJudgedBefore(own.known, input, deps);
  if (judgedBefore !== undefined) return { judgedBefore };
  const foreign = own.known.find((rollout) => !isRolloutOver(rollout));
  if (foreign !== undefined) {
    await makeRoom(foreign, input, service, deps);
    throw conflict(service, foreign);
  }
  // It may have waited for hours since it was resolved.
  await holdRelease(input.release, deps);
  const outdated = await findOutdated(input, service, deps);
  return outdated === undefined ? undefined : { outdated };
}

async function start(
  progress: RolloutProgress,
  input: RollOutInput,
  service: RollingServiceConfig,
  deps: RollOutDeps,
): Promise<WatchedRollout> {
  const { target, name } = service;
  const { taskDefinitionArn } = input;
  const find = async () => (await findOwn(input, service, deps)).rollout;
  const rollout = await startRollout({ ...target, taskDefinitionArn }, find, deps);
  if (rollout === undefined) {
    throw new RolloutRunning(
      `The rollout of "${name}" was asked for and ECS does not list it yet, expected a service deployment of ${taskDefinitionArn}`,
    );
  }
  const id = rolloutId(rollout);
  deps.log.info('rollout started', { deploymentId: id, service: name });
  await keepStarted(id, progress, input, deps);
  return { arn: rollout.arn, service, progress };
}

async function findOwn(
  { taskDefinitionArn, attemptStartedAt }: RollOutInput,
  { target }: RollingServiceConfig,
  { serviceDeployments }: RollOutDeps,
): Promise<{ readonly known: readonly Rollout[]; readonly rollout: Rollout | undefined }> {
  const startedAtMs = Date.parse(attemptStartedAt);
  const since = startedAtMs - rolloutLookBackMs;
  const known = await serviceDeployments.list(target.cluster, target.service, since);
  return { known, rollout: findOwnRollout(known, { taskDefinitionArn, startedAtMs }) };
}

async function keepStarted(
  deploymentId: string,
  progress: RolloutProgress,
  { attemptStartedAt }: RollOutInput,
  deps: RollOutDeps,
): Promise<void> {
  await keepProgress(deploymentId, progress, deps);
  await keepIntent({ ...progress, attemptStartedAt, deploymentId }, deps);
}

async function takeOver(
  rollout: Rollout,
  input: RollOutInput,
  service: RollingServiceConfig,
  deps: RollOutDeps,
): Promise<WatchedRollout> {
  const { release, taskDefinitionArn, execution } = input;
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
  // Also of a redrive: the late event of the attempt before it must not stop what it has taken over.
  if (kept?.execution.redriveCount !== execution.redriveCount) {
    await keepStarted(id, progress, input, deps);
  }
  return { arn: rollout.arn, service, progress };
}

/** A rollout of ours of which no task runs yet makes room for a newer image, where the configuration says so (D8). */
async function makeRoom(
  foreign: Rollout,
  { release: { tag, digest, byHand } }: RollOutInput,
  { onNewerPush }: RollingServiceConfig,
  deps: RollOutDeps,
): Promise<void> {
  const untouched = isRollingOut(foreign) && foreign.target.runningTaskCount === 0;
  if (onNewerPush === 'wait' || !untouched) return;
  const id = rolloutId(foreign);
  // Only what Greengate started has left its progress; the very same image, pushed under two tags, is waited for.
  const other = await readProgress(id, deps);
  if (other === undefined || other.release.digest === digest) return;
  const image = `${tag} (${shortDigest(digest)})`;
  const sentence =
    byHand === undefined
      ? `image ${image} was pushed before production saw this one`
      : `a person released ${image} by hand before production saw this one`;
  await stopRollout(foreign.arn, { cause: 'superseded', sentence, evidence: [] }, deps);
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

function claimed({ name, target }: RollingServiceConfig, holder: string): DeploymentConflictError {
  return new DeploymentConflictError(
    `Cannot start a rollout of "${name}" in ${target.cluster}/${target.service}: ${holder} is about to start one, need nobody else`,
    { details: { holder } },
  );
}
