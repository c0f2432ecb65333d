import type {
  ContainerDefinition,
  HealthCheck,
  RegisterTaskDefinitionCommandInput,
} from '@aws-sdk/client-ecs';
import { AwsError } from '../core/aws-error.ts';

const mostEnvironmentFiles = 10;

/** Options of the awslogs driver (Docker's and the ECS agent's documentation). */
const awslogsOptions = [
  'awslogs-create-group',
  'awslogs-credentials-endpoint',
  'awslogs-datetime-format',
  'awslogs-endpoint',
  'awslogs-force-flush-interval-seconds',
  'awslogs-format',
  'awslogs-group',
  'awslogs-max-buffered-events',
  'awslogs-multiline-pattern',
  'awslogs-region',
  'awslogs-stream',
  'awslogs-stream-prefix',
  'max-buffer-size',
  'mode',
  'tag',
];

// Sentences as badmintoncryer/cdk-preflight measured them with AWS (rules pf-ecs-*), unless noted.

/** Rules of each container beyond its name, image and ports. Throws AwsError ClientException. */
export function checkContainerMembers(
  container: ContainerDefinition,
  input: RegisterTaskDefinitionCommandInput,
): void {
  checkHealthCheck(container);
  checkRestartPolicy(container);
  checkLogs(container);
  checkEnvironmentFiles(container);
  const { name, memory, memoryReservation, links = [] } = container;
  if (memory !== undefined && memory < 6) {
    throw clientError(`Invalid setting for container '${name}'. 'memory' must be at least 6 MiB.`);
  }
  if (memory !== undefined && memoryReservation !== undefined && memoryReservation > memory) {
    throw clientError(
      `Invalid setting for container '${name}'. The 'memory' must be greater than or equal to 'memoryReservation'.`,
    );
  }
  if (links.length > 0 && input.networkMode === 'awsvpc') {
    throw clientError('Links are not supported when networkMode=awsvpc.');
  }
  for (const { containerPort = 0 } of container.portMappings ?? []) {
    if (containerPort < 0 || containerPort > 65_535) {
      throw clientError(`Invalid port mapping. The container port ${containerPort} is invalid.`);
    }
  }
  if (input.networkMode === 'awsvpc') checkOwnNetwork(container);
}

/** What a task with a network interface of its own leaves to it. */
function checkOwnNetwork({
  hostname,
  dnsServers = [],
  disableNetworking,
}: ContainerDefinition): void {
  const refused = 'supported on container when networkMode=awsvpc.';
  if (hostname) throw clientError(`hostname is not ${refused}`);
  if (dnsServers.length > 0) throw clientError(`DNS servers are not ${refused}`);
  if (disableNetworking) throw clientError(`Disable Networking is not ${refused}`);
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
    if (typeof value !== 'number') continue;
    if (value > most) {
      throw clientError(
        `Health check ${member} must be less than or equal to the maximum allowed value ${most} for container '${name}'`,
      );
    }
    // The other half is ours.
    if (value < least) {
      throw clientError(
        `Health check ${member} must be greater than or equal to the minimum allowed value ${least} for container '${name}'`,
      );
    }
  }
}

function checkRestartPolicy({ name, restartPolicy }: ContainerDefinition): void {
  const { restartAttemptPeriod: seconds, ignoredExitCodes = [] } = restartPolicy ?? {};
  if (seconds !== undefined && (seconds < 60 || seconds > 1_800)) {
    throw clientError(
      `The 'restartAttemptPeriod' setting for container '${name}' must be between 60 and 1800.`,
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
  const strange = Object.keys(options).filter((option) => !awslogsOptions.includes(option));
  // Observed, aws-samples/amazon-ecs-firelens-examples #83.
  if (strange.length > 0) {
    throw clientError(`Log driver awslogs disallows options: ${strange.join(', ')}`);
  }
}

function checkEnvironmentFiles({ name, environmentFiles = [] }: ContainerDefinition): void {
  if (environmentFiles.length > mostEnvironmentFiles) {
    throw clientError(
      'The maximum number of environment files was exceeded. Specify ten or less and try again.',
    );
  }
  for (const { type, value = '' } of environmentFiles) {
    if (!value.startsWith('arn:')) throw clientError('Invalid arn syntax.');
    if (type === 's3' && /^arn:[^:]+:s3:::[^/]+\/.+\.env$/.test(value)) continue;
    throw clientError(
      `Invalid environment file '${value}' of container '${name}'. Specify the ARN of an object in Amazon S3 whose name ends in .env.`,
    );
  }
}

function clientError(message: string): AwsError {
  return new AwsError('ClientException', message);
}
