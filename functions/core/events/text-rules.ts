import { digestPattern } from '../image/digest.ts';
import type { TextRule } from './member-reader.ts';

export const digestRule: TextRule = {
  pattern: digestPattern,
  expected: 'sha256: and 64 lower-case hexadecimal digits',
};

/** Names that ECR lets a repository have (CreateRepository, ECR API reference). */
export const repositoryRule: TextRule = {
  pattern: /^(?=.{2,256}$)[a-z0-9]+(?:(?:\.|__?|-+|\/)[a-z0-9]+)*$/,
  expected: 'a repository name of lower-case letters, digits, and . _ - / between them',
};

/** Tags of the OCI distribution specification. */
export const tagRule: TextRule = {
  pattern: /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/,
  expected: 'a tag of at most 128 letters, digits, dots, underscores and hyphens',
};

/** EventBridge makes UUIDs; anything goes that is safe in an object key. */
export const eventIdRule: TextRule = {
  pattern: /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/,
  expected: 'an event id of letters, digits, dots, underscores and hyphens',
};

export const deploymentIdRule: TextRule = {
  pattern: /^d-[A-Z0-9]+$/,
  expected: 'a CodeDeploy deployment id such as d-ABCDEF123',
};
