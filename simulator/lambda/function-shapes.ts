import type {
  AliasConfiguration,
  FunctionConfiguration,
  FunctionEventInvokeConfig,
  Runtime,
} from '@aws-sdk/client-lambda';
import type { EventInvokeConfig } from './async-invocations.ts';
import type { FunctionDefinition } from './function-definition.ts';
import type { Alias } from './function-store.ts';

/** As GetFunctionConfiguration and the lists show a function. */
export function functionConfiguration(
  definition: FunctionDefinition,
  version: string,
  nowMs: number,
  qualifiedArn = version === '$LATEST' ? definition.arn : `${definition.arn}:${version}`,
): FunctionConfiguration {
  const { vpc, deadLetterTargetArn, environment, logging, layers } = definition;
  return {
    FunctionName: definition.name,
    FunctionArn: qualifiedArn,
    Runtime: definition.runtime as Runtime,
    Role: definition.role,
    Handler: definition.handler,
    CodeSize: definition.codeSize,
    Description: definition.description,
    Timeout: definition.timeoutSeconds,
    MemorySize: definition.memoryMb,
    LastModified: new Date(definition.lastModifiedMs).toISOString().replace('Z', '+0000'),
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
    ...(layers.length > 0 && {
      Layers: layers.map(({ arn, codeSize }) => ({ Arn: arn, CodeSize: codeSize })),
    }),
    ...states(definition, nowMs),
    PackageType: 'Zip',
    Architectures: [definition.architecture],
    EphemeralStorage: { Size: definition.ephemeralStorageMb },
    SnapStart: { ApplyOn: 'None', OptimizationStatus: 'Off' },
    LoggingConfig: { ...logging } as FunctionConfiguration['LoggingConfig'],
  };
}

/** As lists show a function: without its states (API reference of ListFunctions). */
export function listedConfiguration(
  ...of: Parameters<typeof functionConfiguration>
): FunctionConfiguration {
  const {
    State,
    StateReason,
    StateReasonCode,
    LastUpdateStatus,
    LastUpdateStatusReason,
    LastUpdateStatusReasonCode,
    ...listed
  } = functionConfiguration(...of);
  return listed;
}

/** True while a creation or an update of a function is not done yet. */
export function isSettling(
  { settling }: FunctionDefinition,
  by: 'creation' | 'update',
  nowMs: number,
): boolean {
  return settling?.by === by && nowMs < settling.untilMs;
}

/** Reasons as the guide on function states has them. */
function states(
  definition: FunctionDefinition,
  nowMs: number,
): Pick<FunctionConfiguration, 'State' | 'StateReason' | 'StateReasonCode' | 'LastUpdateStatus'> {
  if (isSettling(definition, 'creation', nowMs)) {
    return {
      State: 'Pending',
      StateReason: 'The function is being created.',
      StateReasonCode: 'Creating',
    };
  }
  if (isSettling(definition, 'update', nowMs)) {
    return { State: 'Active', LastUpdateStatus: 'InProgress' };
  }
  return { State: 'Active', LastUpdateStatus: 'Successful' };
}

export function aliasShape(functionArn: string, alias: Alias): AliasConfiguration {
  return {
    AliasArn: `${functionArn}:${alias.name}`,
    Name: alias.name,
    FunctionVersion: alias.version,
    Description: alias.description,
    ...(Object.keys(alias.weights).length > 0 && {
      RoutingConfig: { AdditionalVersionWeights: { ...alias.weights } },
    }),
    RevisionId: alias.revisionId,
  };
}

/** `qualifiedArn` ends in `$LATEST`, a version or an alias. */
export function eventInvokeConfigShape(
  qualifiedArn: string,
  config: EventInvokeConfig,
): FunctionEventInvokeConfig {
  const { onFailureArn, onSuccessArn } = config;
  return {
    LastModified: new Date(config.updatedAtMs),
    FunctionArn: qualifiedArn,
    MaximumRetryAttempts: config.maximumRetryAttempts,
    MaximumEventAgeInSeconds: config.maximumEventAgeSeconds,
    DestinationConfig: {
      OnSuccess: onSuccessArn === undefined ? {} : { Destination: onSuccessArn },
      OnFailure: onFailureArn === undefined ? {} : { Destination: onFailureArn },
    },
  };
}
