import type { ServiceRegistry, TaskDefinition } from '@aws-sdk/client-ecs';
import type { World } from '../core/world.ts';
import { checkLoadBalancer, invalidParameter } from './service-rules.ts';

/**
 * What ECS asks of a registry (API reference, ServiceRegistry; developer guide, "Service discovery
 * considerations"). The words are AWS's where a thread is named, else ours. Throws AwsError InvalidParameterException.
 */
export function checkServiceRegistries(
  { services }: World,
  registries: readonly ServiceRegistry[] = [],
  document: TaskDefinition,
): void {
  const [registry] = registries;
  if (!registry) return;
  // "Multiple service registries for each service are not supported."
  if (registries.length > 1) throw invalidParameter('A service has at most one service registry.');
  const { registryArn = '', containerName, containerPort, port } = registry;
  const known = services.servicediscovery.registry(registryArn);
  if (!known) throw invalidParameter(`The service registry ${registryArn} does not exist.`);
  const named = containerName !== undefined && containerPort !== undefined;
  const needsPort = known.recordTypes.includes('SRV');
  if (document.networkMode !== 'awsvpc') {
    // aws/aws-cdk #29245
    if (!named) {
      throw invalidParameter(
        "When specifying 'host' or 'bridge' for networkMode, values for 'containerName' and 'containerPort' must be specified from the task definition.",
      );
    }
    if (!needsPort && known.recordTypes.length > 0) {
      throw invalidParameter('Tasks without a network interface of their own need SRV records.');
    }
  } else if (known.recordTypes.length > 0 && !needsPort) {
    const useless = (['containerPort', 'port'] as const).find((each) => registry[each]);
    if (useless) {
      // umotif-public/terraform-aws-ecs-fargate #25
      throw invalidParameter(
        `The values specified for serviceRegistries do not require a value for '${useless}'. Remove the value and retry.`,
      );
    }
  } else if (needsPort && named === (port !== undefined)) {
    throw invalidParameter(
      "SRV records need either 'containerName' and 'containerPort', or 'port', but not both.",
    );
  }
  if (named) checkLoadBalancer({ containerName, containerPort }, document);
}
