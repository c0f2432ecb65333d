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
};
