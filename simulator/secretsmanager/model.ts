import { arn } from '../core/arns.ts';
import { AwsError } from '../core/aws-error.ts';
import type { SecretsManagerService } from '../core/services.ts';
import type { World } from '../core/world.ts';
import { currentStage, moveStage, type Secret, type SecretVersion, versionAt } from './secret.ts';
import {
  invalidParameter,
  markedForDeletion,
  secretNotFound,
  valueNotFound,
} from './secret-errors.ts';

export interface NewSecret extends NewValue {
  readonly name: string;
  readonly description?: string | undefined;
  readonly kmsKeyId?: string | undefined;
  readonly tags?: ReadonlyMap<string, string> | undefined;
}

export interface NewValue {
  readonly secretString?: string | undefined;
  readonly secretBinary?: Uint8Array | undefined;
  /** Becomes the version's id; a fresh one when left out. */
  readonly clientRequestToken?: string | undefined;
}

export interface VersionSelector {
  readonly secretId: string;
  readonly versionId?: string | undefined;
  readonly versionStage?: string | undefined;
}

const suffixAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const longestValueBytes = 65_536;

/** Secrets Manager: secrets with staged versions and a recovery window; rotation and replicas are not modelled. */
export class SecretsManagerModel implements SecretsManagerService {
  readonly #world: World;
  readonly #secrets = new Map<string, Secret>();

  constructor(world: World) {
    this.#world = world;
  }

