import type { ResourceProviders } from '../cloudformation/resource-provider.ts';
import type { World } from '../core/world.ts';
import type { Ec2Model } from './model.ts';
import { vpcAccessoryResources, vpcResources } from './network-resources.ts';
import { routingResources } from './routing-resources.ts';
import { securityGroupResources } from './security-group-resources.ts';

export function ec2Resources(model: Ec2Model, world: World): ResourceProviders {
  return {
    ...vpcResources(model, world),
    ...vpcAccessoryResources(model),
    ...routingResources(model),
    ...securityGroupResources(model),
  };
}
