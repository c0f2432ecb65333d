import type { Records, VersionedDocument } from '../../../functions/core/ports/records.ts';

/** A bucket in memory; documents go through JSON, as they would in S3. */
export class FakeRecords implements Records {
  /** Keys in the order in which they were written, repetitions included. */
  readonly writes: string[] = [];
  /** Thrown by the next calls, for as long as it is set. */
  failure: Error | undefined;
  readonly #documents = new Map<string, string>();

  async read(key: string): Promise<unknown | undefined> {
    this.#throwFailure();
    const text = this.#documents.get(key);
    return text === undefined ? undefined : JSON.parse(text);
  }

  async write(key: string, document: unknown): Promise<void> {
    this.#throwFailure();
    this.writes.push(key);
    this.#documents.set(key, JSON.stringify(document));
  }

  async readVersion(key: string): Promise<VersionedDocument | undefined> {
    this.#throwFailure();
    const text = this.#documents.get(key);
    return text === undefined ? undefined : { document: JSON.parse(text), version: text };
  }

  async writeUnlessChanged(
    key: string,
    document: unknown,
    version: string | undefined,
  ): Promise<'written' | 'changed'> {
    this.#throwFailure();
    if (this.#documents.get(key) !== version) return 'changed';
    await this.write(key, document);
    return 'written';
  }

  async list(prefix: string): Promise<string[]> {
    this.#throwFailure();
    return [...this.#documents.keys()].filter((key) => key.startsWith(prefix)).sort();
  }

  /** What is stored, without going through the port. */
  stored(key: string): unknown {
    const text = this.#documents.get(key);
    return text === undefined ? undefined : JSON.parse(text);
  }

  /** As if it had never been written. */
  forget(key: string): void {
    this.#documents.delete(key);
  }

  #throwFailure(): void {
    if (this.failure !== undefined) throw this.failure;
  }
}
