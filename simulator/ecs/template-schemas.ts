import type { ContainerDefinition } from '@aws-sdk/client-ecs';
import { z } from 'zod';
import { cfnBoolean, cfnNumber, cfnTags } from '../cloudformation/property-schemas.ts';
import { camelCase } from './camel-case.ts';

const text = z.union([z.string(), z.number()]).transform(String);
/** Nested data that is only carried, not interpreted. */
const carried = z.unknown().optional();

const containerDefinition = z
  .strictObject({
    Name: z.string(),
    Image: z.string(),
    Command: z.array(text).optional(),
    Cpu: cfnNumber.optional(),
    Memory: cfnNumber.optional(),
    MemoryReservation: cfnNumber.optional(),
    EntryPoint: z.array(text).optional(),
    Environment: z.array(z.strictObject({ Name: z.string(), Value: text })).optional(),
    EnvironmentFiles: carried,
    Essential: cfnBoolean.optional(),
    DependsOn: carried,
    DisableNetworking: cfnBoolean.optional(),
    DockerLabels: z.record(z.string(), z.string()).optional(),
    ExtraHosts: carried,
    HealthCheck: carried,
    Hostname: z.string().optional(),
    Interactive: cfnBoolean.optional(),
    LinuxParameters: carried,
    Links: carried,
    LogConfiguration: carried,
    MountPoints: carried,
    PortMappings: z
      .array(
        z.strictObject({
          ContainerPort: cfnNumber,
          HostPort: cfnNumber.optional(),
          Protocol: z.string().optional(),
          Name: z.string().optional(),
          AppProtocol: z.string().optional(),
        }),
      )
      .optional(),
    Privileged: cfnBoolean.optional(),
    PseudoTerminal: cfnBoolean.optional(),
    ReadonlyRootFilesystem: cfnBoolean.optional(),
    RepositoryCredentials: carried,
    RestartPolicy: carried,
    Secrets: carried,
    StartTimeout: cfnNumber.optional(),
    StopTimeout: cfnNumber.optional(),
    SystemControls: carried,
    Ulimits: carried,
    User: z.string().optional(),
    VersionConsistency: z.string().optional(),
    VolumesFrom: carried,
    WorkingDirectory: z.string().optional(),
  })
  .transform((definition) => camelCase(definition) as ContainerDefinition);

export const taskDefinitionProperties = z.strictObject({
  Family: z.string().optional(),
  ContainerDefinitions: z.array(containerDefinition),
  Cpu: text.optional(),
  Memory: text.optional(),
  NetworkMode: z.string().optional(),
  RequiresCompatibilities: z.array(z.string()).optional(),
  ExecutionRoleArn: z.string().optional(),
  TaskRoleArn: z.string().optional(),
  RuntimePlatform: z
    .strictObject({
      CpuArchitecture: z.string().optional(),
      OperatingSystemFamily: z.string().optional(),
    })
    .optional(),
  EphemeralStorage: carried,
  PlacementConstraints: carried,
  Volumes: z.array(z.unknown()).optional(),
  Tags: cfnTags,
});

export const clusterProperties = z.strictObject({
  ClusterName: z.string().optional(),
  ClusterSettings: z.array(z.strictObject({ Name: z.string(), Value: z.string() })).optional(),
  CapacityProviders: z.array(z.string()).optional(),
  Tags: cfnTags,
});

export const serviceProperties = z.strictObject({
  Cluster: z.string().optional(),
  ServiceName: z.string().optional(),
  TaskDefinition: z.string(),
  DesiredCount: cfnNumber.optional(),
  LaunchType: z.string().optional(),
  PlatformVersion: z.string().optional(),
  SchedulingStrategy: z.string().optional(),
  DeploymentController: z.strictObject({ Type: z.string().optional() }).optional(),
  DeploymentConfiguration: z
    .strictObject({
      MaximumPercent: cfnNumber.optional(),
      MinimumHealthyPercent: cfnNumber.optional(),
    })
    .optional(),
  EnableECSManagedTags: cfnBoolean.optional(),
  EnableExecuteCommand: cfnBoolean.optional(),
  HealthCheckGracePeriodSeconds: cfnNumber.optional(),
  LoadBalancers: z
    .array(
      z.strictObject({
        ContainerName: z.string(),
        ContainerPort: cfnNumber,
        TargetGroupArn: z.string(),
      }),
    )
    .optional(),
  NetworkConfiguration: z
    .strictObject({
      AwsvpcConfiguration: z.strictObject({
        AssignPublicIp: z.string().optional(),
        SecurityGroups: z.array(z.string()).optional(),
        Subnets: z.array(z.string()),
      }),
    })
    .optional(),
  PropagateTags: z.string().optional(),
  Tags: cfnTags,
});
