import type { Approval } from '../approval/approval.ts';
import type { CheckResult } from '../checks/check-result.ts';
import type { HookReport } from '../hooks/hook-report.ts';
import type { Deployment, DeploymentTarget } from '../ports/deployments.ts';
import type { ExecutionIdentity, Release } from '../release.ts';
import type { Verdict } from '../verdict/verdict.ts';
import type { Actor } from '../workflow/actor.ts';
import type { StopRequest } from './stop-request.ts';

/** Everything that was learnt about a deployment that has ended; input of the conclusion. */
export interface DeploymentStory {
  readonly deployment: Deployment;
  readonly target: DeploymentTarget | undefined;
  readonly hooks: readonly HookReport[];
  /** Why Greengate itself had it stopped; missing when nobody or somebody else did. */
  readonly stop?: StopRequest;
  /** How the wait for a person's approval ended; missing when nobody was asked. */
  readonly approval?: Approval;
  /** The linked rollback, itself ended, and what its verification found. */
  readonly rollback:
    | { readonly deployment: Deployment; readonly checks: readonly CheckResult[] }
    | undefined;
}

/** How a deployment ended; errors are the public names of core/errors.ts. */
export type Ending =
  | { readonly outcome: 'deployed'; readonly reason: string }
  | {
      readonly outcome: 'rolled-back';
      readonly error: 'DeploymentRolledBack';
      readonly reason: string;
    }
  | {
      readonly outcome: 'superseded';
      readonly error: 'ReleaseSuperseded';
      readonly reason: string;
    }
  | {
      readonly outcome: 'failed';
      /** VerificationFailed is written by verify-release, after CodeDeploy had Succeeded. */
      readonly error:
        | 'DeploymentFailed'
        | 'RollbackFailed'
        | 'RollbackMissing'
        | 'VerificationFailed';
      readonly reason: string;
    };

/** What runs and what serves production, compared with the release. */
export interface ReleaseVerification {
  readonly verdict: Verdict;
  readonly sentence: string;
  readonly checks: readonly CheckResult[];
  /** ISO 8601. */
  readonly verifiedAt: string;
}

/** The whole story of one deployment, `deployments/<deploymentId>/record.json`. */
export type DeploymentRecord = Ending &
  DeploymentStory & {
    readonly deploymentId: string;
    readonly rollbackDeploymentId?: string;
    readonly release: Release;
    readonly taskDefinitionArn: string;
    readonly execution: ExecutionIdentity;
    readonly actor: Actor;
    /** ISO 8601. */
    readonly recordedAt: string;
    /** What verify-release found last; missing until it looked. */
    readonly verification?: ReleaseVerification;
    /** ISO 8601; missing until the notification went out. */
    readonly notifiedAt?: string;
  };
