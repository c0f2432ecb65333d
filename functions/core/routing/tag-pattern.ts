import { isReferrerTag } from '../image/release-image.ts';

/** Whether a tag names a release under one of the glob patterns. */
export function matchesTagPatterns(tag: string, patterns: readonly string[]): boolean {
  return !isReferrerTag(tag) && patterns.some((pattern) => matchesTagPattern(tag, pattern));
}

/**
 * `*` stands for any characters, `?` for one; everything else for itself, case included. Walks back to
 * the latest `*` only, so the time is at most the product of both lengths.
 */
export function matchesTagPattern(tag: string, pattern: string): boolean {
  let at = 0;
  let next = 0;
  let star: { readonly next: number; at: number } | undefined;
  while (at < tag.length) {
    if (pattern[next] === '*') {
      next += 1;
      star = { next, at };
    } else if (pattern[next] === '?' || pattern[next] === tag[at]) {
      at += 1;
      next += 1;
    } else if (star !== undefined) {
      star.at += 1;
      at = star.at;
      next = star.next;
    } else {
      return false;
    }
  }
  while (pattern[next] === '*') next += 1;
  return next === pattern.length;
}
