import type { ContainerDefinition, RegisterTaskDefinitionCommandInput } from '@aws-sdk/client-ecs';
import { AwsError } from '../core/aws-error.ts';
import { checkDependencies } from './container-dependency-rules.ts';
import { checkContainerMembers } from './container-rules.ts';
import { checkTaskSize, isFargateSize } from './task-size-rules.ts';

const namePattern = /^[a-zA-Z0-9_-]{1,255}$/;

/** Throws what RegisterTaskDefinition answers; most problems are a ClientException (aws-facts 2.1). */
export function checkTaskDefinition(input: RegisterTaskDefinitionCommandInput): void {
  if (!input.family) throw clientError('Family should not be null or blank.');
  if (!namePattern.test(input.family)) {
    throw clientError(
      `Invalid family '${input.family}': use up to 255 letters, digits, hyphens and underscores.`,
    );
  }
  const containers = input.containerDefinitions ?? [];
  if (containers.length === 0) throw clientError('Container list cannot be empty.');
  for (const container of containers) checkContainer(container, input);
  checkSecrets(input);
  const names = containers.map(({ name }) => name);
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated !== undefined) {
    throw clientError(`Container.name '${repeated}' is not unique in the task definition.`);
  }
  if (!containers.some(({ essential }) => essential !== false)) {
    throw clientError('A task definition must have at least one essential container.');
  }
  for (const container of containers) checkContainerMembers(container, input);
  checkDependencies(containers);
  checkRoles(input);
  checkTaskSize(input);
  if (input.requiresCompatibilities?.includes('FARGATE')) checkFargate(input);
}

function checkContainer(
  container: ContainerDefinition,
  input: RegisterTaskDefinitionCommandInput,
): void {
  if (!container.name) throw clientError('Container.name should not be null or blank.');
  if (!namePattern.test(container.name)) {
    throw clientError(`Container.name contains invalid characters: '${container.name}'.`);
  }
  if (!container.image) throw clientError('Container.image should not be null or blank.');
  if (
    input.memory === undefined &&
    container.memory === undefined &&
    container.memoryReservation === undefined
  ) {
    throw clientError(
      `Invalid setting for container '${container.name}'. At least one of 'memory' or 'memoryReservation' must be specified.`,
    );
  }
  for (const { containerPort, hostPort } of container.portMappings ?? []) {
    const same = hostPort === undefined || hostPort === 0 || hostPort === containerPort;
    if (input.networkMode === 'awsvpc' && !same) {
      throw clientError(
        'When networkMode=awsvpc, the host ports and container ports in port mappings must match.',
      );
    }
  }
}

function checkSecrets({
  containerDefinitions = [],
  executionRoleArn,
}: RegisterTaskDefinitionCommandInput): void {
  for (const { name, secrets = [], environment = [] } of containerDefinitions) {
    if (secrets.length > 0 && !executionRoleArn) {
      throw clientError(
        "When you are specifying container secrets, you must also specify a value for 'executionRoleArn'.",
      );
    }
    for (const secret of secrets) {
      if (!secret.name || !secret.valueFrom) {
        throw clientError(`Secrets of container '${name}' must have a name and a valueFrom.`);
      }
      if (environment.some((variable) => variable.name === secret.name)) {
        throw clientError(
          `The secret name must be unique and not shared with any new or existing environment variables set on the container, such as '${secret.name}'.`,
        );
      }
    }
  }
}

/** A short name is fine, an ARN must be a role's (observed, "Role is not valid"). */
function checkRoles({ taskRoleArn, executionRoleArn }: RegisterTaskDefinitionCommandInput): void {
  for (const role of [taskRoleArn, executionRoleArn]) {
    if (role?.startsWith('arn:') && !/^arn:[^:]+:iam::\d{12}:role\/.+$/.test(role)) {
      throw clientError('Role is not valid');
    }
  }
}

function checkFargate(input: RegisterTaskDefinitionCommandInput): void {
  if (input.networkMode !== 'awsvpc') {
    throw clientError("Fargate only supports network mode 'awsvpc'.");
  }
  if (input.cpu === undefined || input.memory === undefined) {
    throw clientError(
      `Fargate requires that '${input.cpu === undefined ? 'cpu' : 'memory'}' be defined at the task level.`,
    );
  }
  if (!isFargateSize(input.cpu, input.memory)) {
    throw clientError(
      `No Fargate configuration exists for given values: ${input.cpu} CPU, ${input.memory} memory. See the Amazon ECS documentation for the valid values.`,
    );
  }
  const logs = input.containerDefinitions?.some(
    ({ logConfiguration }) => logConfiguration?.logDriver === 'awslogs',
  );
  if (logs && !input.executionRoleArn) {
    throw clientError(
      'Fargate requires task definition to have execution role ARN to support log driver awslogs.',
    );
  }
  const ecr = input.containerDefinitions?.some(({ image = '' }) =>
    /^\d{12}\.dkr\.ecr\..*\.amazonaws\.com/.test(image),
  );
  if (ecr && !input.executionRoleArn) {
    throw clientError(
      'Fargate requires task definition to have execution role ARN to support ECR images.',
    );
  }
}

function clientError(message: string): AwsError {
  return new AwsError('ClientException', message);
}
