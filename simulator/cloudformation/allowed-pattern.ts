/**
 * AllowedPattern is Java's: flags at its beginning and classes by name are read, for what else JavaScript does not
 * read there is no pattern.
 */
export function allowedPattern(text: string): RegExp | undefined {
  const [, letters = '', pattern = text] = /^\^?\(\?([ims]+)\)(.*)$/s.exec(text) ?? [];
  const flags = /\\[pP]\{/.test(pattern) ? `${letters}u` : letters;
  try {
    return new RegExp(`^(?:${pattern})$`, flags);
  } catch {
    return undefined;
  }
}
