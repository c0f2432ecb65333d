import type { LoadBalancer, TaskDefinition } from '@aws-sdk/client-ecs';
import { invalidParameter } from './service-rules.ts';

export interface ServiceWishes {
  readonly enableExecuteCommand?: boolean | undefined;
  readonly healthCheckGracePeriodSeconds?: number | undefined;
}

/**
 * Commands in containers need a task role (aws/aws-toolkit-jetbrains #3649), a grace period needs a load balancer
 * (hashicorp/terraform-provider-aws #31104). Throws AwsError InvalidParameterException.
 */
export function checkServiceNeeds(
  done: 'created' | 'updated',
  { enableExecuteCommand, healthCheckGracePeriodSeconds = 0 }: ServiceWishes,
  { taskRoleArn }: TaskDefinition,
  loadBalancers: readonly LoadBalancer[],
): void {
  if (enableExecuteCommand && !taskRoleArn) {
    throw invalidParameter(
      `The service couldn't be ${done} because a valid taskRoleArn is not being used. Specify a valid task role in your task definition and try again.`,
    );
  }
  if (healthCheckGracePeriodSeconds > 0 && loadBalancers.length === 0) {
    throw invalidParameter(
      'Health check grace period is only valid for services configured to use load balancers',
    );
  }
}
