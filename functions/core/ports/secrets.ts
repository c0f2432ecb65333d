/** A value that may travel in requests and nowhere else. */
export interface Secrets {
  /** Throws ResourceNotFoundError for a secret that is not there and InvalidConfigError for a missing member. */
  read(
    reference:
      | { readonly secretsManager: string; readonly key?: string | undefined }
      | { readonly parameter: string },
  ): Promise<string>;
}
