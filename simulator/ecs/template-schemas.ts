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
  IpcMode: z.string().optional(),
  PidMode: z.string().optional(),
  EnableFaultInjection: cfnBoolean.optional(),
  InferenceAccelerators: carried,
  PlacementConstraints: carried,
  ProxyConfiguration: z
    .strictObject({
      Type: z.string().optional(),
      ContainerName: z.string(),
      ProxyConfigurationProperties: z
        .array(z.strictObject({ Name: z.string().optional(), Value: text.optional() }))
        .optional(),
    })
    // RegisterTaskDefinition calls them properties.
    .transform(({ ProxyConfigurationProperties: Properties, ...proxy }) => ({
      ...proxy,
      ...(Properties && { Properties }),
    }))
    .optional(),
  Volumes: z.array(z.unknown()).optional(),
  Tags: cfnTags,
});

export const capacityStrategy = z.array(
  z.strictObject({
    CapacityProvider: z.string(),
    Base: cfnNumber.optional(),
    Weight: cfnNumber.optional(),
  }),
);

export const loadBalancers = z.array(
  z.strictObject({
    ContainerName: z.string(),
    ContainerPort: cfnNumber,
    TargetGroupArn: z.string(),
  }),
);

export const networkConfiguration = z.strictObject({
  AwsvpcConfiguration: z.strictObject({
    AssignPublicIp: z.string().optional(),
    SecurityGroups: z.array(z.string()).optional(),
    Subnets: z.array(z.string()),
  }),
});

export const clusterProperties = z.strictObject({
  ClusterName: z.string().optional(),
  ClusterSettings: z.array(z.strictObject({ Name: z.string(), Value: z.string() })).optional(),
  CapacityProviders: z.array(z.string()).optional(),
  DefaultCapacityProviderStrategy: capacityStrategy.optional(),
  Configuration: z.record(z.string(), z.unknown()).optional(),
  ServiceConnectDefaults: z.strictObject({ Namespace: z.string() }).optional(),
  Tags: cfnTags,
});

export const capacityAssociationProperties = z.strictObject({
  Cluster: z.string(),
  CapacityProviders: z.array(z.string()),
  DefaultCapacityProviderStrategy: capacityStrategy,
});

export const serviceProperties = z.strictObject({
  Cluster: z.string().optional(),
  ServiceName: z.string().optional(),
  /** Services under the EXTERNAL controller have theirs in task sets. */
  TaskDefinition: z.string().optional(),
  DesiredCount: cfnNumber.optional(),
  LaunchType: z.string().optional(),
  PlatformVersion: z.string().optional(),
  SchedulingStrategy: z.string().optional(),
  DeploymentController: z.strictObject({ Type: z.string().optional() }).optional(),
  DeploymentConfiguration: z
    .strictObject({
      MaximumPercent: cfnNumber.optional(),
      MinimumHealthyPercent: cfnNumber.optional(),
      DeploymentCircuitBreaker: z
        .strictObject({ Enable: cfnBoolean, Rollback: cfnBoolean })
        .optional(),
      Alarms: z
        .strictObject({
          AlarmNames: z.array(z.string()),
          Enable: cfnBoolean,
          Rollback: cfnBoolean,
        })
        .optional(),
      Strategy: z.string().optional(),
      BakeTimeInMinutes: cfnNumber.optional(),
    })
    .optional(),
  AvailabilityZoneRebalancing: z.enum(['ENABLED', 'DISABLED']).optional(),
  CapacityProviderStrategy: capacityStrategy.optional(),
  PlacementConstraints: z.array(z.unknown()).optional(),
  PlacementStrategies: z.array(z.unknown()).optional(),
  Role: z.string().optional(),
  ServiceRegistries: z
    .array(
      z.strictObject({
        RegistryArn: z.string().optional(),
        ContainerName: z.string().optional(),
        ContainerPort: cfnNumber.optional(),
        Port: cfnNumber.optional(),
      }),
    )
    .optional(),
  ServiceConnectConfiguration: z.strictObject({ Enabled: z.literal(false) }).optional(),
  EnableECSManagedTags: cfnBoolean.optional(),
  EnableExecuteCommand: cfnBoolean.optional(),
  HealthCheckGracePeriodSeconds: cfnNumber.optional(),
  LoadBalancers: loadBalancers.optional(),
  NetworkConfiguration: networkConfiguration.optional(),
  PropagateTags: z.string().optional(),
  Tags: cfnTags,
});
