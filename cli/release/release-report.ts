import type { HookReport } from '../../functions/core/hooks/hook-report.ts';
import type { DescribedExecution } from '../../functions/core/ports/executions.ts';
import type { CheckedFinding } from '../../functions/core/preflight/finding.ts';
import type { Outcome } from '../../functions/core/release.ts';
import type { PhaseReport } from '../../functions/core/rolling/rollout-progress.ts';
import type { WantedRelease } from './find-execution.ts';
import type { Followed } from './release-news.ts';

/** What became of one image, for machines (`--json`) and for what JUnit and Markdown are made of. */
export interface ReleaseReport {
  readonly service: string;
  readonly repository: string;
  readonly digest: string;
  /** `never-started` and `timed-out` are no outcomes: nothing is on record for them. */
  readonly outcome: Outcome | 'never-started' | 'timed-out';
  /** One sentence. */
  readonly reason: string;
  readonly executionName: string | undefined;
  readonly executionArn: string | undefined;
  readonly deploymentId: string | undefined;
  /** ISO 8601. */
  readonly startedAt: string | undefined;
  /** From the execution's start to its end. */
  readonly durationMs: number | undefined;
  readonly preflight: readonly CheckedFinding[];
  readonly hooks: readonly HookReport[];
  /** What the checks of a rolling update found last, phase by phase; empty where CodeDeploy deploys. */
  readonly phases: readonly PhaseReport[];
}

export function releaseReport(wanted: WantedRelease, followed: Followed): ReleaseReport {
  const { service, repository, digest } = wanted;
  const about = { service, repository, digest };
  const nothing = {
    executionName: undefined,
    executionArn: undefined,
    deploymentId: undefined,
    startedAt: undefined,
    durationMs: undefined,
    preflight: [],
    hooks: [],
    phases: [],
  };
  switch (followed.kind) {
    case 'ended': {
      const { execution, end, findings, hooks, phases } = followed;
      const { outcome, reason, deploymentId } = end;
      return {
        ...{ ...about, outcome, reason, ...times(execution), deploymentId },
        ...{ preflight: findings, hooks, phases },
      };
    }
    case 'ignored':
      return { ...about, ...nothing, outcome: 'ignored', reason: followed.reason };
    case 'never-started':
      return {
        ...{ ...about, ...nothing, outcome: 'never-started' },
        reason: `No execution was started for ${repository}@${digest} and service ${service} within ${Math.round(followed.afterMs / 1_000)} s: was it pushed to this account and Region, under a tag that the service takes?`,
      };
    case 'timed-out':
      return {
        ...{ ...about, ...nothing, outcome: 'timed-out', executionArn: followed.executionArn },
        reason: `The release is not over after ${Math.round(followed.afterMs / 1_000)} s; it goes on, only the waiting ended`,
      };
  }
}

function times({ executionName, executionArn, startedAtMs, endedAtMs }: DescribedExecution) {
  return {
    executionName,
    executionArn,
    startedAt: new Date(startedAtMs).toISOString(),
    durationMs: endedAtMs === undefined ? undefined : endedAtMs - startedAtMs,
  };
}
