/** What one preflight check found; all of it is data (style habit 11). */
export type Finding =
  | { readonly status: 'OK'; readonly observed: string }
  /** Nothing to judge, and why; never a silent pass (promise P5). */
  | { readonly status: 'SKIP'; readonly reason: string }
  | {
      readonly status: 'NG';
      readonly expected: string;
      readonly observed: string;
      /** What to do about it, an order to a person: `Add a test listener to deployment group shop`. */
      readonly remedy: string;
    };

/** A finding together with the check that made it. */
export type CheckedFinding = Finding & {
  readonly check: string;
  readonly title: string;
  /** An NG that the configuration downgrades is a warning and refuses nothing. */
  readonly warnOnly: boolean;
  /** Set on an NG when AWS gave no answer for now (throttling, time used up): asking again may help. */
  readonly unanswered?: true;
};

/** Everything that one run of preflight found, in the order of the catalogue. */
export interface PreflightReport {
  readonly findings: readonly CheckedFinding[];
  readonly durationMs: number;
}

/** The NGs that refuse a release; those in `warnOnly` do not. */
export function refusals({ findings }: Pick<PreflightReport, 'findings'>): NotGood[] {
  return findings.filter(isNotGood).filter(({ warnOnly }) => !warnOnly);
}

export type NotGood = CheckedFinding & { readonly status: 'NG' };

export function isNotGood(finding: CheckedFinding): finding is NotGood {
  return finding.status === 'NG';
}
