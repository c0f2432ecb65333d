import type { CreateDeploymentGroupInput } from '@aws-sdk/client-codedeploy';
import { arn } from '../core/arns.ts';
import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import type { DeploymentGroup } from './deployment-group.ts';
import { ServiceRole } from './service-role.ts';

/** The one ECS service of a group; both may be given by ARN (awscli, customizations/ecs/deploy.py). */
export function readService(
  given: CreateDeploymentGroupInput['ecsServices'],
): Pick<DeploymentGroup, 'cluster' | 'service'> {
  const [service, ...more] = given ?? [];
  if (!service?.serviceName || !service.clusterName || more.length > 0) {
    throw invalidService(
      'A deployment group must have exactly one ECS service, by cluster and service name',
    );
  }
  return { cluster: nameOf(service.clusterName), service: nameOf(service.serviceName) };
}

/**
 * A group that is made, or gets another service, loads it as its role. Sentences as users quote them
 * (aws-facts 3.6 has the exception; the cause of a missing one is ours).
 */
export function requireDeployableService(world: World, group: DeploymentGroup): void {
  const { cluster, service } = group;
  const unreadable = (cause: string) =>
    invalidService(
      `Could not load ECS service information for cluster: ${cluster}, service: ${service}. Cause: ${cause}`,
    );
  const serviceArn = arn(world.identity, 'ecs', `service/${cluster}/${service}`);
  const decision = new ServiceRole(world, group).askOnService('ecs:DescribeServices', serviceArn);
  if (!decision.allowed) throw unreadable(decision.message);
  const found = world.services.ecs.service(cluster, service);
  if (!found) throw unreadable('The service could not be found.');
  if (found.deploymentController === 'CODE_DEPLOY') return;
  throw invalidService(
    "Deployment group's ECS service must be configured for a CODE_DEPLOY deployment controller.",
  );
}

function nameOf(reference: string): string {
  return reference.startsWith('arn:') ? reference.slice(reference.lastIndexOf('/') + 1) : reference;
}

function invalidService(message: string): AwsError {
  return new AwsError('InvalidECSServiceException', message);
}
