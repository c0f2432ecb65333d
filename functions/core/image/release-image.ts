/** Configuration blobs of images that a container runtime starts (OCI image spec; Docker schema 2). */
const imageConfigTypes: readonly string[] = [
  'application/vnd.oci.image.config.v1+json',
  'application/vnd.docker.container.image.v1+json',
];

/** Signatures, attestations and SOCI indexes are tagged with the digest they refer to (aws-facts 1.2). */
const referrerTag = /^sha256-[0-9a-f]{64}/;

/** False for tags that tools make for an image's signature, attestation or index. */
export function isReferrerTag(tag: string): boolean {
  return referrerTag.test(tag);
}

/**
 * False for charts, modules, signatures and other artifacts that share the repository. An index has no
 * artifact media type, and older events have none at all: nothing said is not held against an image.
 */
export function isImageMediaType(artifactMediaType: string | undefined): boolean {
  return (
    artifactMediaType === undefined ||
    artifactMediaType === '' ||
    imageConfigTypes.includes(artifactMediaType)
  );
}
