import type { HookReport } from '../../functions/core/hooks/hook-report.ts';
import type { DescribedExecution } from '../../functions/core/ports/executions.ts';
import type { CheckedFinding } from '../../functions/core/preflight/finding.ts';
import type { AnswersByRelease } from '../../functions/core/rolling/count-answers.ts';
import type { PhaseReport } from '../../functions/core/rolling/rollout-progress.ts';
import type { ReleaseEnd } from './release-end.ts';

/** What somebody who follows a release is told, one thing at a time. */
export type ReleaseNews =
  /** Nothing has been started for the image yet. */
  | { readonly kind: 'not-started'; readonly forMs: number }
  /** `earlier` when it was over before anybody asked: no newer push of the image started anything. */
  | { readonly kind: 'found'; readonly executionName: string; readonly earlier: boolean }
  | { readonly kind: 'state'; readonly name: string; readonly atMs: number }
  | { readonly kind: 'redriven'; readonly redrives: number }
  | { readonly kind: 'preflight'; readonly findings: readonly CheckedFinding[] }
  | { readonly kind: 'deployment'; readonly deploymentId: string }
  | { readonly kind: 'lifecycle'; readonly name: string; readonly status: string }
  | { readonly kind: 'hook'; readonly report: HookReport }
  /** Checks of a rolling update. */
  | { readonly kind: 'phase'; readonly report: PhaseReport }
  /** Probes that production answered since a rolling update began. */
  | { readonly kind: 'answers'; readonly since: AnswersByRelease }
  /** AWS does not answer for now; what is going on there does not depend on it. */
  | { readonly kind: 'connection-lost'; readonly sentence: string }
  | { readonly kind: 'connection-back'; readonly afterMs: number };

/** How following a release ended. */
export type Followed =
  | {
      readonly kind: 'ended';
      readonly execution: DescribedExecution;
      readonly end: ReleaseEnd;
      readonly findings: readonly CheckedFinding[];
      readonly hooks: readonly HookReport[];
      /** Of a rolling update. */
      readonly phases: readonly PhaseReport[];
    }
  /** The push was looked at, and nothing was to be released. */
  | { readonly kind: 'ignored'; readonly reason: string }
  | { readonly kind: 'never-started'; readonly afterMs: number }
  | { readonly kind: 'timed-out'; readonly executionArn: string; readonly afterMs: number };
