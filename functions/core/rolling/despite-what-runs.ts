import { letProductionFail } from '../checks/let-through.ts';
import type { PhaseReport, RolloutProgress } from './rollout-progress.ts';

/** Passes over what speaks against what runs, for a release that a person wants to take its place (ADR 16). */
export function despiteWhatRuns(progress: RolloutProgress): RolloutProgress {
  const phases = progress.phases.map(
    (report): PhaseReport =>
      report.phase === 'before'
        ? {
            ...report,
            verdict: 'pass',
            sentence: `What runs does not pass the checks, and a person wants this release, which has to pass them: ${report.sentence}`,
            checks: report.checks.map(letProductionFail),
          }
        : report,
  );
  return { ...progress, phases };
}

/** Whether production tells of the release while it rolls out: not beside what fails the checks anyway. */
export function tellsMixture({ phases }: Pick<RolloutProgress, 'phases'>): boolean {
  const before = phases.find(({ phase }) => phase === 'before')?.checks ?? [];
  const failed = before
    .flatMap(({ evidence }) => evidence)
    .some((one) => one.kind === 'let-through' && one.verdict === 'fail');
  return !failed;
}
