import type {
  CreateFunctionCommandInput,
  UpdateFunctionConfigurationCommandInput,
} from '@aws-sdk/client-lambda';
import type { FunctionProperties } from './function-properties.ts';

type Loggings = 'JSON' | 'Text';

/** What CreateFunction, UpdateFunctionConfiguration and templates ask for, the code left out. */
export interface FunctionRequest {
  readonly Handler?: string | undefined;
  readonly Role?: string | undefined;
  readonly Runtime?: string | undefined;
  readonly PackageType?: string | undefined;
  readonly Description?: string | undefined;
  readonly Timeout?: number | undefined;
  readonly MemorySize?: number | undefined;
  readonly Environment?: { readonly Variables?: Readonly<Record<string, string>> | undefined };
  readonly Architectures?: readonly string[] | undefined;
  readonly TracingConfig?: { readonly Mode?: string | undefined } | undefined;
  readonly LoggingConfig?:
    | {
        readonly LogFormat?: Loggings | undefined;
        readonly LogGroup?: string | undefined;
        readonly ApplicationLogLevel?: string | undefined;
        readonly SystemLogLevel?: string | undefined;
      }
    | undefined;
  readonly DeadLetterConfig?: { readonly TargetArn?: string | undefined } | undefined;
  readonly VpcConfig?:
    | {
        readonly SubnetIds?: readonly string[] | undefined;
        readonly SecurityGroupIds?: readonly string[] | undefined;
      }
    | undefined;
  readonly EphemeralStorage?: { readonly Size?: number | undefined } | undefined;
  readonly Layers?: readonly string[] | undefined;
  readonly SnapStart?: { readonly ApplyOn?: string | undefined } | undefined;
}

/** Members of the API's inputs that a FunctionRequest carries. */
export const requestMembers = [
  'Handler',
  'Role',
  'Runtime',
  'Description',
  'Timeout',
  'MemorySize',
  'Environment',
  'TracingConfig',
  'LoggingConfig',
  'DeadLetterConfig',
  'VpcConfig',
  'EphemeralStorage',
  'Layers',
  'SnapStart',
] as const satisfies readonly (keyof UpdateFunctionConfigurationCommandInput)[];

export function ofInput(
  input: CreateFunctionCommandInput | UpdateFunctionConfigurationCommandInput,
): FunctionRequest {
  const { Environment, ...rest } = input;
  return { ...rest, ...(Environment && { Environment }) } as FunctionRequest;
}

export function ofProperties(properties: FunctionProperties): FunctionRequest {
  const { Environment, ...rest } = properties;
  return {
    ...rest,
    ...(Environment && { Environment: { Variables: Environment.Variables ?? {} } }),
  };
}
