import { areCheckResults, isVerdict } from '../checks/parse-check-results.ts';
import { memberAt, membersOf } from '../config/loose-value.ts';
import { rolloutPhases } from './rollout-checks.ts';
import type { PhaseReport, RolloutProgress } from './rollout-progress.ts';

/** Whether what was read back is a list of phase reports; what evidence says is only carried on. */
export function arePhaseReports(value: unknown): value is readonly PhaseReport[] {
  return Array.isArray(value) && value.every(isPhaseReport);
}

function isPhaseReport(value: unknown): boolean {
  const endedAt = memberAt(value, 'endedAt');
  return (
    rolloutPhases.some((phase) => phase === memberAt(value, 'phase')) &&
    isVerdict(memberAt(value, 'verdict')) &&
    typeof memberAt(value, 'sentence') === 'string' &&
    typeof endedAt === 'string' &&
    !Number.isNaN(Date.parse(endedAt)) &&
    areCheckResults(memberAt(value, 'checks'))
  );
}

/** Whether it counts answers before and since the rollout began. */
export function areAnswers(value: unknown): value is RolloutProgress['answers'] {
  return [memberAt(value, 'before'), memberAt(value, 'since')].every(isCountByRelease);
}

function isCountByRelease(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    membersOf(value).every(([, count]) =>
      ['requests', 'errors'].every((name) => isCount(memberAt(count, name))),
    )
  );
}

function isCount(value: unknown): boolean {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
