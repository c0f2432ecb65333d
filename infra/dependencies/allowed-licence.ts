/** Licences that ask for no more than their notice. */
const permissive = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'Unlicense',
]);

/** Whether an SPDX expression leaves a choice of permissive licences alone; none and what is no expression do not. */
export function isAllowedLicence(expression: unknown): boolean {
  if (typeof expression !== 'string') return false;
  const inner = withoutParentheses(expression.trim());
  const choices = splitAtTop(inner, ' OR ');
  if (choices.length > 1) return choices.some(isAllowedLicence);
  const parts = splitAtTop(inner, ' AND ');
  if (parts.length > 1) return parts.every(isAllowedLicence);
  return permissive.has(inner);
}

function withoutParentheses(text: string): string {
  return text.startsWith('(') && closingOf(text) === text.length - 1 ? text.slice(1, -1) : text;
}

/** Where the parenthesis closes that the text begins with. */
function closingOf(text: string): number {
  let depth = 0;
  for (const [at, character] of [...text].entries()) {
    if (character === '(') depth++;
    if (character === ')' && --depth === 0) return at;
  }
  return -1;
}

function splitAtTop(text: string, separator: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '(') depth++;
    if (text[at] === ')') depth--;
    if (depth === 0 && text.startsWith(separator, at)) {
      parts.push(text.slice(from, at));
      from = at + separator.length;
    }
  }
  return [...parts, text.slice(from)];
}
