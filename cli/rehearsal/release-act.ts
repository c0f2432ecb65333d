import { costSince } from './cost-meter.ts';
import type { Attempt, ReleaseReport } from './report.ts';
import type { Stage } from './stage.ts';

export interface PushedImage {
  readonly tag: string;
  readonly digest: string;
}

export interface ActOptions {
  /** Pushes the image through the registry's HTTP API and resolves with its digest. */
  readonly push: () => Promise<PushedImage>;
  /** Called when the push's execution has started. */
  readonly started?: (execution: { executionArn: string; digest: string }) => void;
  /** Mends the world and redrives the failed execution. */
  readonly redrive?: (executionArn: string) => Promise<void>;
}

/** Plays one push to its end: one release, or one that is redriven after it failed. */
export async function playRelease(stage: Stage, options: ActOptions): Promise<ReleaseReport> {
  const { journal } = stage.simulator.world;
  const fromSeq = journal.entries.length;
  const { tag, digest } = await options.push();
  const { executionArn } = await stage.watcher.execution(fromSeq, digest);
  options.started?.({ executionArn, digest });
  const first = await playAttempt(stage, tag, executionArn, fromSeq);
  if (!options.redrive || first.outcome === 'deployed') {
    return { ...common(), ...first, redrives: 0, beforeRedrive: null };
  }
  const redriveSeq = journal.entries.length;
  await options.redrive(executionArn);
  const second = await playAttempt(stage, tag, executionArn, redriveSeq);
  return { ...common(), ...second, redrives: 1, beforeRedrive: first };

  function common() {
    return {
      tag,
      digest,
      executionArn,
      stateTransitions: stage.simulator.models.states.stateTransitions(executionArn),
      ...costSince(journal, fromSeq),
    };
  }
}

async function playAttempt(
  stage: Stage,
  tag: string,
  executionArn: string,
  fromSeq: number,
): Promise<Attempt> {
  const servedBefore = stage.ledger.requestsServedBy(tag);
  const attempt = await stage.watcher.attempt(executionArn, fromSeq);
  return { ...attempt, productionRequests: stage.ledger.requestsServedBy(tag) - servedBefore };
}
