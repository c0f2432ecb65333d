import { describeHasNoResource, type Permission } from './statement.ts';

/** The pair of the deployment group, by name. */
export const readTargetGroups: Permission = {
  actions: ['elasticloadbalancing:DescribeTargetGroups'],
  resources: ['*'],
  wildcardReason: describeHasNoResource('Elastic Load Balancing'),
};

/** Listeners with their rules and balancer, and the groups they forward to. */
const listenerActions = [
  'elasticloadbalancing:DescribeListeners',
  'elasticloadbalancing:DescribeLoadBalancers',
  'elasticloadbalancing:DescribeRules',
  'elasticloadbalancing:DescribeTargetGroups',
];

export const readListeners: Permission = {
  actions: listenerActions,
  resources: ['*'],
  wildcardReason: describeHasNoResource('Elastic Load Balancing'),
};

export const readListenersAndTargetHealth: Permission = {
  ...readListeners,
  actions: [...listenerActions, 'elasticloadbalancing:DescribeTargetHealth'],
};
