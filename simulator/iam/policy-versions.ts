import { AwsError } from '../core/aws-error.ts';
import type { PolicyDocument } from './policy-document.ts';

/** What the versions belong to: its document is the default version's. */
export interface VersionedPolicy {
  readonly arn: string;
  document: PolicyDocument;
}

/** A managed policy has at most five versions (IAM quotas). */
const versionsPerPolicy = 5;

/** The versions of a managed policy: their ids count on and are never used again. */
export class PolicyVersions {
  readonly #createdAtMs = new Map<string, number>();
  /** Documents of the versions that are not the default. */
  readonly #documents = new Map<string, PolicyDocument>();
  #default: string;
  #last: number;

  /** `firstId`: AWS's own policies begin with the version that is held. */
  constructor(createdAtMs: number, firstId = 'v1') {
    this.#default = firstId;
    this.#last = Number(firstId.slice(1));
    this.#createdAtMs.set(firstId, createdAtMs);
  }

  get defaultId(): string {
    return this.#default;
  }

  /** Newest first. */
  ids(): string[] {
    return [...this.#createdAtMs.keys()].reverse();
  }

  /** Throws NoSuchEntity. */
  read(policy: VersionedPolicy, id: string): { document: PolicyDocument; createdAtMs: number } {
    const createdAtMs = this.#createdAtMs.get(id);
    const document = id === this.#default ? policy.document : this.#documents.get(id);
    if (createdAtMs !== undefined && document) return { document, createdAtMs };
    throw new AwsError(
      'NoSuchEntity',
      `Policy ${policy.arn} version ${id} does not exist or is not attachable.`,
    );
  }

  /** Throws LimitExceeded for a sixth version; answers the new one's id. */
  add(
    policy: VersionedPolicy,
    document: PolicyDocument,
    isDefault: boolean,
    nowMs: number,
  ): string {
    if (this.#createdAtMs.size >= versionsPerPolicy) {
      throw new AwsError(
        'LimitExceeded',
        `A managed policy can have up to ${versionsPerPolicy} versions. Before you create a new version, you must delete an existing version.`,
      );
    }
    this.#last++;
    const id = `v${this.#last}`;
    this.#createdAtMs.set(id, nowMs);
    this.#documents.set(id, document);
    if (isDefault) this.setDefault(policy, id);
    return id;
  }

  setDefault(policy: VersionedPolicy, id: string): void {
    const { document } = this.read(policy, id);
    this.#documents.set(this.#default, policy.document);
    this.#default = id;
    policy.document = document;
  }

  /** Throws DeleteConflict for the default version. */
  delete(policy: VersionedPolicy, id: string): void {
    this.read(policy, id);
    if (id === this.#default) {
      throw new AwsError('DeleteConflict', 'Cannot delete the default version of a policy.');
    }
    this.#createdAtMs.delete(id);
    this.#documents.delete(id);
  }
}
