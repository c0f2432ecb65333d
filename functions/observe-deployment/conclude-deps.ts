import type { Config } from '../core/config/schema.ts';
import type { Clock } from '../core/ports/clock.ts';
import type { Deployments } from '../core/ports/deployments.ts';
import type { EcsServices } from '../core/ports/ecs-services.ts';
import type { LoadBalancing } from '../core/ports/load-balancing.ts';
import type { Log } from '../core/ports/log.ts';
import type { Notifier } from '../core/ports/notifier.ts';
import type { ProbeTransport } from '../core/ports/probe-transport.ts';
import type { Records } from '../core/ports/records.ts';
import type { Workflow } from '../core/ports/workflow.ts';

/** What concluding a deployment takes; run-deployment and observe-deployment both do it. */
export interface ConcludeDeps {
  readonly config: Config;
  readonly deployments: Pick<Deployments, 'get' | 'group' | 'target' | 'list'>;
  readonly services: Pick<EcsServices, 'describeService'>;
  readonly loadBalancing: Pick<LoadBalancing, 'listener' | 'targetGroups'>;
  readonly probe: ProbeTransport;
  readonly records: Records;
  readonly notifier: Notifier;
  readonly workflow: Pick<Workflow, 'sendTaskSuccess' | 'sendTaskFailure'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly signal: AbortSignal;
}
