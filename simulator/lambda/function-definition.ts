import type { TracingMode } from '@aws-sdk/client-lambda';

/** A version of a layer as a function has it. */
export interface AttachedLayer {
  readonly arn: string;
  readonly codeSize: number;
  readonly directory: string;
}

/** Everything a function was created with; defaults filled in. */
export interface FunctionDefinition {
  readonly name: string;
  readonly arn: string;
  readonly runtime: string;
  readonly role: string;
  /** `FILE.EXPORT` inside the code folder. */
  readonly handler: string;
  readonly codeDirectory: string;
  readonly codeSize: number;
  /** Base64, as GetFunction shows it. */
  readonly codeSha256: string;
  readonly layers: readonly AttachedLayer[];
  readonly description: string;
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  readonly ephemeralStorageMb: number;
  readonly architecture: 'arm64' | 'x86_64';
  readonly environment: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly tracing: TracingMode;
  readonly logging: {
    readonly LogFormat: 'Text' | 'JSON';
    readonly LogGroup: string;
    readonly ApplicationLogLevel?: string;
    readonly SystemLogLevel?: string;
  };
  readonly deadLetterTargetArn?: string;
  readonly reservedConcurrency?: number;
  readonly vpc?: {
    readonly vpcId: string;
    readonly subnetIds: readonly string[];
    readonly securityGroupIds: readonly string[];
  };
  readonly lastModifiedMs: number;
  readonly revisionId: string;
  /** Until when the function is Pending after its creation, or its update InProgress; epoch milliseconds. */
  readonly settling?: { readonly by: 'creation' | 'update'; readonly untilMs: number };
}

/** `$LATEST` or a published version number. */
export interface QualifiedFunction {
  readonly definition: FunctionDefinition;
  readonly version: string;
  readonly invokedArn: string;
}
