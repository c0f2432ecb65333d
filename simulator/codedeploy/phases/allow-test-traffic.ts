import { setTestTraffic, targetGroupPair } from '../production-route.ts';
import { lifecycleEvent } from './lifecycle-event.ts';
import type { PhaseContext } from './phase-context.ts';

/** Points the test listener at the replacement. */
export function allowTestTraffic(context: PhaseContext, testListenerArn: string): Promise<void> {
  return lifecycleEvent(context, 'AllowTestTraffic', async () => {
    const { world, deployment, target } = context;
    await world.clock.sleep(world.settings.trafficShiftMs, { signal: deployment.signal });
    const pair = targetGroupPair(world, deployment.order.group, target);
    setTestTraffic(world, deployment.role, testListenerArn, pair, pair.replacementArn);
  });
}
