import type { HookLifecycleEvent } from '../core/lifecycle-events.ts';
import type { Listener } from '../core/ports/load-balancing.ts';

/** From where the checks of a lifecycle event look at the release. */
export interface Vantage {
  readonly lifecycleEvent: HookLifecycleEvent;
  readonly deploymentId: string;
  /** Name of the service in greengate.yaml. */
  readonly service: string;
  /** Image reference of the replacement; undefined when nothing tells it. */
  readonly image: string | undefined;
  /** Serves what is judged. */
  readonly listener: Listener;
  /** Serves the original while the replacement is judged; undefined when nothing does. */
  readonly originalListener: Listener | undefined;
}
