import type {
  ContainerDefinition,
  HealthCheck,
  RegisterTaskDefinitionCommandInput,
} from '@aws-sdk/client-ecs';
import { AwsError } from '../core/aws-error.ts';

const longestFargateStopSeconds = 120;

/** Rules of each container beyond its name, image and ports. Throws AwsError ClientException. */
export function checkContainerMembers(
  container: ContainerDefinition,
  input: RegisterTaskDefinitionCommandInput,
): void {
  checkHealthCheck(container);
  checkRestartPolicy(container);
  checkLogs(container);
  checkEnvironmentFiles(container);
  const { name, memory, memoryReservation, mountPoints = [], links = [] } = container;
  if (memory !== undefined && memory < 6) {
    throw clientError(`Invalid setting for container '${name}'. 'memory' must be at least 6 MiB.`);
  }
  if (memory !== undefined && memoryReservation !== undefined && memoryReservation > memory) {
    throw clientError(
      `Invalid setting for container '${name}'. The 'memory' must be greater than or equal to 'memoryReservation'.`,
    );
  }
  const volumes = (input.volumes ?? []).map((volume) => volume.name);
  const unknown = mountPoints.find(({ sourceVolume }) => !volumes.includes(sourceVolume));
  if (unknown) throw clientError(`Unknown volume '${unknown.sourceVolume}'.`);
  if (links.length > 0 && input.networkMode === 'awsvpc') {
    throw clientError('Links are not supported when networkMode=awsvpc.');
  }
  for (const { containerPort = 0 } of container.portMappings ?? []) {
    if (containerPort < 0 || containerPort > 65_535) {
      throw clientError(`Invalid port mapping. The container port ${containerPort} is invalid.`);
    }
  }
  if (input.requiresCompatibilities?.includes('FARGATE')) checkFargateContainer(container);
}

function checkFargateContainer({ name, privileged, stopTimeout }: ContainerDefinition): void {
  if (privileged) throw clientError('Fargate does not support privileged containers.');
  if (stopTimeout !== undefined && (stopTimeout < 0 || stopTimeout > longestFargateStopSeconds)) {
    throw clientError(
      `Invalid setting for container '${name}'. 'stopTimeout' must be between 0 and ${longestFargateStopSeconds} seconds on Fargate.`,
    );
  }
}

/** Bounds of the API reference (aws-facts 2.5). */
const healthCheckBounds: readonly (readonly [keyof HealthCheck, number, number])[] = [
  ['interval', 5, 300],
  ['timeout', 2, 60],
  ['retries', 1, 10],
  ['startPeriod', 0, 300],
];

function checkHealthCheck({ name, healthCheck }: ContainerDefinition): void {
  if (!healthCheck) return;
  const [kind, ...words] = healthCheck.command ?? [];
  if ((kind !== 'CMD' && kind !== 'CMD-SHELL') || words.length === 0) {
    throw clientError(
      `Invalid health check of container '${name}'. The command must start with CMD or CMD-SHELL.`,
    );
  }
  for (const [member, least, most] of healthCheckBounds) {
    const value = healthCheck[member];
    if (typeof value === 'number' && (value < least || value > most)) {
      throw clientError(
        `Invalid health check of container '${name}'. The ${member} must be between ${least} and ${most}.`,
      );
    }
  }
}

function checkRestartPolicy({ name, restartPolicy }: ContainerDefinition): void {
  const { restartAttemptPeriod: seconds, ignoredExitCodes = [] } = restartPolicy ?? {};
  if (seconds !== undefined && (seconds < 60 || seconds > 1_800)) {
    throw clientError(
      `Invalid restart policy of container '${name}'. The restartAttemptPeriod must be between 60 and 1800.`,
    );
  }
  if (ignoredExitCodes.length > 50) {
    throw clientError(
      `Invalid restart policy of container '${name}'. At most 50 exit codes can be ignored.`,
    );
  }
}

function checkLogs({ logConfiguration }: ContainerDefinition): void {
  if (logConfiguration?.logDriver !== 'awslogs') return;
  const { options = {} } = logConfiguration;
  const missing = ['awslogs-region', 'awslogs-group'].filter((option) => !options[option]);
  // Observed, klothoplatform/klotho #892.
  if (missing.length > 0) {
    throw clientError(`Log driver awslogs requires options: ${missing.join(', ')}`);
  }
}

function checkEnvironmentFiles({ name, environmentFiles = [] }: ContainerDefinition): void {
  const wrong = environmentFiles.find(
    ({ type, value = '' }) => type !== 's3' || !/^arn:[^:]+:s3:::[^/]+\/.+\.env$/.test(value),
  );
  if (wrong) {
    throw clientError(
      `Invalid environment file '${wrong.value}' of container '${name}'. Specify the ARN of an object in Amazon S3 whose name ends in .env.`,
    );
  }
}

function clientError(message: string): AwsError {
  return new AwsError('ClientException', message);
}
