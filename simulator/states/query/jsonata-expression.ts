/** The expression inside `{% … %}`, or undefined for a string that is meant literally. */
export function jsonataExpression(text: string): string | undefined {
  const trimmed = text.trim();
  if (!trimmed.startsWith('{%') || !trimmed.endsWith('%}') || trimmed.length < 4) return undefined;
  return trimmed.slice(2, -2).trim();
}
