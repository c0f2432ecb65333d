import type { ContainerDefinition, RegisterTaskDefinitionCommandInput } from '@aws-sdk/client-ecs';
import { AwsError } from '../core/aws-error.ts';
import { isFargateSize } from './task-size-rules.ts';

// Sentences as badmintoncryer/cdk-preflight measured them with AWS (rules pf-ecs-*), unless noted.

const longestStopSeconds = 120;
const logDrivers = ['awslogs', 'splunk', 'awsfirelens'];

/** What Fargate refuses of a task definition that requires it. Throws AwsError ClientException. */
export function checkFargate(input: RegisterTaskDefinitionCommandInput): void {
  // The curly quotes are AWS's (aws/amazon-ecs-cli #1145).
  if (input.networkMode !== 'awsvpc') {
    throw clientError('Fargate only supports network mode ‘awsvpc’.');
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
  checkModes(input);
  checkVolumes(input);
  for (const container of input.containerDefinitions ?? []) checkContainer(container);
  checkExecutionRole(input);
}

function checkModes({
  ipcMode,
  pidMode,
  placementConstraints = [],
}: RegisterTaskDefinitionCommandInput) {
  if (ipcMode !== undefined) throw unsupported('ipcMode');
  if (pidMode !== undefined && pidMode !== 'task') {
    throw clientError(
      `Tasks using the Fargate launch type do not support pidMode '${pidMode}'. The supported value for pidMode is 'task'.`,
    );
  }
  if (placementConstraints.length > 0) throw unsupported('constraints');
}

function checkVolumes({ volumes = [] }: RegisterTaskDefinitionCommandInput): void {
  for (const { dockerVolumeConfiguration, host } of volumes) {
    if (dockerVolumeConfiguration) throw unsupported('dockerVolumeConfiguration');
    if (host?.sourcePath) throw unsupported('sourcePath');
  }
}

function checkContainer(container: ContainerDefinition): void {
  const { name, privileged, stopTimeout, linuxParameters, logConfiguration } = container;
  if (privileged) {
    throw clientError(
      'Fargate requires that the ‘privileged’ setting be ‘false’ at the container level.',
    );
  }
  if (stopTimeout !== undefined && (stopTimeout < 0 || stopTimeout > longestStopSeconds)) {
    throw clientError(
      `Invalid setting for container '${name}'. 'stopTimeout' must be between 0 and ${longestStopSeconds} seconds on Fargate.`,
    );
  }
  if ((container.dockerSecurityOptions ?? []).length > 0) {
    throw unsupported('dockerSecurityOptions');
  }
  if (container.resourceRequirements?.some(({ type }) => type === 'GPU')) {
    throw clientError(
      'Tasks using the Fargate launch type do not support GPU resource requirements.',
    );
  }
  if ((linuxParameters?.devices ?? []).length > 0) throw unsupported('devices');
  for (const member of ['sharedMemorySize', 'maxSwap'] as const) {
    if (linuxParameters?.[member] !== undefined) throw unsupported(member);
  }
  const added = linuxParameters?.capabilities?.add?.find((name) => name !== 'SYS_PTRACE');
  if (added !== undefined) throw clientError(`${added} is not allowed on Fargate.`);
  checkLogs(logConfiguration);
}

function checkLogs(logConfiguration: ContainerDefinition['logConfiguration']): void {
  if (!logConfiguration?.logDriver) return;
  const { logDriver, options } = logConfiguration;
  if (!logDrivers.includes(logDriver)) {
    throw clientError(
      `${logDriver} is not a valid log driver. Must be one of [${logDrivers.join(',')}]`,
    );
  }
  if (logDriver === 'awslogs' && !options?.['awslogs-stream-prefix']) {
    throw clientError(
      'Fargate requires log configuration options to include awslogs-stream-prefix to support log driver awslogs.',
    );
  }
}

function checkExecutionRole({
  containerDefinitions = [],
  executionRoleArn,
}: RegisterTaskDefinitionCommandInput): void {
  if (executionRoleArn) return;
  if (
    containerDefinitions.some(({ logConfiguration }) => logConfiguration?.logDriver === 'awslogs')
  ) {
    throw clientError(
      'Fargate requires task definition to have execution role ARN to support log driver awslogs.',
    );
  }
  if (
    containerDefinitions.some(({ image = '' }) =>
      /^\d{12}\.dkr\.ecr\..*\.amazonaws\.com/.test(image),
    )
  ) {
    throw clientError(
      'Fargate requires task definition to have execution role ARN to support ECR images.',
    );
  }
}

function unsupported(member: string): AwsError {
  return clientError(`Fargate compatible task definitions do not support ${member}`);
}

function clientError(message: string): AwsError {
  return new AwsError('ClientException', message);
}
