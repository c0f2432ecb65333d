import type { Config } from '../core/config/schema.ts';
import type { RollingServiceConfig } from '../core/config/strategy-of.ts';
import type { GateDeps } from '../core/gates/hold-release.ts';
import type { Alarms } from '../core/ports/alarms.ts';
import type { Clock } from '../core/ports/clock.ts';
import type { EcsServices } from '../core/ports/ecs-services.ts';
import type { ImageRegistry } from '../core/ports/image-registry.ts';
import type { Log } from '../core/ports/log.ts';
import type { Notifier } from '../core/ports/notifier.ts';
import type { ProbeTransport } from '../core/ports/probe-transport.ts';
import type { ProductionListeners } from '../core/ports/production-listeners.ts';
import type { Records } from '../core/ports/records.ts';
import type { ServiceDeployments } from '../core/ports/service-deployments.ts';
import type { RolloutProgress } from '../core/rolling/rollout-progress.ts';
import type { CheckDeps } from '../lifecycle-hook/run-checks.ts';
import type { TaskEndDeps } from '../observe-task/read-task-ends.ts';

/** What bringing a rollout to its recorded end takes; observe-execution does it too. */
export interface ConcludeRolloutDeps {
  readonly config: Config;
  readonly serviceDeployments: ServiceDeployments;
  readonly services: EcsServices;
  readonly productionListeners: ProductionListeners;
  readonly probe: ProbeTransport;
  readonly records: Records;
  readonly notifier: Notifier;
  readonly clock: Clock;
  readonly log: Log;
  readonly signal: AbortSignal;
}

export interface RollOutDeps extends ConcludeRolloutDeps, GateDeps, TaskEndDeps, CheckDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly images: ImageRegistry;
  readonly alarms: Alarms;
  /** Left of the invocation, in milliseconds. */
  readonly remainingMs: () => number;
}

/** One rollout of ours, and what is known of it so far. */
export interface WatchedRollout {
  readonly arn: string;
  readonly service: RollingServiceConfig;
  readonly progress: RolloutProgress;
}
