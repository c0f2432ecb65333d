import type { World } from '../core/world.ts';
import type { WireService } from '../wire/operation.ts';
import type { Elbv2Model } from './model.ts';
import { accountOperations } from './wire-account.ts';
import { balancerChangeOperations } from './wire-balancer-changes.ts';
import { listenerOperations } from './wire-listeners.ts';
import { loadBalancerOperations } from './wire-load-balancers.ts';
import { ruleOperations } from './wire-rules.ts';
import { targetGroupOperations } from './wire-target-groups.ts';
import { targetOperations } from './wire-targets.ts';

/** The Elastic Load Balancing v2 API, as far as Application Load Balancers with ip targets need it. */
export function elbv2Wire(model: Elbv2Model, world: World): WireService {
  return {
    name: 'elastic-load-balancing-v2',
    operations: {
      ...accountOperations(),
      ...loadBalancerOperations(model, world),
      ...balancerChangeOperations(model, world),
      ...listenerOperations(model),
      ...ruleOperations(model),
      ...targetGroupOperations(model),
      ...targetOperations(model, world),
    },
  };
}
