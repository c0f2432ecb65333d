import { AwsError } from '../core/aws-error.ts';

/** Entities of one kind by name; names are unique without regard to case (IAM user guide, "IAM identifiers"). */
export class EntityStore<Entity> {
  readonly #entities = new Map<string, Entity>();
  readonly #kind: string;

  /** `kind` as messages name it: `User`, `Instance Profile`. */
  constructor(kind: string) {
    this.#kind = kind;
  }

  /** Throws EntityAlreadyExists. */
  add(name: string, entity: Entity): Entity {
    if (this.find(name) !== undefined) {
      throw new AwsError('EntityAlreadyExists', `${this.#kind} with name ${name} already exists.`);
    }
    this.#entities.set(name.toLowerCase(), entity);
    return entity;
  }

  find(name: string): Entity | undefined {
    return this.#entities.get(name.toLowerCase());
  }

  /** Throws NoSuchEntity. */
  require(name: string): Entity {
    const found = this.find(name);
    if (found !== undefined) return found;
    const kind = this.#kind.charAt(0).toLowerCase() + this.#kind.slice(1);
    throw new AwsError('NoSuchEntity', `The ${kind} with name ${name} cannot be found.`);
  }

  /** Puts an entity in the place of another; throws EntityAlreadyExists when a third has its name. */
  replace(name: string, newName: string, entity: Entity): Entity {
    const former = this.require(name);
    this.delete(name);
    try {
      return this.add(newName, entity);
    } catch (error) {
      this.add(name, former);
      throw error;
    }
  }

  delete(name: string): void {
    this.#entities.delete(name.toLowerCase());
  }

  /** In the order of their names. */
  all(): Entity[] {
    return [...this.#entities]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([, entity]) => entity);
  }
}
