import type { World } from '../core/world.ts';
import { ecrErrors } from './ecr-errors.ts';
import { type ImageWatcher, Repository, type RepositoryOptions } from './repository.ts';

/** As ECR's own refusal quotes it: looser than the one that the API reference had until 2025. */
const nameExpression = String.raw`[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*`;
const namePattern = new RegExp(`^${nameExpression}$`);
const minNameLength = 2;
const maxNameLength = 256;

export function isRepositoryName(name: string): boolean {
  return broken(name) === undefined;
}

/** What ECR says is wrong with a name, in its words; undefined for a good one. */
function broken(name: string): string | undefined {
  if (name.length < minNameLength) {
    return `must have length greater than or equal to ${minNameLength}`;
  }
  // Before the expression: it is not tried on texts of any length.
  if (name.length > maxNameLength) return `must have length less than or equal to ${maxNameLength}`;
  return namePattern.test(name) ? undefined : `must satisfy regular expression '${nameExpression}'`;
}

export type NewRepository = Partial<Omit<RepositoryOptions, 'address' | 'createdAtMs'>>;

/** The repositories of the one registry. */
export class Repositories {
  readonly #world: World;
  readonly #byName = new Map<string, Repository>();
  readonly #watcher: ImageWatcher | undefined;

  constructor(world: World, watcher?: ImageWatcher) {
    this.#world = world;
    this.#watcher = watcher;
  }

  /** In the order of their names. */
  list(): Repository[] {
    return [...this.#byName.values()].sort((a, b) => (a.address.name < b.address.name ? -1 : 1));
  }

  find(name: string): Repository | undefined {
    return this.#byName.get(name);
  }

  /** Throws AwsError RepositoryNotFoundException, also for somebody else's registry. */
  get(name: string | undefined, registryId?: string): Repository {
    const repository = this.#byName.get(name ?? '');
    const registry = registryId ?? this.#world.identity.accountId;
    if (!repository || registry !== this.#world.identity.accountId) {
      throw ecrErrors.repositoryNotFound({ name: name ?? '', registryId: registry });
    }
    return repository;
  }

  /** Throws AwsError InvalidParameterException or RepositoryAlreadyExistsException. */
  create(name: string, options: NewRepository = {}): Repository {
    const address = { name, registryId: this.#world.identity.accountId };
    const constraint = broken(name);
    if (constraint) throw ecrErrors.invalidParameterAt('repositoryName', constraint);
    if (this.#byName.has(name)) throw ecrErrors.repositoryAlreadyExists(address);
    const complete = {
      mutability: { setting: 'MUTABLE', exclusionFilters: [] } as const,
      scanOnPush: false,
      encryption: { encryptionType: 'AES256' } as const,
      resourceTags: [],
      ...options,
      address,
      createdAtMs: this.#world.clock.now(),
    };
    const repository = new Repository(complete, this.#watcher);
    this.#byName.set(name, repository);
    return repository;
  }

  /** Throws AwsError RepositoryNotEmptyException unless forced. */
  delete(repository: Repository, force: boolean): void {
    if (repository.images.size > 0 && !force)
      throw ecrErrors.repositoryNotEmpty(repository.address);
    this.#byName.delete(repository.address.name);
  }

  /** Whether any repository still has the layer; a blob that none has can go. */
  anyHasLayer(digest: string): boolean {
    return [...this.#byName.values()].some((repository) => repository.layers.has(digest));
  }
}
