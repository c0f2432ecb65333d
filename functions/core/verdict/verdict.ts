/**
 * The four verdicts, worst first. A defect that was seen outranks a check that broke (`error`), because it
 * stays true however the broken one would have ended; a check that broke outranks one that merely lacked
 * evidence, because somebody has to mend it.
 */
export const verdictsWorstFirst = ['fail', 'error', 'inconclusive', 'pass'] as const;

export type Verdict = (typeof verdictsWorstFirst)[number];

/** The worst of several verdicts; of none it is `inconclusive`, since silence is never a pass (P5). */
export function worstVerdict(verdicts: readonly Verdict[]): Verdict {
  return verdictsWorstFirst.find((verdict) => verdicts.includes(verdict)) ?? 'inconclusive';
}

/** What CodeDeploy is told: it accepts these two words only (aws-facts 3.3). */
export function hookStatusOf(verdict: Verdict): 'Succeeded' | 'Failed' {
  return verdict === 'pass' ? 'Succeeded' : 'Failed';
}
