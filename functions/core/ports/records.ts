/** A document as it was read, with the version that a later write can insist on. */
export interface VersionedDocument {
  readonly document: unknown;
  /** Opaque; another one after each write of something else. */
  readonly version: string;
}

/** JSON documents in the records bucket; losing them loses history, never correctness (design D2). */
export interface Records {
  read(key: string): Promise<unknown | undefined>;
  write(key: string, document: unknown): Promise<void>;
  /** Keys below a prefix, in order. */
  list(prefix: string): Promise<string[]>;
  /** Undefined when nothing is there. */
  readVersion(key: string): Promise<VersionedDocument | undefined>;
  /**
   * Writes only where nobody wrote since: `version` as it was read, undefined for a key that must be free. Of several
   * writers at the same moment one has `written`.
   */
  writeUnlessChanged(
    key: string,
    document: unknown,
    version: string | undefined,
  ): Promise<'written' | 'changed'>;
}
