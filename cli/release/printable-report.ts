import type { HookReport } from '../../functions/core/hooks/hook-report.ts';
import { phaseInWords } from '../../functions/core/rolling/rollout-checks.ts';
import type { PhaseReport } from '../../functions/core/rolling/rollout-progress.ts';
import type { HookVerdict } from '../rehearsal/narrator.ts';
import { printable } from '../terminal/printable.ts';

/** A hook's report for a terminal: checks quote what a service answered, and an answer may hold anything. */
export function printableReport(
  report: Pick<HookReport, 'lifecycleEvent' | 'verdict' | 'sentence' | 'checks'>,
): HookVerdict {
  return printableVerdict({ ...report, when: report.lifecycleEvent });
}

/** The same for a phase of a rolling update. */
export function printablePhase(report: PhaseReport): HookVerdict {
  return printableVerdict({ ...report, when: phaseInWords[report.phase] });
}

function printableVerdict({
  when,
  verdict,
  sentence,
  checks,
}: Pick<PhaseReport, 'verdict' | 'sentence' | 'checks'> & { readonly when: string }): HookVerdict {
  return {
    lifecycleEvent: when,
    verdict,
    sentence: printable(sentence),
    checks: checks.map((check) => ({
      ...check,
      name: printable(check.name),
      sentence: printable(check.sentence),
      observed: printable(check.observed),
    })),
  };
}
