import type { Rollout, ServiceDeployment } from '../core/ports/service-deployments.ts';
import type { PhaseReport, RolloutProgress } from '../core/rolling/rollout-progress.ts';
import { rolloutId } from '../core/rolling/rollout-status.ts';
import { findOvertaking } from './find-overtaking.ts';
import { judgePhase } from './judge-phase.ts';
import { keepProgress } from './keep-progress.ts';
import type { RollOutDeps, WatchedRollout } from './roll-out-deps.ts';
import { needTime, pause } from './take-time.ts';

const bakeIntervalMs = 30_000;
const fullChecksMs = 260_000;
const shortChecksMs = 120_000;

export interface Proof {
  readonly progress: RolloutProgress;
  /** The phase that speaks against the release; missing when all passed. */
  readonly against?: PhaseReport;
  /** The rollout that took production over before all had passed, and that answers from then on. */
  readonly overtakenBy?: Rollout;
}

/**
 * Proves a release that has the whole of production: every check in full, then short repeats until `bakeMinutes` have
 * passed since the rollout ended. Only a pass is one (promise P5); within the bake, checks that merely could not judge
 * get another chance at their next look. A rollout that begins meanwhile ends the proof: what fails then is its doing.
 */
export async function proveRollout(
  rollout: ServiceDeployment,
  watched: WatchedRollout,
  deps: RollOutDeps,
): Promise<Proof> {
  const id = rolloutId(rollout);
  const untilMs =
    (rollout.finishedAtMs ?? deps.clock.now()) + watched.service.target.bakeMinutes * 60_000;
  let { progress } = watched;
  const judge = async (phase: 'after' | 'bake') => {
    const judged = await judgePhase(phase, { ...watched, progress }, deps);
    progress = judged.progress;
    await keepProgress(id, progress, deps);
    return judged.report;
  };
  const overtaking = () => findOvertaking(rollout.createdAtMs, watched, deps);
  const speaksAgainst = async (against: PhaseReport) => {
    const overtakenBy = await overtaking();
    return overtakenBy === undefined ? { against } : { overtakenBy };
  };
  if (!progress.phases.some(({ phase, verdict }) => phase === 'after' && verdict === 'pass')) {
    needTime(fullChecksMs, 'The bake', deps);
    const report = await judge('after');
    if (report.verdict !== 'pass') return { progress, ...(await speaksAgainst(report)) };
  }
  while (deps.clock.now() < untilMs) {
    await pause(Math.min(bakeIntervalMs, untilMs - deps.clock.now()), 'The bake', deps);
    needTime(shortChecksMs, 'The bake', deps);
    const report = await judge('bake');
    const last = deps.clock.now() >= untilMs;
    if (report.verdict === 'fail' || (last && report.verdict !== 'pass')) {
      return { progress, ...(await speaksAgainst(report)) };
    }
    const overtakenBy = await overtaking();
    if (overtakenBy !== undefined) return { progress, overtakenBy };
  }
  return { progress };
}
