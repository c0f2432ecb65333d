/** What is known of a secret without reading its value. */
export interface SecretDescription {
  /** Epoch milliseconds; set while a deleted secret waits out its recovery window and cannot be read. */
  readonly deletedAtMs: number | undefined;
  /** Staging labels by version id; a version without label is deprecated. */
  readonly versions: Readonly<Record<string, readonly string[]>>;
}

/** Which secrets and parameters there are; never what is in them. */
export interface SecretCatalogue {
  /** By name or ARN; undefined when Secrets Manager has no such secret. */
  describeSecret(id: string): Promise<SecretDescription | undefined>;
  /** Those of the names that Parameter Store has. */
  existingParameters(names: readonly string[]): Promise<string[]>;
}
