import type { FaultPoint } from './fault-point.ts';
import type { PlayedPush } from './played-scenario.ts';

/** What AWS's APIs, the records and the journal show after a case; times are epoch milliseconds. */
export interface Reality {
  readonly faults: readonly FaultPoint[];
  readonly pushes: readonly PlayedPush[];
  readonly winner: PlayedPush | undefined;
  /** Of the image that served when the case began. */
  readonly digestBefore: string;
  readonly executions: readonly ObservedExecution[];
  readonly outcomes: readonly ObservedOutcome[];
  /** Of CodeDeploy, or rollouts of ECS; ways back among them, oldest first. */
  readonly deployments: readonly ObservedDeployment[];
  /** Of the service, or what ECS calls its deployments. */
  readonly taskSets: readonly ObservedTaskSet[];
  readonly desiredCount: number;
  readonly runningTaskDefinitions: readonly string[];
  /** Of the task definition that the primary task set runs. */
  readonly primaryDigest: string | undefined;
  readonly forwardings: readonly ObservedForwarding[];
  /** Revisions registered during the case, by the digest of their image. */
  readonly revisions: readonly { readonly arn: string; readonly digest: string }[];
  readonly notifications: readonly string[];
}

export interface ObservedExecution {
  readonly name: string;
  readonly digest: string;
  readonly status: string;
  readonly redriveCount: number;
  /** Of the last redrive. */
  readonly redrivenAtMs: number | undefined;
  readonly startedAtMs: number;
  readonly endedAtMs: number | undefined;
  /** As its output or cause tells it. */
  readonly told: string;
}

/** A `pushes/EVENT/SERVICE.json` that was written during the case. */
export interface ObservedOutcome {
  readonly key: string;
  readonly outcome: string;
  readonly reason: string;
  readonly digest: string;
  readonly executionName: string;
  readonly redriveCount: number;
  readonly deploymentId: string | undefined;
}

export interface ObservedDeployment {
  readonly id: string;
  /** That its execution was started for; undefined for a rollback. */
  readonly digest: string | undefined;
  readonly status: string;
  /** Whether it only brings back what was there before. */
  readonly isWayBack: boolean;
  /** Names the execution that it belongs to and its attempt. */
  readonly description: string;
  readonly createdAtMs: number;
  readonly endedAtMs: number | undefined;
  /** Instant from which users may see it: AllowTraffic's begin, or that of a rollout; undefined when they may not. */
  readonly trafficAtMs: number | undefined;
  /** Outcome of `deployments/ID/record.json`. */
  readonly recorded: string | undefined;
}

export interface ObservedTaskSet {
  readonly status: string;
  readonly stabilityStatus: string;
  readonly taskDefinitionArn: string;
  readonly targetGroupArn: string | undefined;
  readonly runningCount: number;
}

/** A listener's rule or default action that forwards, and how it shares out. */
export interface ObservedForwarding {
  readonly port: number;
  readonly weights: readonly { readonly targetGroupArn: string; readonly weight: number }[];
}
