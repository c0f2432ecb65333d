import type { HookReport } from '../../functions/core/hooks/hook-report.ts';
import { printable } from '../terminal/printable.ts';

/** A hook's report for a terminal: checks quote what a service answered, and an answer may hold anything. */
export function printableReport({ lifecycleEvent, verdict, sentence, checks }: HookReport) {
  return {
    lifecycleEvent,
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
