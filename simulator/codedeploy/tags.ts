import type { Tag } from '@aws-sdk/client-codedeploy';
import { AwsError } from '../core/aws-error.ts';

/** Tags of applications and deployment groups, by the resource's ARN. */
export class TagStore {
  readonly #tags = new Map<string, Map<string, string>>();

  list(arn: string): Tag[] {
    return [...(this.#tags.get(arn) ?? [])].map(([Key, Value]) => ({ Key, Value }));
  }

  /** TagResource: a known key gets the new value. */
  add(arn: string, tags: readonly Tag[]): void {
    const present = new Map(this.#tags.get(arn));
    for (const { Key, Value = '' } of tags) {
      if (!Key || Key.length > 128 || Value.length > 256 || Key.startsWith('aws:')) {
        throw new AwsError(
          'InvalidTagsToAddException',
          `The tag ${Key}=${Value} is not valid: keys have 1 to 128 characters and do not begin with aws:, values have at most 256`,
        );
      }
      present.set(Key, Value);
    }
    if (present.size > 50) {
      throw new AwsError('InvalidTagsToAddException', 'A resource has at most 50 tags');
    }
    this.#tags.set(arn, present);
  }

  remove(arn: string, keys: readonly string[]): void {
    for (const key of keys) this.#tags.get(arn)?.delete(key);
  }

  forget(arn: string): void {
    this.#tags.delete(arn);
  }

  /** The tags go with a renamed resource. */
  move(from: string, to: string): void {
    const tags = this.#tags.get(from);
    if (!tags || from === to) return;
    this.#tags.delete(from);
    this.#tags.set(to, tags);
  }
}
