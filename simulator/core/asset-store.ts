/** What `cdk deploy` would have uploaded: file assets by their bucket and key, as folders or files on disk. */
export class AssetStore {
  readonly #files = new Map<string, string>();

  publish(bucket: string, key: string, path: string): void {
    this.#files.set(`${bucket}/${key}`, path);
  }

  /** Path of the published folder or file. */
  find(bucket: string, key: string): string | undefined {
    return this.#files.get(`${bucket}/${key}`);
  }
}
