import { explainStop, isDefinite, isFailure, type TaskEnd } from './stop-reasons.ts';

export interface FailFastBounds {
  /** So many stopped tasks are enough, whatever the reason. */
  readonly stoppedTasks: number;
  /** Two are enough once so long has passed since the first. */
  readonly windowMs: number;
}

export type ReplacementJudgement =
  | { readonly kind: 'stop'; readonly sentence: string; readonly evidence: readonly string[] }
  /** Too few to tell, and too early: look again then. */
  | { readonly kind: 'look-again'; readonly atMs: number }
  | { readonly kind: 'go-on' };

/**
 * Whether the stopped tasks of a replacement are reason enough to give it up. CodeDeploy would watch them come
 * and go for an hour (aws-facts 3.2). A start that is merely slow stops no task; a single stop that repeating
 * could mend is left to ECS, which has started another task already.
 */
export function judgeReplacement(
  ends: readonly TaskEnd[],
  nowMs: number,
  { stoppedTasks, windowMs }: FailFastBounds,
): ReplacementJudgement {
  const failures = ends.filter(isFailure).sort((a, b) => a.stoppedAtMs - b.stoppedAtMs);
  const [first] = failures;
  if (first === undefined) return { kind: 'go-on' };
  const dueMs = first.stoppedAtMs + windowMs;
  const evidence = failures.map((end) => `${nameOf(end)}: ${explainStop(end)}`);
  const definite = failures.find(isDefinite);
  if (definite !== undefined) {
    const sentence = `a task of the replacement cannot start: ${explainStop(definite)}`;
    return { kind: 'stop', sentence, evidence };
  }
  const enough = failures.length >= stoppedTasks || (failures.length >= 2 && nowMs >= dueMs);
  if (enough) {
    return { kind: 'stop', sentence: explainLoop(failures, nowMs), evidence };
  }
  return nowMs < dueMs ? { kind: 'look-again', atMs: dueMs } : { kind: 'go-on' };
}

function explainLoop(failures: readonly TaskEnd[], nowMs: number): string {
  const seconds = Math.ceil((nowMs - (failures[0]?.stoppedAtMs ?? nowMs)) / 1_000);
  const last = failures.at(-1);
  const why = last === undefined ? '' : `, the last one: ${explainStop(last)}`;
  return `${failures.length} tasks of the replacement stopped within ${seconds} s${why}`;
}

/** The id at the end of the ARN, as the console shows it. */
function nameOf({ taskArn }: TaskEnd): string {
  return `task ${taskArn.slice(taskArn.lastIndexOf('/') + 1)}`;
}