  /** Repeating a request with its token answers the secret that it made. */
  create(request: NewSecret): { secret: Secret; version: SecretVersion | undefined } {
    const { name, clientRequestToken } = request;
    if (!/^[\w/+=.@!-]{1,512}$/.test(name)) {
      throw new AwsError(
        'ValidationException',
        'Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!',
      );
    }
    const present = this.find(name);
    if (present) {
      const known = present.versions.find(({ versionId }) => versionId === clientRequestToken);
      if (known && sameValue(known, request)) return { secret: present, version: known };
      throw alreadyThere(present);
    }
    const nowMs = this.#world.clock.now();
    const suffix = this.#world.random.text(6, suffixAlphabet);
    const secret: Secret = {
      name,
      arn: arn(this.#world.identity, 'secretsmanager', `secret:${name}-${suffix}`),
      createdAtMs: nowMs,
      versions: [],
      tags: new Map(request.tags),
      description: request.description,
      kmsKeyId: request.kmsKeyId,
      changedAtMs: nowMs,
      accessedAtMs: undefined,
      deletionAtMs: undefined,
    };
    const hasValue = request.secretString !== undefined || request.secretBinary !== undefined;
    const version = hasValue ? this.putValue(secret, request) : undefined;
    this.#secrets.set(name, secret);
    return { secret, version };
  }

  /** A new version with the given stages, AWSCURRENT by default; the first version is always current. */
  putValue(
    secret: Secret,
    value: NewValue,
    stages: readonly string[] = [currentStage],
  ): SecretVersion {
    checkValue(value);
    const { clientRequestToken: token } = value;
    const known = secret.versions.find(({ versionId }) => versionId === token);
    if (known && !sameValue(known, value)) {
      throw new AwsError(
        'ResourceExistsException',
        `You can't use ClientRequestToken ${token} because that value is already in use for a version of secret ${secret.arn}.`,
      );
    }
    // A repeated request does nothing, whatever became current since (API reference of PutSecretValue).
    if (known) return known;
    const version = this.#append(secret, value);
    const wanted = versionAt(secret, currentStage) ? stages : [currentStage, ...stages];
    for (const stage of wanted) moveStage(secret, stage, version);
    secret.changedAtMs = this.#world.clock.now();
    return version;
  }

  /** By name, ARN, or ARN without its random suffix; a secret marked for deletion is found as well. */
  find(id: string): Secret | undefined {
    this.#forgetExpired();
    const byName = this.#secrets.get(id);
    if (byName || !id.startsWith('arn:')) return byName;
    return this.#all().find((secret) => secret.arn === id || secret.arn.slice(0, -7) === id);
  }

  /** What a forced deletion answers of a secret that is not there. */
  absent(id: string): { ARN: string; Name: string; DeletionDate: Date } {
    const name = id.startsWith('arn:') ? (id.split(':')[6] ?? id) : id;
    const suffix = this.#world.random.text(6, suffixAlphabet);
    const secretArn = arn(this.#world.identity, 'secretsmanager', `secret:${name}-${suffix}`);
    return {
      ARN: name === id ? secretArn : id,
      Name: name,
      DeletionDate: new Date(this.#world.clock.now()),
    };
  }

  /** Throws ResourceNotFoundException. */
  require(id: string): Secret {
    const secret = this.find(id);
    if (!secret) throw secretNotFound();
    return secret;
  }

  /** Throws InvalidRequestException as well when the secret is marked for deletion. */
  requireLive(id: string): Secret {
    const secret = this.require(id);
    if (secret.deletionAtMs !== undefined) throw markedForDeletion();
    return secret;
  }

  /** The selected version, AWSCURRENT when nothing is selected. */
  select({ secretId, versionId, versionStage }: VersionSelector): {
    secret: Secret;
    version: SecretVersion;
  } {
    const secret = this.requireLive(secretId);
    const stage = versionStage || (versionId ? undefined : currentStage);
    const version = versionId
      ? secret.versions.find((one) => one.versionId === versionId)
      : versionAt(secret, stage ?? currentStage);
    if (!version) {
      throw valueNotFound(versionId ? `VersionId: ${versionId}` : `staging label: ${stage}`);
    }
    if (stage !== undefined && !version.stages.has(stage)) {
      throw new AwsError(
        'InvalidRequestException',
        'You provided a VersionStage that is not associated to the provided VersionId.',
      );
    }
    secret.accessedAtMs = this.#world.clock.now();
    return { secret, version };
  }

  secretArn(secretId: string): string | undefined {
    return this.find(secretId)?.arn;
  }

  secretString(selector: VersionSelector): string {
    const { secret, version } = this.select(selector);
    if (version.secretString !== undefined) return version.secretString;
    throw new AwsError('InvalidRequestException', `Secret ${secret.name} holds a binary value.`);
  }

  /** By time of creation. */
  list(): Secret[] {
    this.#forgetExpired();
    return this.#all();
  }

  /** `recoveryWindowDays` 0 deletes at once. */
  delete(secret: Secret, recoveryWindowDays: number): number {
    const atMs = this.#world.clock.now() + recoveryWindowDays * 86_400_000;
    secret.deletionAtMs = atMs;
    if (recoveryWindowDays === 0) this.#secrets.delete(secret.name);
    return atMs;
  }

  #append(secret: Secret, value: NewValue): SecretVersion {
    const version: SecretVersion = {
      versionId: value.clientRequestToken ?? this.#world.ids.uuid(),
      secretString: value.secretString,
      secretBinary: value.secretBinary,
      createdAtMs: this.#world.clock.now(),
      stages: new Set(),
    };
    secret.versions.push(version);
    return version;
  }

  #all(): Secret[] {
    return [...this.#secrets.values()];
  }

  #forgetExpired(): void {
    const nowMs = this.#world.clock.now();
    for (const { name, deletionAtMs = Number.POSITIVE_INFINITY } of this.#all()) {
      if (deletionAtMs <= nowMs) this.#secrets.delete(name);
    }
  }
}

function alreadyThere(present: Secret): AwsError {
  if (present.deletionAtMs !== undefined) {
    return new AwsError(
      'InvalidRequestException',
      "You can't create this secret because a secret with this name is already scheduled for deletion.",
    );
  }
  return new AwsError(
    'ResourceExistsException',
    `The operation failed because the secret ${present.name} already exists.`,
  );
}

function checkValue({ secretString, secretBinary }: NewValue): void {
  if (secretString === undefined && secretBinary === undefined) {
    throw invalidParameter('You must provide either SecretString or SecretBinary.');
  }
  if (secretString !== undefined && secretBinary !== undefined) {
    throw invalidParameter(
      "You can't specify both a binary secret value and a string secret value in the same secret.",
    );
  }
  if (Buffer.byteLength(secretString ?? secretBinary ?? '') > longestValueBytes) {
    throw invalidParameter(`A secret value can be at most ${longestValueBytes} bytes long.`);
  }
}

function sameValue(version: SecretVersion, { secretString, secretBinary }: NewValue): boolean {
  if (version.secretString !== secretString) return false;
  return Buffer.from(version.secretBinary ?? []).equals(Buffer.from(secretBinary ?? []));
}
