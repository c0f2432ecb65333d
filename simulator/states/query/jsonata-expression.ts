/** The expression inside `{% … %}`, or undefined for a string that is meant literally. */
export function jsonataExpression(text: string): string | undefined {
  if (!text.startsWith('{%') || !text.endsWith('%}') || text.length < 4) return undefined;
  return text.slice(2, -2).trim();
}
