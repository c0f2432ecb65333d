import type {
  Compatibility,
  ContainerDefinition,
  RegisterTaskDefinitionCommandInput,
  TaskDefinition,
  Volume,
} from '@aws-sdk/client-ecs';
import { healthCheckDefaults } from './container-health-check.ts';
import { parseSecretReference } from './secret-reference.ts';
import { isFargateSize, units } from './task-size-rules.ts';

export interface RegistrationFacts {
  readonly arn: string;
  readonly revision: number;
  readonly registeredAtMs: number;
  readonly registeredBy: string;
}

/** What DescribeTaskDefinition answers for a registration: defaults filled in, output-only members added (aws-facts 2.1). */
export function taskDefinitionDocument(
  { tags: _tags, taskRoleArn, executionRoleArn, ...others }: RegisterTaskDefinitionCommandInput,
  facts: RegistrationFacts,
): TaskDefinition {
  const input = {
    ...others,
    // An empty role is none: Ansible's ecs_taskdefinition sends one, and expects none back.
    ...(taskRoleArn && { taskRoleArn }),
    ...(executionRoleArn && { executionRoleArn }),
  };
  const awsvpc = input.networkMode === 'awsvpc';
  return {
    ...input,
    taskDefinitionArn: facts.arn,
    revision: facts.revision,
    status: 'ACTIVE',
    networkMode: input.networkMode ?? 'bridge',
    volumes: (input.volumes ?? []).map(withVolumeDefaults),
    placementConstraints: input.placementConstraints ?? [],
    containerDefinitions: (input.containerDefinitions ?? []).map((container) =>
      withDefaults(container, awsvpc),
    ),
    ...(input.cpu !== undefined && { cpu: units(input.cpu) }),
    ...(input.memory !== undefined && { memory: units(input.memory) }),
    requiresAttributes: requiredAttributes(input).map((name) => ({ name })),
    compatibilities: compatibilities(input),
    registeredAt: new Date(facts.registeredAtMs),
    registeredBy: facts.registeredBy,
  };
}

function withDefaults(container: ContainerDefinition, awsvpc: boolean): ContainerDefinition {
  return {
    ...container,
    cpu: container.cpu ?? 0,
    essential: container.essential ?? true,
    environment: container.environment ?? [],
    mountPoints: container.mountPoints ?? [],
    volumesFrom: container.volumesFrom ?? [],
    systemControls: container.systemControls ?? [],
    ...(container.healthCheck && {
      healthCheck: { ...healthCheckDefaults, ...container.healthCheck },
    }),
    portMappings: (container.portMappings ?? []).map((mapping) => ({
      ...mapping,
      hostPort: mapping.hostPort ?? (awsvpc ? mapping.containerPort : 0),
      protocol: mapping.protocol ?? 'tcp',
    })),
  };
}

/** A volume of nothing but a name is one of the host's; EFS is mounted at its root unless told. */
function withVolumeDefaults(volume: Volume): Volume {
  const { efsVolumeConfiguration: efs } = volume;
  if (efs) {
    return {
      ...volume,
      efsVolumeConfiguration: { ...efs, rootDirectory: efs.rootDirectory ?? '/' },
    };
  }
  return Object.keys(volume).length === 1 ? { ...volume, host: {} } : volume;
}

/** What AWS found the definition fit for: Fargate needs awsvpc and one of its sizes, ECS Anywhere anything but awsvpc. */
function compatibilities(input: RegisterTaskDefinitionCommandInput): Compatibility[] {
  if (input.networkMode !== 'awsvpc') return ['EXTERNAL', 'EC2'];
  return isFargateSize(input.cpu, input.memory) ? ['EC2', 'FARGATE'] : ['EC2'];
}

function requiredAttributes(input: RegisterTaskDefinitionCommandInput): string[] {
  const containers = input.containerDefinitions ?? [];
  const ecr = containers.some(({ image }) => image?.includes('.dkr.ecr.'));
  const awslogs = containers.some(
    ({ logConfiguration }) => logConfiguration?.logDriver === 'awslogs',
  );
  const valuesFrom = containers.flatMap(({ secrets = [] }) =>
    secrets.map(({ valueFrom = '' }) => parseSecretReference(valueFrom).source),
  );
  return [
    valuesFrom.includes('secretsmanager') && 'ecs.capability.secrets.asm.environment-variables',
    valuesFrom.includes('ssm') && 'ecs.capability.secrets.ssm.environment-variables',
    awslogs && 'com.amazonaws.ecs.capability.logging-driver.awslogs',
    awslogs && input.executionRoleArn && 'ecs.capability.execution-role-awslogs',
    ecr && 'com.amazonaws.ecs.capability.ecr-auth',
    ecr && input.executionRoleArn && 'ecs.capability.execution-role-ecr-pull',
    input.taskRoleArn && 'com.amazonaws.ecs.capability.task-iam-role',
    input.networkMode === 'awsvpc' && 'ecs.capability.task-eni',
    'com.amazonaws.ecs.capability.docker-remote-api.1.18',
  ].filter((name): name is string => Boolean(name));
}
