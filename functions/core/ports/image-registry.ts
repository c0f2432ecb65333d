export interface ImageDetail {
  readonly digest: string;
  readonly tags: readonly string[];
  /** Epoch milliseconds. */
  readonly pushedAtMs: number;
  /** Media type of the configuration blob; tells images from signatures, charts and the like. */
  readonly artifactMediaType?: string | undefined;
  /** ACTIVE, ARCHIVED or ACTIVATING; only an active image can be pulled (aws-facts 1.5). */
  readonly imageStatus?: string | undefined;
}

export interface ImagePlatform {
  readonly os: string;
  readonly architecture: string;
}

export type ImageManifest =
  | { readonly kind: 'image'; readonly digest: string; readonly platform: ImagePlatform }
  | {
      readonly kind: 'index';
      readonly digest: string;
      /** Attestations (`unknown/unknown`) are left out by the adapter. */
      readonly children: readonly { readonly digest: string; readonly platform: ImagePlatform }[];
    };

/** ECR, read only. */
export interface ImageRegistry {
  /** Undefined when the repository has no such image; ResourceNotFoundError without the repository. */
  findImage(
    repository: string,
    reference: { readonly tag: string } | { readonly digest: string },
  ): Promise<ImageDetail | undefined>;
  /** All tagged images. */
  listTaggedImages(repository: string): Promise<ImageDetail[]>;
  readManifest(repository: string, digest: string): Promise<ImageManifest>;
}
