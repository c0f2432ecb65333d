import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { DockerImageAsset, Platform } from 'aws-cdk-lib/aws-ecr-assets';
import { CfnTaskDefinition } from 'aws-cdk-lib/aws-ecs';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { acknowledge } from '../../acknowledge.ts';
import { permittedRole } from '../../permissions/permitted-role.ts';
import { startTaskPermissions } from '../../permissions/task-permissions.ts';
import type { GreengateServiceProps } from './props.ts';
import { type ReferencedSecret, referencedSecret } from './referenced-secret.ts';
import { writableVolumes } from './writable-volumes.ts';

/** Task definition with the first image, its log group and its two roles. */
export class ServiceTask extends Construct {
  readonly definition: CfnTaskDefinition;
  readonly executionRole: Role;
  /** What the application may do: nothing, until somebody adds to it. */
  readonly taskRole: Role;

  constructor(scope: Construct, id: string, props: GreengateServiceProps) {
    super(scope, id);
    const { architecture = 'x86_64', serviceName } = props;
    // The first image comes with the stack: a service must run something before the first push (ADR 0001).
    const image = new DockerImageAsset(this, 'FirstImage', {
      directory: props.firstImageDirectory,
      platform: architecture === 'arm64' ? Platform.LINUX_ARM64 : Platform.LINUX_AMD64,
    });
    const logGroup = new LogGroup(this, 'Logs', {
      logGroupName: `/ecs/${props.clusterName ?? serviceName}/${serviceName}`,
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const secrets = Object.entries(props.secrets ?? {}).map(([name, reference]) => ({
      name,
      ...referencedSecret(Stack.of(this), reference),
    }));
    this.executionRole = this.#executionRole(
      [image.repository.repositoryArn, props.repository.repository.repositoryArn],
      logGroup.logGroupArn,
      secrets,
    );
    this.taskRole = new Role(this, 'TaskRole', {
      description: `The application ${serviceName}`,
      assumedBy: new ServicePrincipal('ecs-tasks.amazonaws.com'),
    });
    this.definition = this.#definition(props, image.imageUri, logGroup.logGroupName, secrets);
  }

  #executionRole(
    repositoryArns: string[],
    logGroupArn: string,
    secrets: readonly ReferencedSecret[],
  ): Role {
    return permittedRole(this, 'ExecutionRole', {
      description: 'Pulls images, reads secrets and writes logs for the tasks',
      assumedBy: new ServicePrincipal('ecs-tasks.amazonaws.com'),
      permissions: [
        ...startTaskPermissions(repositoryArns, logGroupArn),
        {
          actions: ['secretsmanager:GetSecretValue'],
          resources: [...new Set(secrets.map(({ permittedArn }) => permittedArn))],
        },
      ],
    });
  }

  #definition(
    props: GreengateServiceProps,
    image: string,
    logGroupName: string,
    secrets: readonly (ReferencedSecret & { readonly name: string })[],
  ): CfnTaskDefinition {
    const { architecture = 'x86_64', containerName = 'app', environment = {} } = props;
    const { volumes, mountPoints } = writableVolumes(props.writablePaths ?? []);
    const definition = new CfnTaskDefinition(this, 'Definition', {
      family: props.serviceName,
      cpu: String(props.cpu ?? 256),
      memory: String(props.memoryMiB ?? 512),
      networkMode: 'awsvpc',
      requiresCompatibilities: [props.capacity === 'ec2' ? 'EC2' : 'FARGATE'],
      runtimePlatform: {
        cpuArchitecture: architecture === 'arm64' ? 'ARM64' : 'X86_64',
        operatingSystemFamily: 'LINUX',
      },
      executionRoleArn: this.executionRole.roleArn,
      taskRoleArn: this.taskRole.roleArn,
      ...(volumes.length > 0 && { volumes }),
      containerDefinitions: [
        {
          name: containerName,
          image,
          essential: true,
          readonlyRootFilesystem: true,
          ...(mountPoints.length > 0 && { mountPoints }),
          portMappings: [{ containerPort: props.containerPort ?? 8080, protocol: 'tcp' }],
          ...(Object.keys(environment).length > 0 && {
            environment: Object.entries(environment).map(([name, value]) => ({ name, value })),
          }),
          ...(secrets.length > 0 && {
            secrets: secrets.map(({ name, valueFrom }) => ({ name, valueFrom })),
          }),
          logConfiguration: {
            logDriver: 'awslogs',
            options: {
              'awslogs-group': logGroupName,
              'awslogs-region': Stack.of(this).region,
              'awslogs-stream-prefix': containerName,
            },
          },
        },
      ],
    });
    // A stack update registers another revision and must not deregister the one that runs (aws-facts trap 16).
    definition.applyRemovalPolicy(RemovalPolicy.RETAIN);
    if (Object.keys(environment).length > 0) {
      acknowledge(definition, {
        'AwsSolutions-ECS2': 'Plain settings; what is secret comes from Secrets Manager',
      });
    }
    return definition;
  }
}
