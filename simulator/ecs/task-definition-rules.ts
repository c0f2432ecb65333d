import type { ContainerDefinition, RegisterTaskDefinitionCommandInput } from '@aws-sdk/client-ecs';
import { AwsError } from '../core/aws-error.ts';
import { checkDependencies } from './container-dependency-rules.ts';
import { checkContainerMembers } from './container-rules.ts';
import { checkFargate } from './fargate-rules.ts';
import { checkEnumeratedValues } from './task-definition-values.ts';
import { checkTaskSize } from './task-size-rules.ts';
import { checkVolumes } from './volume-rules.ts';

/** Of a task; the sentence was observed. */
const mostContainers = 10;

const namePattern = /^[a-zA-Z0-9_-]{1,255}$/;

/** Throws what RegisterTaskDefinition answers; most problems are a ClientException (aws-facts 2.1). */
export function checkTaskDefinition(input: RegisterTaskDefinitionCommandInput): void {
  if (!input.family) throw clientError('Family should not be null or blank.');
  if (!namePattern.test(input.family)) {
    throw clientError(
      `Invalid family '${input.family}': use up to 255 letters, digits, hyphens and underscores.`,
    );
  }
  // Sentences as badmintoncryer/cdk-preflight measured them with AWS (rules pf-ecs-*).
  if ((input.inferenceAccelerators ?? []).length > 0) {
    throw clientError("Unsupported field 'inferenceAccelerators'.");
  }
  const containers = input.containerDefinitions ?? [];
  if (containers.length === 0) throw clientError('Container list cannot be empty.');
  if (containers.length > mostContainers) throw clientError('Too many containers.');
  for (const container of containers) checkContainer(container, input);
  checkSecrets(input);
  if (new Set(containers.map(({ name }) => name)).size < containers.length) {
    throw clientError('Container names must be unique within a task definition.');
  }
  if (!containers.some(({ essential }) => essential !== false)) {
    throw clientError("Task definition doesn't have any essential container.");
  }
  checkEnumeratedValues(input);
  checkPortNames(input);
  for (const container of containers) checkContainerMembers(container, input);
  checkVolumes(input);
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

function checkPortNames({
  containerDefinitions = [],
  networkMode,
}: RegisterTaskDefinitionCommandInput) {
  const names = containerDefinitions.flatMap(({ portMappings = [] }) =>
    portMappings.flatMap(({ name }) => (name ? [name] : [])),
  );
  if (new Set(names).size === names.length) return;
  throw clientError(
    networkMode === 'awsvpc'
      ? 'When networkMode=awsvpc, port mapping name is already used'
      : 'Port mapping name is already used',
  );
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

function clientError(message: string): AwsError {
  return new AwsError('ClientException', message);
}
