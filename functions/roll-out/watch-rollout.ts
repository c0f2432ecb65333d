import type { StopRequest } from '../core/deployment/stop-request.ts';
import { ResourceNotFoundError } from '../core/errors.ts';
import { judgeReplacement } from '../core/fail-fast/judge-replacement.ts';
import type { ServiceDeployment } from '../core/ports/service-deployments.ts';
import { tellsMixture } from '../core/rolling/despite-what-runs.ts';
import { phaseInWords } from '../core/rolling/rollout-checks.ts';
import type { PhaseReport, RolloutProgress } from '../core/rolling/rollout-progress.ts';
import { isRollingOut, isRolloutOver, rolloutId } from '../core/rolling/rollout-status.ts';
import { readTaskEnds } from '../observe-task/read-task-ends.ts';
import { judgePhase } from './judge-phase.ts';
import { keepProgress } from './keep-progress.ts';
import type { RollOutDeps, WatchedRollout } from './roll-out-deps.ts';
import { stopRollout } from './stop-rollout.ts';
import { needTime, pause } from './take-time.ts';

export interface EndedRollout {
  readonly rollout: ServiceDeployment;
  readonly progress: RolloutProgress;
}

const lookIntervalMs = 10_000;
/** A short repeat of the checks; the whole list at a time has its hook's time. */
const shortChecksMs = 120_000;
/** Two stops count once so long has passed since the first, as for blue/green. */
const windowMs = 165_000;

/**
 * Watches a rollout to its end, its own rollback included, and has it stopped as soon as a check fails against
 * production or its tasks cannot run; the circuit breaker waits for at least three failures (aws-facts 2.6).
 */
export async function watchRollout(
  watched: WatchedRollout,
  deps: RollOutDeps,
): Promise<EndedRollout> {
  const { arn } = watched;
  let { progress } = watched;
  for (;;) {
    const rollout = await deps.serviceDeployments.get(arn);
    if (rollout === undefined) throw missing(watched);
    if (isRolloutOver(rollout)) return { rollout, progress };
    if (isRollingOut(rollout)) progress = await look(rollout, { ...watched, progress }, deps);
    await pause(lookIntervalMs, 'The rollout', deps);
  }
}

async function look(
  rollout: ServiceDeployment,
  watched: WatchedRollout,
  deps: RollOutDeps,
): Promise<RolloutProgress> {
  const started = await withDeploymentId(watched, deps);
  const hopeless = await findHopeless(watched.service, started.ecsDeploymentId, deps);
  if (hopeless !== undefined) {
    await stopRollout(rollout.arn, { cause: 'replacement-failing', ...hopeless }, deps);
    return started;
  }
  if (rollout.target.runningTaskCount === 0 || !tellsMixture(started)) return started;
  needTime(shortChecksMs, 'The rollout', deps);
  const { report, progress } = await judgePhase('during', { ...watched, progress: started }, deps);
  await keepProgress(rolloutId(rollout), progress, deps);
  if (report.verdict === 'fail') {
    await stopRollout(rollout.arn, reasonOf(report), deps);
  }
  return progress;
}

/** The ECS deployment behind a rollout is told by what it runs; its id is what its tasks were started by. */
async function withDeploymentId(
  { arn, service: { target }, progress }: WatchedRollout,
  deps: RollOutDeps,
): Promise<RolloutProgress> {
  if (progress.ecsDeploymentId !== undefined) return progress;
  const service = await deps.services.describeService(target.cluster, target.service);
  const ours = service?.rolling?.deployments.find(
    ({ status, taskDefinitionArn }) =>
      status === 'PRIMARY' && taskDefinitionArn === progress.taskDefinitionArn,
  );
  if (ours === undefined) return progress;
  const started = { ...progress, ecsDeploymentId: ours.id };
  await keepProgress(rolloutId({ arn }), started, deps);
  return started;
}

async function findHopeless(
  { target, failFast }: WatchedRollout['service'],
  ecsDeploymentId: string | undefined,
  deps: RollOutDeps,
): Promise<Pick<StopRequest, 'sentence' | 'evidence'> | undefined> {
  if (ecsDeploymentId === undefined) return undefined;
  const ends = await readTaskEnds(target, ecsDeploymentId, failFast.logLines, deps);
  const { stoppedTasks } = failFast;
  const judgement = judgeReplacement(ends, deps.clock.now(), { stoppedTasks, windowMs });
  return judgement.kind === 'stop' ? judgement : undefined;
}

/** Why a phase ends a rollout, with the sentences of the checks that did not pass. */
export function reasonOf(
  report: PhaseReport,
): Pick<StopRequest, 'cause' | 'sentence' | 'evidence'> {
  const evidence = report.checks
    .filter(({ verdict }) => verdict !== 'pass')
    .map(({ sentence }) => sentence);
  const said = report.verdict === 'fail' ? 'failed' : `were ${report.verdict}`;
  const sentence = `checks ${said} ${phaseInWords[report.phase]}: ${report.sentence}`;
  return { cause: 'check-failed', sentence, evidence };
}

function missing({ arn, service }: WatchedRollout): ResourceNotFoundError {
  return new ResourceNotFoundError(
    `Cannot watch the rollout of "${service.name}": ECS knows no service deployment ${arn} any more; was the service deleted?`,
  );
}
