import { createHash } from 'node:crypto';

const pattern = /^sha256:[0-9a-f]{64}$/;

/** `sha256:` and 64 lower-case hex digits, the only algorithm ECR stores under. */
export function sha256Digest(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

export function isSha256Digest(text: string): boolean {
  return pattern.test(text);
}
