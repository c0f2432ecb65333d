import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ResourceContext } from '../../../simulator/cloudformation/resource-provider.ts';
import { ecsResources } from '../../../simulator/ecs/resources.ts';
import { EcsFixture } from './ecs-fixture.ts';

let fixture: EcsFixture;
beforeEach(() => {
  fixture = new EcsFixture();
});
afterEach(() => fixture.stop());

function create(type: string, properties: unknown) {
  const provider = ecsResources(fixture.model, fixture.world)[type];
  if (!provider) throw new Error(`no provider for ${type}`);
  const context: ResourceContext = {
    world: fixture.world,
    stackName: 'Sample',
    logicalId: 'Thing',
    generatedName: () => 'Sample-Thing-ABCDEFGHIJKL',
  };
  return provider.create(provider.properties.parse(properties) as never, context);
}

/** As the CDK writes it. */
const taskDefinition = (image: string) => ({
  Family: 'SampleTd',
  Cpu: '256',
  Memory: '512',
  NetworkMode: 'awsvpc',
  RequiresCompatibilities: ['FARGATE'],
  ExecutionRoleArn: 'arn:aws:iam::111122223333:role/execution',
  RuntimePlatform: { CpuArchitecture: 'ARM64', OperatingSystemFamily: 'LINUX' },
  ContainerDefinitions: [
    {
      Name: 'app',
      Image: image,
      Essential: 'true',
      Environment: [{ Name: 'PORT', Value: 8080 }],
      DockerLabels: { Team: 'shop' },
      PortMappings: [{ ContainerPort: '8080', Protocol: 'tcp' }],
      LogConfiguration: {
        LogDriver: 'awslogs',
        Options: {
          'awslogs-group': '/shop',
          'awslogs-region': 'eu-west-1',
          'awslogs-stream-prefix': 'app',
        },
      },
    },
  ],
  Tags: [{ Key: 'team', Value: 'shop' }],
});

const service = {
  Cluster: 'sample',
  ServiceName: 'shop',
  TaskDefinition: 'SampleTd',
  DesiredCount: 2,
  LaunchType: 'FARGATE',
  DeploymentController: { Type: 'CODE_DEPLOY' },
  DeploymentConfiguration: { MaximumPercent: 200, MinimumHealthyPercent: 100 },
  NetworkConfiguration: {
    AwsvpcConfiguration: {
      AssignPublicIp: 'DISABLED',
      Subnets: ['subnet-a'],
      SecurityGroups: ['sg-1'],
    },
  },
};

