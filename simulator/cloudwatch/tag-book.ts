import type { Tag } from '@aws-sdk/client-cloudwatch';
import { AwsError } from '../core/aws-error.ts';

/** Tags per resource. */
const tagsLimit = 50;

/** Tags of alarms and dashboards, by ARN. */
export class TagBook {
  readonly #tags = new Map<string, Map<string, string>>();

  list(arn: string): Tag[] {
    return [...(this.#tags.get(arn) ?? [])].map(([Key, Value]) => ({ Key, Value }));
  }

  add(arn: string, tags: readonly Tag[]): void {
    const next = new Map(this.#tags.get(arn));
    for (const { Key = '', Value = '' } of tags) next.set(Key, Value);
    if (next.size > tagsLimit) {
      throw new AwsError('ValidationException', `A resource has at most ${tagsLimit} tags`);
    }
    this.#tags.set(arn, next);
  }

  remove(arn: string, keys: readonly string[]): void {
    for (const key of keys) this.#tags.get(arn)?.delete(key);
  }

  forget(arn: string): void {
    this.#tags.delete(arn);
  }
}
