import type {
  CreateServiceCommandInput,
  LoadBalancer,
  TaskDefinition,
  UpdateServiceCommandInput,
} from '@aws-sdk/client-ecs';
import { AwsError } from '../core/aws-error.ts';
import { checkExternalService } from './external-rules.ts';

/** What CreateService may ask for, whatever the controller: Fargate replicas (aws-facts 2.3). Throws AwsError. */
export function checkCreateService(input: CreateServiceCommandInput): void {
  const controller = input.deploymentController?.type ?? 'ECS';
  checkFailureDetection(controller, input);
  if (controller === 'EXTERNAL') {
    checkExternalService(input);
    return;
  }
  if (controller !== 'CODE_DEPLOY' && controller !== 'ECS') {
    throw notSimulated(`services with the ${controller} deployment controller`);
  }
  if ((input.schedulingStrategy ?? 'REPLICA') !== 'REPLICA') {
    if (controller === 'CODE_DEPLOY') {
      throw invalidParameter(daemonRefusal(controller));
    }
    throw input.launchType === 'FARGATE'
      ? invalidParameter('DAEMON scheduling strategy is not supported for FARGATE.')
      : notSimulated(`scheduling strategy ${input.schedulingStrategy} (only REPLICA)`);
  }
  if (!input.serviceName || !/^[a-zA-Z0-9_-]{1,255}$/.test(input.serviceName)) {
    throw invalidParameter(`Invalid service name '${input.serviceName ?? ''}'.`);
  }
  if (!input.taskDefinition) throw invalidParameter('TaskDefinition can not be blank.');
  checkDesiredCount(input.desiredCount);
  // Measured by badmintoncryer/cdk-preflight (rule pf-ecs-service-platform-version-ec2).
  if (input.launchType === 'EC2' && input.platformVersion) {
    throw invalidParameter('The platform version must be null when specifying an EC2 launch type.');
  }
  checkSimulated(input);
  if (controller === 'CODE_DEPLOY') checkCodeDeployService(input);
}

/** Sentences of the developer guide, "Troubleshooting Amazon ECS deployment strategy updates". */
export function checkFailureDetection(
  controller: string,
  { deploymentConfiguration: given }: Pick<UpdateServiceCommandInput, 'deploymentConfiguration'>,
): void {
  if (controller === 'ECS') return;
  const feature =
    (given?.deploymentCircuitBreaker?.enable && 'Deployment circuit breaker') ||
    (given?.alarms?.enable && 'Alarm based rollback');
  if (!feature) return;
  throw invalidParameter(
    `${feature} feature is only supported with ECS deployment controller. Update to ECS deployment controller and try again.`,
  );
}

/** From the same page. */
export function daemonRefusal(controller: string): string {
  return `The ${controller} deployment controller type is not supported for services using the DAEMON scheduling strategy.`;
}

/** Refuses by name what tasks here would have to do without, whatever the controller. */
export function checkSimulated(input: CreateServiceCommandInput | UpdateServiceCommandInput): void {
  if (input.availabilityZoneRebalancing === 'ENABLED') {
    throw notSimulated('availabilityZoneRebalancing ENABLED');
  }
  if (input.serviceConnectConfiguration?.enabled) {
    throw notSimulated('serviceConnectConfiguration');
  }
  if ((input.volumeConfigurations ?? []).length > 0) throw notSimulated('volumeConfigurations');
  if ((input.vpcLatticeConfigurations ?? []).length > 0) {
    throw notSimulated('vpcLatticeConfigurations');
  }
}

/** Blue/green needs exactly one target group (aws-facts 2.3). */
function checkCodeDeployService(input: CreateServiceCommandInput): void {
  const count = (input.loadBalancers ?? []).length;
  // Measured by badmintoncryer/cdk-preflight (rule pf-ecs-service-codedeploy-lb).
  if (count === 0) {
    throw invalidParameter(
      'When specifying the CODE_DEPLOY deployment controller type, the service requires an Application Load Balancer or Network Load Balancer.',
    );
  }
  if (count > 1) {
    throw invalidParameter(
      'A service with a CODE_DEPLOY deployment controller needs exactly one load balancer target group.',
    );
  }
}

/** The load-balanced container and its port must be in the task definition. */
export function checkLoadBalancer(balancer: LoadBalancer, document: TaskDefinition): void {
  const { containerName, containerPort } = balancer;
  const container = document.containerDefinitions?.find(({ name }) => name === containerName);
  if (!container) {
    throw invalidParameter(`The container ${containerName} does not exist in the task definition.`);
  }
  if (!container.portMappings?.some((mapping) => mapping.containerPort === containerPort)) {
    throw invalidParameter(
      `The container ${containerName} did not have a container port ${containerPort} defined.`,
    );
  }
}

/** Everything that CodeDeploy alone may change under its controller (aws-facts 2.3). */
const codeDeployOwned: readonly (readonly [keyof UpdateServiceCommandInput, string])[] = [
  ['taskDefinition', 'task definition'],
  // Even when it stays as it is (pulumi/pulumi #3607, terraform-provider-aws #8005).
  ['networkConfiguration', 'network parameters'],
  ['platformVersion', 'platform version'],
  ['loadBalancers', 'load balancers'],
  ['serviceRegistries', 'service registries'],
  ['enableExecuteCommand', 'execute command'],
  ['availabilityZoneRebalancing', 'Availability Zone rebalancing'],
  ['serviceConnectConfiguration', 'service connect configuration'],
  ['volumeConfigurations', 'volume configurations'],
  ['vpcLatticeConfigurations', 'VPC Lattice configurations'],
];

export function checkUpdateService(input: UpdateServiceCommandInput): void {
  const refused = codeDeployOwned.find(
    // Ansible's ecs_service sends an empty task definition for such a service, which AWS takes for none.
    ([member]) => input[member] !== undefined && input[member] !== '',
  );
  if (refused) {
    throw invalidParameter(
      `Unable to update ${refused[1]} on services with a CODE_DEPLOY deployment controller. Use AWS CodeDeploy to trigger a new deployment.`,
    );
  }
  if (input.forceNewDeployment) {
    throw invalidParameter(
      'Cannot force a new deployment on services with a CODE_DEPLOY deployment controller. Use AWS CodeDeploy to trigger a new deployment.',
    );
  }
  if (input.capacityProviderStrategy !== undefined) throw mustForceDeployment();
  if (input.deploymentController && input.deploymentController.type !== 'CODE_DEPLOY') {
    throw notSimulated(`migration to the ${input.deploymentController.type} deployment controller`);
  }
}

export function invalidParameter(message: string): AwsError {
  return new AwsError('InvalidParameterException', message);
}

/** Tasks of one service (ECS endpoints and quotas, "Tasks per service"). */
const mostTasks = 5_000;

export function checkDesiredCount(count: number | undefined): void {
  if (count === undefined || (Number.isInteger(count) && count >= 0 && count <= mostTasks)) return;
  throw invalidParameter(`Invalid desired count ${count}.`);
}

/** Seen in kayac/ecspresso #481 and #977, and in reproio/ecs_deploy #74. */
export function mustForceDeployment(): AwsError {
  return invalidParameter(
    'When switching from launch type to capacity provider strategy on an existing service, or making a change to a capacity provider strategy on a service that is already using one, you must force a new deployment.',
  );
}

export function notSimulated(what: string): AwsError {
  return new AwsError('UnsupportedFeatureException', `Not simulated: ${what}`);
}