describe('ECS resources of a template', () => {
  it('create a cluster whose physical id is its name', async () => {
    expect(await create('AWS::ECS::Cluster', { ClusterName: 'greengate-sample' })).toEqual({
      physicalId: 'greengate-sample',
      attributes: { Arn: 'arn:aws:ecs:eu-west-1:111122223333:cluster/greengate-sample' },
    });
  });

  it('register a task definition in the spelling of the API', async () => {
    const { physicalId } = await create('AWS::ECS::TaskDefinition', taskDefinition('x:y'));
    expect(physicalId).toBe('arn:aws:ecs:eu-west-1:111122223333:task-definition/SampleTd:1');
    const { document, tags } = fixture.model.taskDefinitions.get(physicalId);
    expect([...tags]).toEqual([['team', 'shop']]);
    expect(document).toMatchObject({
      runtimePlatform: { cpuArchitecture: 'ARM64' },
      containerDefinitions: [
        {
          essential: true,
          environment: [{ name: 'PORT', value: '8080' }],
          dockerLabels: { Team: 'shop' },
          portMappings: [{ containerPort: 8080, hostPort: 8080 }],
          logConfiguration: {
            logDriver: 'awslogs',
            options: { 'awslogs-group': '/shop', 'awslogs-region': 'eu-west-1' },
          },
        },
      ],
    });
  });

  // Names of the CloudFormation reference, beside those of the API reference.
  it('register volumes in the spelling of the API', async () => {
    const document = taskDefinition(fixture.image('v1'));
    const [container] = document.ContainerDefinitions;
    const { physicalId } = await create('AWS::ECS::TaskDefinition', {
      ...document,
      ContainerDefinitions: [
        {
          ...container,
          MountPoints: [{ SourceVolume: 'scratch', ContainerPath: '/tmp', ReadOnly: 'false' }],
          LinuxParameters: { Tmpfs: [{ ContainerPath: '/run', Size: '16' }] },
        },
      ],
      Volumes: [
        { Name: 'scratch' },
        {
          Name: 'shared',
          EFSVolumeConfiguration: {
            FilesystemId: 'fs-1',
            TransitEncryption: 'ENABLED',
            TransitEncryptionPort: '2049',
            AuthorizationConfig: { AccessPointId: 'fsap-1', IAM: 'ENABLED' },
          },
        },
        { Name: 'files', S3FilesVolumeConfiguration: { FileSystemArn: 'arn:aws:s3files:x' } },
        {
          Name: 'windows',
          FSxWindowsFileServerVolumeConfiguration: { FileSystemId: 'fs-2', RootDirectory: 'share' },
        },
      ],
    });
    expect(fixture.model.taskDefinitions.get(physicalId).document).toMatchObject({
      containerDefinitions: [
        {
          mountPoints: [{ sourceVolume: 'scratch', containerPath: '/tmp', readOnly: false }],
          linuxParameters: { tmpfs: [{ containerPath: '/run', size: 16 }] },
        },
      ],
      volumes: [
        { name: 'scratch', host: {} },
        {
          name: 'shared',
          efsVolumeConfiguration: {
            fileSystemId: 'fs-1',
            rootDirectory: '/',
            transitEncryption: 'ENABLED',
            transitEncryptionPort: 2049,
            authorizationConfig: { accessPointId: 'fsap-1', iam: 'ENABLED' },
          },
        },
        { name: 'files', s3filesVolumeConfiguration: { fileSystemArn: 'arn:aws:s3files:x' } },
        { name: 'windows', fsxWindowsFileServerVolumeConfiguration: { fileSystemId: 'fs-2' } },
      ],
    });
  });

  it('create a service once its first task set is steady', async () => {
    await fixture.listener();
    await create('AWS::ECS::TaskDefinition', taskDefinition(fixture.image('v1')));
    const balanced = {
      ...service,
      LoadBalancers: [
        { ContainerName: 'app', ContainerPort: 8080, TargetGroupArn: fixture.blue.arn },
      ],
    };
    const created = await create('AWS::ECS::Service', balanced);
    expect(created).toEqual({
      physicalId: 'arn:aws:ecs:eu-west-1:111122223333:service/sample/shop',
      attributes: {
        Name: 'shop',
        ServiceArn: 'arn:aws:ecs:eu-west-1:111122223333:service/sample/shop',
      },
    });
    expect(fixture.elbv2.targetHealth(fixture.blue.arn).map(({ state }) => state)).toEqual([
      'healthy',
      'healthy',
    ]);
  });

  it('fail after an hour when the service never becomes steady, saying why tasks stop', async () => {
    await fixture.listener();
    await create('AWS::ECS::TaskDefinition', taskDefinition('missing:v1'));
    const balanced = {
      ...service,
      LoadBalancers: [
        { ContainerName: 'app', ContainerPort: 8080, TargetGroupArn: fixture.blue.arn },
      ],
    };
    const start = fixture.world.clock.now();
    await expect(Promise.resolve(create('AWS::ECS::Service', balanced))).rejects.toThrow(
      'Service shop did not stabilize within 60 minutes; last stopped task: CannotPullContainerError: missing:v1: not found',
    );
    expect(fixture.world.clock.now() - start).toBeGreaterThanOrEqual(3_600_000);
  });

  it('refuse a controller and a property that are not simulated', async () => {
    expect(() => create('AWS::ECS::Cluster', { Nonsense: 1 })).toThrow(/Nonsense/);
    await create('AWS::ECS::TaskDefinition', taskDefinition('x:y'));
    const external = { ...service, DeploymentController: { Type: 'EXTERNAL' } };
    await expect(
      Promise.resolve().then(() => create('AWS::ECS::Service', external)),
    ).rejects.toThrow('TaskDefinition must be blank.');
  });
});
