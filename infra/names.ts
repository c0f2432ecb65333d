import type { HookLifecycleEvent } from '../functions/core/lifecycle-events.ts';

export const controllerStackName = 'GreengateController';
export const sampleServiceStackName = 'GreengateSampleService';
export const stateMachineName = 'greengate-deploy';

/** Of the metrics that alarms watch. */
export const metricNamespace = 'Greengate';

/** CodeDeploy's managed policies allow only functions named `CodeDeployHook_*` (aws-facts 7.2). */
export const hookNamePrefix = 'CodeDeployHook_Greengate_';

export function hookName(lifecycleEvent: HookLifecycleEvent): string {
  return `${hookNamePrefix}${lifecycleEvent}`;
}

/** Names of the sample service, as greengate.yaml spells them. */
export const sample = {
  cluster: 'greengate-sample',
  service: 'shop',
  container: 'app',
  containerPort: 8080,
  healthPath: '/health',
  application: 'shop',
  deploymentGroup: 'shop',
  repository: 'team/shop',
  alarm: 'shop-5xx',
  productionPort: 80,
  testPort: 8080,
} as const;
