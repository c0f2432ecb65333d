import type { World } from '../../core/world.ts';
import { publishImageAction } from '../image-events.ts';
import type { EcrModel } from '../model.ts';
import type { Repository, StoredImage } from '../repository.ts';
import { type Expiry, evaluateLifecyclePolicy } from './evaluate-policy.ts';
import { type LifecycleRule, parseLifecyclePolicy } from './parse-policy.ts';

interface Preview {
  readonly text: string;
  readonly results: readonly Expiry[];
  /** Tags as they were when the preview was made. */
  readonly tags: ReadonlyMap<string, readonly string[]>;
}

/** Lifecycle policies: expiry on the virtual clock, and previews of what would expire. */
export class LifecyclePolicies {
  readonly #world: World;
  readonly #model: EcrModel;
  readonly #cancels = new Map<Repository, () => void>();
  readonly #evaluatedAtMs = new Map<Repository, number>();
  readonly #previews = new Map<Repository, Preview>();

  constructor(world: World, model: EcrModel) {
    this.#world = world;
    this.#model = model;
  }

  /** Sets or (with undefined) removes the policy. Throws AwsError InvalidParameterException. */
  put(repository: Repository, text: string | undefined): void {
    if (text !== undefined) parseLifecyclePolicy(text);
    repository.options.lifecyclePolicyText = text;
    this.#evaluatedAtMs.delete(repository);
    this.forget(repository);
    if (text !== undefined) this.#evaluateLater(repository);
  }

  /** Ends what a deleted repository had running. */
  forget(repository: Repository): void {
    this.#cancels.get(repository)?.();
    this.#cancels.delete(repository);
    this.#previews.delete(repository);
  }

  lastEvaluatedAtMs(repository: Repository): number | undefined {
    return this.#evaluatedAtMs.get(repository);
  }

  startPreview(repository: Repository, text: string): void {
    const results = this.#evaluate(repository, parseLifecyclePolicy(text));
    const tags = results.map(
      ({ image }) => [image.digest, repository.tagsOf(image.digest)] as const,
    );
    this.#previews.set(repository, { text, results, tags: new Map(tags) });
  }

  preview(repository: Repository): Preview | undefined {
    return this.#previews.get(repository);
  }

  stop(): void {
    for (const cancel of this.#cancels.values()) cancel();
    this.#cancels.clear();
  }

  /** An image that meets the criteria goes within 24 hours (user guide); nobody waits for it. */
  #evaluateLater(repository: Repository): void {
    const { clock, settings } = this.#world;
    const cancel = clock.schedule(
      settings.imageLifecycleMs,
      () => {
        this.#expire(repository);
        this.#evaluateLater(repository);
      },
      'recurring',
    );
    this.#cancels.set(repository, cancel);
  }

  #evaluate(repository: Repository, rules: readonly LifecycleRule[]): Expiry[] {
    return evaluateLifecyclePolicy(rules, repository, this.#world.clock.now());
  }

  #expire(repository: Repository): void {
    const text = repository.options.lifecyclePolicyText;
    if (text === undefined) return;
    this.#evaluatedAtMs.set(repository, this.#world.clock.now());
    const layers = [...repository.layers.keys()];
    for (const { image } of this.#evaluate(repository, parseLifecyclePolicy(text))) {
      this.#remove(repository, image);
    }
    this.#model.collectBlobs(layers);
  }

  /** What refers to an image that a policy expires goes with it (ECR's announcement of OCI 1.1, June 2024). */
  #remove(repository: Repository, image: StoredImage): void {
    // Gone already where another that expires was its subject.
    if (!repository.images.has(image.digest)) return;
    const tags = repository.tagsOf(image.digest);
    repository.remove(image);
    for (const tag of tags.length > 0 ? tags : [undefined]) {
      publishImageAction(this.#world, repository, image, { action: 'DELETE', tag });
    }
    for (const referrer of repository.referrersOf(image.digest)) {
      const listed = repository.indexesWith(referrer.digest).length > 0;
      if (!listed) this.#remove(repository, referrer);
    }
  }
}
