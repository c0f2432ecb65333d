import type {
  FunctionConfiguration,
  FunctionEventInvokeConfig,
  Runtime,
} from '@aws-sdk/client-lambda';
import type { EventInvokeConfig } from './async-invocations.ts';
import type { FunctionDefinition } from './function-definition.ts';

/** As GetFunctionConfiguration and the lists show a function. */
export function functionConfiguration(
  definition: FunctionDefinition,
  version: string,
  description = definition.description,
): FunctionConfiguration {
  const { vpc, deadLetterTargetArn, environment, logging } = definition;
  return {
    FunctionName: definition.name,
    FunctionArn: version === '$LATEST' ? definition.arn : `${definition.arn}:${version}`,
    Runtime: definition.runtime as Runtime,
    Role: definition.role,
    Handler: definition.handler,
    CodeSize: definition.codeSize,
    Description: description,
    Timeout: definition.timeoutSeconds,
    MemorySize: definition.memoryMb,
    LastModified: new Date(definition.createdAtMs).toISOString().replace('Z', '+0000'),
    CodeSha256: definition.codeSha256,
    Version: version,
    ...(vpc && {
      VpcConfig: {
        SubnetIds: [...vpc.subnetIds],
        SecurityGroupIds: [...vpc.securityGroupIds],
        VpcId: vpc.vpcId,
        Ipv6AllowedForDualStack: false,
      },
    }),
    ...(deadLetterTargetArn && { DeadLetterConfig: { TargetArn: deadLetterTargetArn } }),
    ...(Object.keys(environment).length > 0 && { Environment: { Variables: { ...environment } } }),
    TracingConfig: { Mode: definition.tracing },
    RevisionId: definition.revisionId,
    State: 'Active',
    LastUpdateStatus: 'Successful',
    PackageType: 'Zip',
    Architectures: [definition.architecture],
    EphemeralStorage: { Size: definition.ephemeralStorageMb },
    SnapStart: { ApplyOn: 'None', OptimizationStatus: 'Off' },
    LoggingConfig: { ...logging },
  };
}

export function eventInvokeConfigShape(
  functionArn: string,
  config: EventInvokeConfig,
): FunctionEventInvokeConfig {
  const { onFailureArn, onSuccessArn } = config;
  return {
    LastModified: new Date(config.updatedAtMs),
    FunctionArn: `${functionArn}:$LATEST`,
    MaximumRetryAttempts: config.maximumRetryAttempts,
    MaximumEventAgeInSeconds: config.maximumEventAgeSeconds,
    DestinationConfig: {
      OnSuccess: onSuccessArn === undefined ? {} : { Destination: onSuccessArn },
      OnFailure: onFailureArn === undefined ? {} : { Destination: onFailureArn },
    },
  };
}
