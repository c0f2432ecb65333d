import type { ResourceProviders } from '../cloudformation/resource-provider.ts';
import { serviceApi } from '../cloudformation/service-api.ts';
import type { World } from '../core/world.ts';
import { interfaceResources } from './interface-resources.ts';
import type { InterfaceHolders } from './interfaces.ts';
import type { Ec2Model } from './model.ts';
import { vpcAccessoryResources, vpcResources } from './network-resources.ts';
import { networkLifecycles } from './resource-lifecycles.ts';
import { routingResources } from './routing-resources.ts';
import { securityGroupLifecycles } from './security-group-lifecycles.ts';
import { securityGroupResources } from './security-group-resources.ts';
import { ec2Wire } from './wire.ts';

const nobody: InterfaceHolders = { tasks: () => [], balancers: () => [] };

/** Types of networks. A deletion that the EC2 API refuses, for what still uses a resource, fails as there. */
export function ec2Resources(
  model: Ec2Model,
  world: World,
  holders: InterfaceHolders = nobody,
): ResourceProviders {
  const api = serviceApi(() => ec2Wire(model, world, holders));
  const created: ResourceProviders = {
    ...vpcResources(model, world),
    ...vpcAccessoryResources(model),
    ...interfaceResources(model),
    ...routingResources(model),
    ...securityGroupResources(model),
  };
  const lifecycles = {
    ...networkLifecycles(model, api),
    ...securityGroupLifecycles(model, api),
  };
  return Object.fromEntries(
    Object.entries(created).map(([type, provider]) => [
      type,
      { ...provider, ...(lifecycles[type] as object) },
    ]),
  );
}
