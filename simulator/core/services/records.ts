export interface CloudWatchService {
  alarmStates(
    names: readonly string[],
  ): { name: string; state: 'OK' | 'ALARM' | 'INSUFFICIENT_DATA' }[];
  /** One observation of a metric at the current virtual time. */
  putMetric(metric: {
    namespace: string;
    name: string;
    dimensions: Readonly<Record<string, string>>;
    value: number;
  }): void;
  /** From now on each minute has these observations, one per reporter, until others are told; none end it. */
  holdMetric(metric: {
    namespace: string;
    name: string;
    dimensions: Readonly<Record<string, string>>;
    values: readonly number[];
  }): void;
}

export interface LogsService {
  append(logGroup: string, logStream: string, message: string): void;
  hasGroup(logGroup: string): boolean;
}

export interface S3Service {
  putObject(bucket: string, key: string, body: Uint8Array): void;
  getObject(bucket: string, key: string): Uint8Array | undefined;
  /** The newest version or the given one, with its ETag in quotation marks. */
  readObject(
    bucket: string,
    key: string,
    versionId?: string,
  ): { readonly body: Uint8Array; readonly etag: string } | undefined;
  listKeys(bucket: string, prefix: string): string[];
}

export interface SsmService {
  /** Decrypted value by name or ARN, each with an optional `:version`; undefined when it is not there. */
  parameterValue(reference: string): string | undefined;
}

export interface SecretsManagerService {
  /** Full ARN of the secret that a name, an ARN or an ARN without its suffix names. */
  secretArn(secretId: string): string | undefined;
  /** Throws AwsError `ResourceNotFoundException` or `InvalidRequestException` (marked for deletion). */
  secretString(request: {
    /** Name, ARN, or ARN without its random suffix. */
    readonly secretId: string;
    readonly versionId?: string | undefined;
    readonly versionStage?: string | undefined;
  }): string;
}
