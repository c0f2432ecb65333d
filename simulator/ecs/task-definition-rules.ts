import type { ContainerDefinition, RegisterTaskDefinitionCommandInput } from '@aws-sdk/client-ecs';
import { AwsError } from '../core/aws-error.ts';

const namePattern = /^[a-zA-Z0-9_-]{1,255}$/;

/** Memory in MiB that Fargate offers with each number of CPU units. */
const fargateMemory: Readonly<Record<string, readonly number[]>> = {
  '256': [512, 1_024, 2_048],
  '512': steps(1_024, 4_096, 1_024),
  '1024': steps(2_048, 8_192, 1_024),
  '2048': steps(4_096, 16_384, 1_024),
  '4096': steps(8_192, 30_720, 1_024),
  '8192': steps(16_384, 61_440, 4_096),
  '16384': steps(32_768, 122_880, 8_192),
};

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

function checkFargate(input: RegisterTaskDefinitionCommandInput): void {
  if (input.networkMode !== 'awsvpc') {
    throw clientError("Fargate only supports network mode 'awsvpc'.");
  }
  if (input.cpu === undefined || input.memory === undefined) {
    throw clientError(
      `Fargate requires that '${input.cpu === undefined ? 'cpu' : 'memory'}' be defined at the task level.`,
    );
  }
  if (!fargateMemory[units(input.cpu)]?.includes(Number(units(input.memory)))) {
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
}

/** `1024`, `1 vCPU`, `2 GB` in units of 1/1024 vCPU or MiB. */
export function units(text: string): string {
  const [, amount, unit] = /^([\d.]+)\s*(vcpu|gb)$/i.exec(text.trim()) ?? [];
  return amount !== undefined && unit !== undefined ? String(Number(amount) * 1_024) : text.trim();
}

function steps(from: number, to: number, by: number): number[] {
  return Array.from({ length: (to - from) / by + 1 }, (_, index) => from + index * by);
}

function clientError(message: string): AwsError {
  return new AwsError('ClientException', message);
}
