import type { RollingServiceConfig } from '../core/config/strategy-of.ts';
import { ResourceNotFoundError, UnsupportedError } from '../core/errors.ts';
import type { EcsServices } from '../core/ports/ecs-services.ts';
import type { Listener } from '../core/ports/load-balancing.ts';
import type { ProductionListeners } from '../core/ports/production-listeners.ts';
import { chooseListener } from '../core/rolling/choose-listener.ts';

/**
 * The listener through which clients reach the service; a rolling update has no other. ResourceNotFoundError without
 * the service, UnsupportedError where no listener leads to it: nothing could be proven then (promise P5).
 */
export async function productionListener(
  { name, target }: RollingServiceConfig,
  deps: {
    readonly services: Pick<EcsServices, 'describeService'>;
    readonly productionListeners: ProductionListeners;
  },
): Promise<Listener> {
  const service = await deps.services.describeService(target.cluster, target.service);
  if (service === undefined) {
    throw new ResourceNotFoundError(
      `Cannot roll out "${name}": ECS has no service "${target.service}" in cluster "${target.cluster}"`,
    );
  }
  const groups = service.rolling?.targetGroupArns ?? [];
  const listeners = await Promise.all(
    groups.map((arn) => deps.productionListeners.forwardingTo(arn)),
  );
  const chosen = chooseListener(listeners.flat());
  if (chosen !== undefined) return chosen;
  throw new UnsupportedError(
    `Cannot roll out "${name}": no HTTP or HTTPS listener forwards to ECS service "${target.service}" (target groups: ${groups.join(', ') || 'none'}), need one to see how production answers`,
  );
}
