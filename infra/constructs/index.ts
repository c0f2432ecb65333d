// What `greengate/constructs` gives to CDK apps.
export { reportAndExit } from '../report-and-exit.ts';
export type { HookNetwork } from './controller-function.ts';
export { GreengateDashboard } from './environment/dashboard.ts';
export { GreengateLoadBalancer } from './environment/load-balancer.ts';
export { GreengateNetwork } from './environment/network.ts';
export type {
  Architecture,
  Capacity,
  Egress,
  GreengateDashboardProps,
  GreengateLoadBalancerProps,
  GreengateNetworkProps,
  GreengateRepositoryProps,
  GreengateServiceProps,
} from './environment/props.ts';
export { GreengateRepository } from './environment/repository.ts';
export { GreengateService } from './environment/service.ts';
export { GitHubDeployRole, type GitHubDeployRoleProps } from './github-deploy-role.ts';
export { GreengateController, type GreengateControllerProps } from './greengate-controller.ts';
