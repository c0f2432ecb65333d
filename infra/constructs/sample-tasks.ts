import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Repository, TagMutability } from 'aws-cdk-lib/aws-ecr';
import { DockerImageAsset, Platform } from 'aws-cdk-lib/aws-ecr-assets';
import {
  Cluster,
  ContainerImage,
  ContainerInsights,
  CpuArchitecture,
  DeploymentControllerType,
  FargateService,
  FargateTaskDefinition,
  type ICluster,
  LogDrivers,
  OperatingSystemFamily,
} from 'aws-cdk-lib/aws-ecs';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Strategy } from '../../functions/core/config/schema.ts';
import { sample } from '../names.ts';
import { permittedRole } from '../permissions/permitted-role.ts';
import { startTaskPermissions } from '../permissions/task-permissions.ts';
import type { SampleLoadBalancer } from './sample-load-balancer.ts';
import type { SampleNetwork } from './sample-network.ts';

export interface SampleTasksProps {
  readonly network: SampleNetwork;
  readonly balancing: SampleLoadBalancer;
  /** Decides on the deployment controller, which a service keeps for ever (aws-facts 2.3). */
  readonly strategy: Strategy;
  /** Folder with the Dockerfile of the first image. */
  readonly workloadDirectory: string;
}

/** ECS goes back by itself when tasks fail, also where somebody else than Greengate deploys. */
const controllerOf = {
  codedeploy: { deploymentController: { type: DeploymentControllerType.CODE_DEPLOY } },
  'ecs-rolling': {
    deploymentController: { type: DeploymentControllerType.ECS },
    circuitBreaker: { enable: true, rollback: true },
  },
} as const;

/** Repository, cluster, task definition with its first image, and the service. */
export class SampleTasks extends Construct {
  readonly repository: Repository;
  readonly cluster: ICluster;
  readonly service: FargateService;
  readonly executionRole: Role;
  readonly taskRole: Role;

  constructor(scope: Construct, id: string, props: SampleTasksProps) {
    super(scope, id);
    this.repository = this.#repository();
    // The first image comes with the stack: a service must run something before the first push.
    const firstImage = new DockerImageAsset(this, 'FirstImage', {
      directory: props.workloadDirectory,
      platform: Platform.LINUX_AMD64,
    });
    const logGroup = new LogGroup(this, 'Logs', {
      logGroupName: `/ecs/${sample.cluster}/${sample.service}`,
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.executionRole = this.#executionRole(
      [firstImage.repository.repositoryArn, this.repository.repositoryArn],
      logGroup.logGroupArn,
    );
    this.taskRole = new Role(this, 'TaskRole', {
      description: 'The sample application: no permission on anything',
      assumedBy: new ServicePrincipal('ecs-tasks.amazonaws.com'),
    });
    const cluster = new Cluster(this, 'Cluster', {
      clusterName: sample.cluster,
      vpc: props.network.vpc,
      containerInsightsV2: ContainerInsights.ENABLED,
    });
    // CDK's classes do not satisfy their own interfaces under exactOptionalPropertyTypes.
    this.cluster = cluster as ICluster;
    this.service = this.#service(props, this.#taskDefinition(firstImage, logGroup));
  }

  /** Tags stay movable: pointing one back at an earlier image is a legitimate way back (design D1). */
  #repository(): Repository {
    return new Repository(this, 'Repository', {
      repositoryName: sample.repository,
      imageScanOnPush: true,
      imageTagMutability: TagMutability.MUTABLE,
      lifecycleRules: [
        {
          description: 'Keep the last 100 images, rollback targets among them',
          maxImageCount: 100,
        },
      ],
      // A sample leaves nothing behind when its stack goes.
      removalPolicy: RemovalPolicy.DESTROY,
      emptyOnDelete: true,
    });
  }

  #executionRole(repositoryArns: string[], logGroupArn: string): Role {
    return permittedRole(this, 'ExecutionRole', {
      description: 'Pulls images and writes logs for the tasks',
      assumedBy: new ServicePrincipal('ecs-tasks.amazonaws.com'),
      permissions: startTaskPermissions(repositoryArns, logGroupArn),
    });
  }

  #taskDefinition(firstImage: DockerImageAsset, logGroup: LogGroup): FargateTaskDefinition {
    const taskDefinition = new FargateTaskDefinition(this, 'TaskDefinition', {
      family: sample.service,
      cpu: 256,
      memoryLimitMiB: 512,
      runtimePlatform: {
        cpuArchitecture: CpuArchitecture.X86_64,
        operatingSystemFamily: OperatingSystemFamily.LINUX,
      },
      executionRole: this.executionRole.withoutPolicyUpdates(),
      taskRole: this.taskRole.withoutPolicyUpdates(),
    });
    // A stack update registers another revision and must not deregister the one that runs (aws-facts trap 16).
    taskDefinition.applyRemovalPolicy(RemovalPolicy.RETAIN);
    taskDefinition.addContainer(sample.container, {
      containerName: sample.container,
      image: ContainerImage.fromDockerImageAsset(firstImage),
      essential: true,
      readonlyRootFilesystem: true,
      portMappings: [{ containerPort: sample.containerPort }],
      logging: LogDrivers.awsLogs({ logGroup, streamPrefix: sample.container }),
    });
    return taskDefinition;
  }

  #service(
    { network, balancing, strategy }: SampleTasksProps,
    taskDefinition: FargateTaskDefinition,
  ) {
    const service = new FargateService(this, 'Service', {
      serviceName: sample.service,
      cluster: this.cluster,
      taskDefinition,
      desiredCount: 2,
      ...controllerOf[strategy],
      healthCheckGracePeriod: Duration.seconds(60),
      minHealthyPercent: 100,
      maxHealthyPercent: 200,
      vpcSubnets: network.taskSubnets,
      securityGroups: [network.taskSecurityGroup],
    });
    service.attachToApplicationTargetGroup(balancing.blue);
    service.node.addDependency(
      // CreateService refuses a target group that no load balancer refers to yet.
      balancing.productionListener,
      ...(balancing.pair ? [balancing.pair.testListener] : []),
      // Without the way out the first tasks cannot pull their image, and ECS backs off.
      network.egress,
    );
    return service;
  }
}
