import type { CheckResult } from '../checks/check-result.ts';
import type { Ending } from '../deployment/deployment-record.ts';
import type { StopRequest } from '../deployment/stop-request.ts';
import type { ServiceDeployment } from '../ports/service-deployments.ts';
import type { ExecutionIdentity, Release } from '../release.ts';
import type { Actor } from '../workflow/actor.ts';
import type { RolloutProgress } from './rollout-progress.ts';

/** Everything that was learnt about a rollout that has ended; input of the conclusion. */
export interface RolloutStory {
  readonly rollout: ServiceDeployment;
  /** Why Greengate itself had it stopped, or went back after it; missing when nobody or somebody else did. */
  readonly stop?: StopRequest;
  /** Why nobody carried on what had all of production; missing where somebody did, or it is gone. */
  readonly unproven?: string;
  /** Id of the rollout that took production over before all was proven. */
  readonly overtakenBy?: string;
  /** What the service was found to run instead of the release alone, though its rollout had succeeded. */
  readonly unverified?: string;
  /** Why tasks of the release stopped, latest last. */
  readonly stoppedTasks: readonly string[];
  /** The way back, and what its verification found; missing where there was none. */
  readonly back?: {
    /** The rollout that brought the previous revision back after this one had succeeded. */
    readonly rollout?: ServiceDeployment;
    readonly checks: readonly CheckResult[];
    /** Id of the rollout that began before the way back was verified. */
    readonly overtakenBy?: string;
  };
}

/** The whole story of one rolling update, `deployments/<id>/record.json`. */
export type RolloutRecord = Ending &
  RolloutStory &
  Pick<RolloutProgress, 'phases' | 'answers'> & {
    readonly strategy: 'ecs-rolling';
    /** Id of the service deployment, the end of its ARN. */
    readonly deploymentId: string;
    readonly rollbackDeploymentId?: string;
    readonly release: Release;
    readonly taskDefinitionArn: string;
    readonly execution: ExecutionIdentity;
    readonly actor: Actor;
    /** Configured checks that a rolling update cannot carry out. */
    readonly notJudged: readonly string[];
    /** ISO 8601. */
    readonly recordedAt: string;
    /** ISO 8601; missing until the notification went out. */
    readonly notifiedAt?: string;
  };
