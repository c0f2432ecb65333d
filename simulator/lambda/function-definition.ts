import type { TracingMode } from '@aws-sdk/client-lambda';

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
  readonly description: string;
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  readonly ephemeralStorageMb: number;
  readonly architecture: 'arm64' | 'x86_64';
  readonly environment: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly tracing: TracingMode;
  readonly logging: { readonly LogFormat: 'Text' | 'JSON'; readonly LogGroup: string };
  readonly deadLetterTargetArn?: string;
  readonly reservedConcurrency?: number;
  readonly vpc?: {
    readonly vpcId: string;
    readonly subnetIds: readonly string[];
    readonly securityGroupIds: readonly string[];
  };
  readonly createdAtMs: number;
  readonly revisionId: string;
}

/** `$LATEST` or a published version number. */
export interface QualifiedFunction {
  readonly definition: FunctionDefinition;
  readonly version: string;
  readonly invokedArn: string;
}
