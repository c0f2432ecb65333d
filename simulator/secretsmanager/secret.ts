/** One version of a secret's value; exactly one of the two values is there. */
export interface SecretVersion {
  readonly versionId: string;
  readonly secretString: string | undefined;
  readonly secretBinary: Uint8Array | undefined;
  readonly createdAtMs: number;
  /** Without any stage the version is deprecated, but still readable by its id. */
  readonly stages: Set<string>;
}

export interface Secret {
  readonly name: string;
  readonly arn: string;
  readonly createdAtMs: number;
  readonly versions: SecretVersion[];
  readonly tags: Map<string, string>;
  description: string | undefined;
  /** Resource policy as JSON text; calls are held against it. */
  policy?: string | undefined;
  kmsKeyId: string | undefined;
  changedAtMs: number;
  accessedAtMs: number | undefined;
  /** End of the recovery window, once the secret is marked for deletion. */
  deletionAtMs: number | undefined;
}

export const currentStage = 'AWSCURRENT';
export const previousStage = 'AWSPREVIOUS';

export function versionAt(secret: Secret, stage: string): SecretVersion | undefined {
  return secret.versions.find(({ stages }) => stages.has(stage));
}

/** Puts a stage on one version and takes it from all others; the former current version becomes the previous one. */
export function moveStage(secret: Secret, stage: string, target: SecretVersion): void {
  const holder = versionAt(secret, stage);
  if (holder === target) return;
  holder?.stages.delete(stage);
  target.stages.add(stage);
  if (stage === currentStage && holder) {
    versionAt(secret, previousStage)?.stages.delete(previousStage);
    holder.stages.add(previousStage);
  }
}
