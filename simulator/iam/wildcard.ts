/** Matches `*` (any text) and `?` (any character), as policies spell actions and ARNs. */
export function matchesWildcard(pattern: string, text: string): boolean {
  const source = [...pattern]
    .map((char) => {
      if (char === '*') return '.*';
      if (char === '?') return '.';
      return char.replace(/[\\^$.|+()[\]{}]/, '\\$&');
    })
    .join('');
  return new RegExp(`^${source}$`, 's').test(text);
}
