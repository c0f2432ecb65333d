/** True when an object of a JSON text names a member twice, which JSON.parse would pass over. */
export function hasRepeatedKeys(json: string): boolean {
  const open: Set<string>[] = [];
  // Strings with what follows them, and the braces and brackets between: enough of a text that is known to be JSON.
  for (const [token, text, colon] of json.matchAll(/("(?:[^"\\]|\\.)*")(\s*:)?|[{}[\]]/g)) {
    if (token === '{' || token === '[') open.push(new Set());
    else if (token === '}' || token === ']') open.pop();
    else if (colon !== undefined && text !== undefined) {
      const key = String(JSON.parse(text));
      const keys = open.at(-1);
      if (keys?.has(key)) return true;
      keys?.add(key);
    }
  }
  return false;
}
