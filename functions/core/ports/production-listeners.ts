import type { Listener } from './load-balancing.ts';

/** Which listeners serve what stands behind a target group. */
export interface ProductionListeners {
  /** Those that forward requests to it, of every load balancer; empty when none does. */
  forwardingTo(targetGroupArn: string): Promise<Listener[]>;
}
