import type { ContainerDefinition, TaskDefinition } from '@aws-sdk/client-ecs';
import { AwsError } from '../core/aws-error.ts';
import { mountProblems } from './container-mounts.ts';
import { UnsupportedShellError } from './health-command/parse-shell.ts';
import { checkHealthCommand } from './health-command/run-health-command.ts';

/** Members that would change what a container does and that a process of this machine does not honour. */
const notSimulatedOfContainer = [
  'credentialSpecs',
  'firelensConfiguration',
  'links',
  'repositoryCredentials',
  'resourceRequirements',
] as const satisfies readonly (keyof ContainerDefinition)[];

const notSimulatedOfTask = [
  'inferenceAccelerators',
  'proxyConfiguration',
] as const satisfies readonly (keyof TaskDefinition)[];

/**
 * Refuses, by name, a task definition that the simulator could only run differently from AWS (style habit 22).
 * Registering such a one is fine: it round-trips.
 */
export function checkRunnable(document: TaskDefinition): void {
  const problems = [
    ...notSimulatedOfTask.filter((member) => isGiven(document[member])),
    ...(document.containerDefinitions ?? []).flatMap((container, index) => [
      ...notSimulatedOfContainer
        .filter((member) => isGiven(container[member]))
        .map((member) => `containerDefinitions[${index}].${member}`),
      ...mountProblems(document, container, index),
      ...logProblem(container, index),
      ...healthCheckProblem(container, index),
    ]),
    ...(document.networkMode === 'none' ? ['networkMode none'] : []),
    ...(isLinux(document) ? [] : ['runtimePlatform.operatingSystemFamily (only LINUX)']),
  ];
  if (problems.length === 0) return;
  throw new AwsError(
    'UnsupportedFeatureException',
    `Not simulated, in tasks of ${document.taskDefinitionArn}: ${problems.join(', ')}`,
  );
}

function logProblem({ logConfiguration }: ContainerDefinition, index: number): string[] {
  const driver = logConfiguration?.logDriver;
  if (driver === undefined || driver === 'awslogs') return [];
  return [`containerDefinitions[${index}].logConfiguration.logDriver ${driver}`];
}

function healthCheckProblem({ healthCheck }: ContainerDefinition, index: number): string[] {
  if (!healthCheck) return [];
  try {
    checkHealthCommand(healthCheck.command);
    return [];
  } catch (error) {
    if (!(error instanceof UnsupportedShellError)) throw error;
    return [`containerDefinitions[${index}].healthCheck: ${error.message}`];
  }
}

function isGiven(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : value !== undefined;
}

function isLinux(document: TaskDefinition): boolean {
  return (document.runtimePlatform?.operatingSystemFamily ?? 'LINUX') === 'LINUX';
}
