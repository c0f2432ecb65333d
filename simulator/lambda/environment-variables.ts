import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { trustFile } from '../core/trust-file.ts';
import type { World } from '../core/world.ts';
import type { FunctionDefinition } from './function-definition.ts';
import { runtimeModules } from './runtime-modules.ts';

export interface EnvironmentPlace {
  readonly runtimeApi: string;
  readonly logStream: string;
  /** Stands for the environment's home and /tmp, so that no file of the developer's account is read. */
  readonly scratchDirectory: string;
}

/** Names that Lambda sets itself and refuses in a function's configuration. */
export const reservedVariables: ReadonlySet<string> = new Set([
  '_HANDLER',
  '_X_AMZN_TRACE_ID',
  'AWS_ACCESS_KEY',
  'AWS_ACCESS_KEY_ID',
  'AWS_DEFAULT_REGION',
  'AWS_EXECUTION_ENV',
  'AWS_LAMBDA_FUNCTION_MEMORY_SIZE',
  'AWS_LAMBDA_FUNCTION_NAME',
  'AWS_LAMBDA_FUNCTION_VERSION',
  'AWS_LAMBDA_INITIALIZATION_TYPE',
  'AWS_LAMBDA_LOG_GROUP_NAME',
  'AWS_LAMBDA_LOG_STREAM_NAME',
  'AWS_LAMBDA_RUNTIME_API',
  'AWS_REGION',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'LAMBDA_RUNTIME_DIR',
  'LAMBDA_TASK_ROOT',
]);

/** A function sees what it would see on Lambda; of the host's environment only PATH gets through. */
export function environmentVariables(
  world: World,
  definition: FunctionDefinition,
  version: string,
  place: EnvironmentPlace,
): Record<string, string> {
  const { region } = world.identity;
  const credentials = world.services.iam.roleCredentials({
    roleArn: definition.role,
    sessionName: definition.name,
  });
  return {
    PATH: process.env.PATH ?? '',
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    HOME: place.scratchDirectory,
    TMPDIR: place.scratchDirectory,
    AWS_ENDPOINT_URL: world.ownEndpoint(),
    // Functions run on the machine's Node.js, whatever their Runtime says.
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_XRAY_CONTEXT_MISSING: 'LOG_ERROR',
    // What ACM issues is publicly trusted; a world without ACM has no such file.
    ...(existsSync(trustFile(world)) && { NODE_EXTRA_CA_CERTS: trustFile(world) }),
    // The task's own folder comes last, as on Lambda: `require('helper')` finds its helper.js.
    NODE_PATH: [modulePath(definition), runtimeModules(world), definition.codeDirectory]
      .filter(Boolean)
      .join(delimiter),
    ...definition.environment,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken,
    AWS_EXECUTION_ENV: `AWS_Lambda_${definition.runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: definition.name,
    AWS_LAMBDA_FUNCTION_VERSION: version,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(definition.memoryMb),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_FORMAT: definition.logging.LogFormat,
    ...(definition.logging.ApplicationLogLevel && {
      AWS_LAMBDA_LOG_LEVEL: definition.logging.ApplicationLogLevel,
    }),
    AWS_LAMBDA_LOG_GROUP_NAME: definition.logging.LogGroup,
    AWS_LAMBDA_LOG_STREAM_NAME: place.logStream,
    AWS_LAMBDA_RUNTIME_API: place.runtimeApi,
    LAMBDA_RUNTIME_DIR: '/var/runtime',
    LAMBDA_TASK_ROOT: definition.codeDirectory,
    _HANDLER: definition.handler,
  };
}

/** Layers lie under /opt on Lambda, the last one on top; here each has its own folder. */
function modulePath({ layers, runtime }: FunctionDefinition): string {
  const major = /\d+/.exec(runtime)?.[0] ?? '';
  return [...layers]
    .reverse()
    .flatMap(({ directory }) => [
      join(directory, 'nodejs', `node${major}`, 'node_modules'),
      join(directory, 'nodejs', 'node_modules'),
    ])
    .join(delimiter);
}
