/** JSON documents in the records bucket; losing them loses history, never correctness (design D2). */
export interface Records {
  read(key: string): Promise<unknown | undefined>;
  write(key: string, document: unknown): Promise<void>;
  /** Keys below a prefix, in order. */
  list(prefix: string): Promise<string[]>;
}
