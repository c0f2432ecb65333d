/** Where a container's `valueFrom` points. */
export type SecretReference =
  | {
      readonly source: 'secretsmanager';
      /** Up to the random suffix, without what follows it. */
      readonly secretArn: string;
      readonly jsonKey: string | undefined;
      readonly versionStage: string | undefined;
      readonly versionId: string | undefined;
    }
  | {
      readonly source: 'ssm';
      /** Name or ARN, as it stands. */
      readonly parameter: string;
    };

const secretArnParts = 7;

/** `arn:aws:secretsmanager:…:secret:NAME:JSON-KEY:STAGE:VERSION`; all else is a parameter's name or ARN. */
export function parseSecretReference(valueFrom: string): SecretReference {
  if (!/^arn:[^:]+:secretsmanager:/.test(valueFrom)) {
    return { source: 'ssm', parameter: valueFrom };
  }
  const parts = valueFrom.split(':');
  const [jsonKey, versionStage, versionId] = parts
    .slice(secretArnParts)
    .map((part) => part || undefined);
  return {
    source: 'secretsmanager',
    secretArn: parts.slice(0, secretArnParts).join(':'),
    jsonKey,
    versionStage,
    versionId,
  };
}
