import type { Outcome } from '../../functions/core/release.ts';
import type { RoleUsage } from '../../simulator/iam/usage-report.ts';
import type { ReleaseTraffic } from './production-ledger.ts';

/** One piece of evidence: a check's verdict as the hook recorded it. */
export interface Evidence {
  readonly lifecycleEvent: string;
  readonly check: string;
  readonly verdict: string;
  readonly sentence: string;
  readonly expected: string;
  readonly observed: string;
  readonly samples: number;
}

/** How one attempt of a release went: the execution's first run, or a redrive of it. */
export interface Attempt {
  readonly outcome: Outcome;
  /** One sentence; for a failure with what was expected and what was seen. */
  readonly reason: string;
  readonly deploymentId: string | null;
  readonly rollbackDeploymentId: string | null;
  /** Production requests that this release's tasks answered during the attempt. */
  readonly productionRequests: number;
  readonly evidence: readonly Evidence[];
}

export interface ReleaseReport extends Attempt {
  readonly tag: string;
  readonly digest: string;
  readonly executionArn: string;
  /** Of the whole execution, redrives included. */
  readonly stateTransitions: number;
  /** AWS calls that Greengate's functions made for it, redrives included. */
  readonly apiCalls: number;
  readonly lambdaMs: number;
  readonly redrives: number;
  /** The attempt before the redrive, where there was one. */
  readonly beforeRedrive: Attempt | null;
}

export interface Expectation {
  readonly expectation: string;
  readonly held: boolean;
  readonly observed: string;
}

/** What `--json FILE` writes. */
export interface RehearsalReport {
  readonly ok: boolean;
  readonly wallSeconds: number;
  readonly virtualSeconds: number;
  readonly phases: readonly { readonly name: string; readonly wallSeconds: number }[];
  readonly releases: readonly ReleaseReport[];
  readonly production: {
    readonly requests: number;
    readonly errors: number;
    readonly byRelease: Readonly<Record<string, ReleaseTraffic>>;
  };
  readonly expectations: readonly Expectation[];
  /** Per role what it used, what it was granted and never used, and what was denied to it. */
  readonly roles: readonly RoleUsage[];
}
