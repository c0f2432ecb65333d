import type { World } from '../core/world.ts';
import type { WireService } from '../wire/operation.ts';
import { accountOperations } from './account-operations.ts';
import { addressOperations } from './address-operations.ts';
import { changeRuleOperations } from './change-rule-operations.ts';
import { classicLinkOperations } from './classic-link-operations.ts';
import { interfaceOperations } from './interface-operations.ts';
import type { InterfaceHolders } from './interfaces.ts';
import { internetGatewayOperations } from './internet-gateway-operations.ts';
import type { Ec2Model } from './model.ts';
import { modifyRuleOperations } from './modify-rule-operations.ts';
import { natGatewayOperations } from './nat-gateway-operations.ts';
import { routeAssociationOperations } from './route-association-operations.ts';
import { routeOperations } from './route-operations.ts';
import { routeTableOperations } from './route-table-operations.ts';
import { securityGroupLifecycle } from './security-group-lifecycle.ts';
import { securityGroupOperations } from './security-group-operations.ts';
import { subnetOperations } from './subnet-operations.ts';
import { tagOperations } from './tag-operations.ts';
import { vpcDefaultOperations } from './vpc-default-operations.ts';
import { vpcEndpointOperations } from './vpc-endpoint-operations.ts';
import { vpcOperations } from './vpc-operations.ts';

/** The part of the EC2 API that makes and describes networks, as far as services and balancers need them. */
export function ec2Wire(model: Ec2Model, world: World, holders: InterfaceHolders): WireService {
  return {
    name: 'ec2',
    operations: {
      ...accountOperations(model, world),
      ...vpcOperations(model, world),
      ...vpcDefaultOperations(model, world),
      ...classicLinkOperations(model, world),
      ...subnetOperations(model, world, holders),
      ...internetGatewayOperations(model, world),
      ...routeTableOperations(model, world),
      ...routeOperations(model),
      ...routeAssociationOperations(model),
      ...addressOperations(model, world),
      ...natGatewayOperations(model, world),
      ...vpcEndpointOperations(model, world),
      ...securityGroupLifecycle(model, world, holders),
      ...securityGroupOperations(model, world),
      ...changeRuleOperations(model, world),
      ...modifyRuleOperations(model),
      ...interfaceOperations(model, world, holders),
      ...tagOperations(model),
    },
  };
}
