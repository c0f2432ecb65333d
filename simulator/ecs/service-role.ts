import type { CreateServiceCommandInput } from '@aws-sdk/client-ecs';
import { arn } from '../core/arns.ts';
import type { World } from '../core/world.ts';
import { invalidParameter } from './service-rules.ts';

const servicePrincipal = 'ecs.amazonaws.com';

/**
 * The role with which ECS registers a service's targets: the one that is named, else the service-linked one. Only
 * services with one target group, and tasks without a network interface of their own, may name one (API reference,
 * CreateService, role). Throws AwsError InvalidParameterException.
 */
export function serviceRole(
  world: World,
  input: CreateServiceCommandInput,
  networkMode: string | undefined,
): string {
  const { role, loadBalancers = [] } = input;
  const named = (name: string) => arn({ ...world.identity, region: '' }, 'iam', `role/${name}`);
  if (!role) return named('aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS');
  // hashicorp/terraform-provider-aws #4657; several target groups: cloudformation-coverage-roadmap #1804.
  if (
    networkMode === 'awsvpc' ||
    input.deploymentController?.type === 'EXTERNAL' ||
    loadBalancers.length > 1
  ) {
    throw invalidParameter(
      'You cannot specify an IAM role for services that require a service linked role.',
    );
  }
  // AWS asks for a balancer as well; the words are ours.
  const [balancer] = loadBalancers;
  if (!balancer) throw invalidParameter('A role is only permitted for services with a balancer.');
  const roleArn = role.startsWith('arn:') ? role : named(role);
  checkPermission(world, roleArn);
  return roleArn;
}

/** aws/amazon-ecs-cli #21; a role without trust in ECS: hashicorp/terraform #5442. */
function checkPermission(world: World, roleArn: string): void {
  const { allowed } = world.services.iam.authorize({
    roleArn,
    servicePrincipal,
    action: 'elasticloadbalancing:DescribeTargetGroups',
    resource: '*',
  });
  if (allowed) return;
  throw invalidParameter(
    'Unable to assume role and validate the specified targetGroupArn. Please verify that the ECS service role being passed has the proper permissions.',
  );
}
