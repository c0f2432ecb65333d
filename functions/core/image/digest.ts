/** A digest as registries write it. */
export const digestPattern = /^sha256:[0-9a-f]{64}$/;

/** `sha256:` and the first 12 digits, as far as people read it. */
export function shortDigest(digest: string): string {
  return digest.slice(0, 'sha256:'.length + 12);
}
