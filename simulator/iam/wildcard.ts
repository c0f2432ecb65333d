export type TextMatcher = (text: string) => boolean;

/** Stand for a literal `*` and `?` within a pattern, as `${*}` and values of policy variables do. */
const literalStar = '\uE000';
const literalMark = '\uE001';

/** Makes every wildcard of a text literal. */
export function escapeWildcards(text: string): string {
  return text.replace(/\*/g, literalStar).replace(/\?/g, literalMark);
}

/** Matches `*` (any text) and `?` (any character), as policies spell actions and ARNs. */
export function matchesWildcard(pattern: string, text: string): boolean {
  return wildcardMatcher(pattern)(text);
}

/** The same, prepared once for many texts. */
export function wildcardMatcher(pattern: string): TextMatcher {
  if (pattern === '*') return () => true;
  const first = pattern.search(/[*?]/);
  if (first < 0) {
    const literal = unescapeWildcards(pattern);
    return (text) => text === literal;
  }
  if (first === pattern.length - 1 && pattern.endsWith('*')) {
    const prefix = unescapeWildcards(pattern.slice(0, -1));
    return (text) => text.startsWith(prefix);
  }
  return (text) => matches(pattern, text);
}

function unescapeWildcards(pattern: string): string {
  return pattern.replaceAll(literalStar, '*').replaceAll(literalMark, '?');
}

/** Goes back to the last star only, so that no pattern costs more than pattern times text. */
function matches(pattern: string, text: string): boolean {
  let [at, of, starAt, starOf] = [0, 0, -1, 0];
  while (of < text.length) {
    const wanted = pattern[at];
    if (wanted === '*') {
      starAt = at++;
      starOf = of;
    } else if (wanted !== undefined && fits(wanted, text[of] ?? '')) {
      at++;
      of++;
    } else if (starAt >= 0) {
      at = starAt + 1;
      of = ++starOf;
    } else return false;
  }
  while (pattern[at] === '*') at++;
  return at === pattern.length;
}

function fits(wanted: string, char: string): boolean {
  if (wanted === '?') return true;
  if (wanted === literalStar) return char === '*';
  return wanted === literalMark ? char === '?' : wanted === char;
}
