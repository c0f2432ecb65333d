import { z } from 'zod';
import { cfnBoolean, cfnNumber, cfnTags } from '../cloudformation/property-schemas.ts';

/** AWS::Lambda::Function as far as it is modelled; images and file systems are not. */
export const functionProperties = z.strictObject({
  FunctionName: z.string().optional(),
  Code: z.union([
    z.strictObject({ S3Bucket: z.string(), S3Key: z.string() }),
    z.strictObject({ ZipFile: z.string().max(4 * 1024 * 1024) }),
  ]),
  Layers: z.array(z.string()).optional(),
  Handler: z.string(),
  Role: z.string(),
  Runtime: z.enum(['nodejs20.x', 'nodejs22.x', 'nodejs24.x']),
  PackageType: z.literal('Zip').optional(),
  Description: z.string().max(256).optional(),
  Timeout: cfnNumber.pipe(z.number().int().min(1).max(900)).optional(),
  MemorySize: cfnNumber.pipe(z.number().int().min(128).max(10_240)).optional(),
  Environment: z
    .strictObject({ Variables: z.record(z.string(), z.coerce.string()).optional() })
    .optional(),
  Architectures: z
    .array(z.enum(['arm64', 'x86_64']))
    .length(1)
    .optional(),
  ReservedConcurrentExecutions: cfnNumber.pipe(z.number().int().min(0)).optional(),
  TracingConfig: z.strictObject({ Mode: z.enum(['Active', 'PassThrough']) }).optional(),
  LoggingConfig: z
    .strictObject({
      LogFormat: z.enum(['Text', 'JSON']).optional(),
      LogGroup: z.string().optional(),
      ApplicationLogLevel: z.enum(['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL']).optional(),
      SystemLogLevel: z.literal('INFO').optional(),
    })
    .optional(),
  DeadLetterConfig: z.strictObject({ TargetArn: z.string().optional() }).optional(),
  VpcConfig: z
    .strictObject({
      SubnetIds: z.array(z.string()).optional(),
      SecurityGroupIds: z.array(z.string()).optional(),
      Ipv6AllowedForDualStack: cfnBoolean.optional(),
    })
    .optional(),
  EphemeralStorage: z
    .strictObject({ Size: cfnNumber.pipe(z.number().int().min(512).max(10_240)) })
    .optional(),
  Tags: cfnTags,
});

export type FunctionProperties = z.output<typeof functionProperties>;

export const permissionProperties = z.strictObject({
  Action: z.string(),
  FunctionName: z.string(),
  Principal: z.string(),
  SourceArn: z.string().optional(),
  SourceAccount: z.string().optional(),
});

export const layerVersionProperties = z.strictObject({
  LayerName: z.string().optional(),
  Description: z.string().max(256).optional(),
  Content: z.strictObject({ S3Bucket: z.string(), S3Key: z.string() }),
  CompatibleRuntimes: z.array(z.string()).optional(),
  CompatibleArchitectures: z.array(z.string()).optional(),
  LicenseInfo: z.string().max(512).optional(),
});

const destination = z.strictObject({ Destination: z.string() }).optional();

export const eventInvokeConfigProperties = z.strictObject({
  FunctionName: z.string(),
  Qualifier: z.string(),
  MaximumRetryAttempts: cfnNumber.pipe(z.number().int().min(0).max(2)).optional(),
  MaximumEventAgeInSeconds: cfnNumber.pipe(z.number().int().min(60).max(21_600)).optional(),
  DestinationConfig: z.strictObject({ OnFailure: destination, OnSuccess: destination }).optional(),
});

export const versionProperties = z.strictObject({
  FunctionName: z.string(),
  Description: z.string().max(256).optional(),
  CodeSha256: z.string().optional(),
});

export const aliasProperties = z.strictObject({
  FunctionName: z.string(),
  FunctionVersion: z.string(),
  Name: z.string(),
  Description: z.string().max(256).optional(),
  RoutingConfig: z
    .strictObject({
      AdditionalVersionWeights: z.array(
        z.strictObject({
          FunctionVersion: z.string(),
          FunctionWeight: cfnNumber.pipe(z.number().min(0).max(1)),
        }),
      ),
    })
    .optional(),
});

/** Of SQS queues; filters and the settings of streams are not modelled. */
export const eventSourceMappingProperties = z.strictObject({
  EventSourceArn: z.string(),
  FunctionName: z.string(),
  Enabled: cfnBoolean.optional(),
  BatchSize: cfnNumber.pipe(z.number().int()).optional(),
  MaximumBatchingWindowInSeconds: cfnNumber.pipe(z.number().int().min(0).max(300)).optional(),
  FunctionResponseTypes: z.array(z.literal('ReportBatchItemFailures')).optional(),
  Tags: cfnTags,
  FilterCriteria: z
    .strictObject({ Filters: z.array(z.strictObject({ Pattern: z.string() })).optional() })
    .optional(),
  ScalingConfig: z
    .strictObject({
      MaximumConcurrency: cfnNumber.pipe(z.number().int().min(2).max(1000)).optional(),
    })
    .optional(),
});
