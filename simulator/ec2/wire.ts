import type { World } from '../core/world.ts';
import type { WireService } from '../wire/operation.ts';
import { changeRuleOperations } from './change-rule-operations.ts';
import { interfaceOperations } from './interface-operations.ts';
import type { InterfaceHolders } from './interfaces.ts';
import type { Ec2Model } from './model.ts';
import { natGatewayOperations } from './nat-gateway-operations.ts';
import { networkOperations } from './network-operations.ts';
import { routeTableOperations } from './route-table-operations.ts';
import { securityGroupOperations } from './security-group-operations.ts';

/** What the EC2 API tells about networks; templates make them, only rules of security groups change. */
export function ec2Wire(model: Ec2Model, world: World, holders: InterfaceHolders): WireService {
  return {
    name: 'ec2',
    operations: {
      ...networkOperations(model, world, holders),
      ...securityGroupOperations(model, world),
      ...changeRuleOperations(model),
      ...routeTableOperations(model, world),
      ...natGatewayOperations(model),
      ...interfaceOperations(model, world, holders),
    },
  };
}
