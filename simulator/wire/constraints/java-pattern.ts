/** Longer texts are not matched: what limits them is their length, and a pattern must not cost seconds. */
const longestMatched = 8_192;

const compiled = new Map<string, RegExp | undefined>();

/** Whether a whole text matches a model's pattern; a pattern that JavaScript cannot read refuses nothing. */
export function patternMatches(pattern: string, text: string): boolean {
  if (text.length > longestMatched) return true;
  if (!compiled.has(pattern)) compiled.set(pattern, compilePattern(pattern));
  return compiled.get(pattern)?.test(text) ?? true;
}

/** The classes of Java's that the models use, and that JavaScript knows by no name. */
const classes: Readonly<Record<string, string>> = {
  '\\p{ASCII}': '[\\x00-\\x7f]',
  '\\p{Print}': '[ -~]',
};

/** Reads a Java expression, which must match from end to end; undefined when JavaScript cannot. */
export function compilePattern(pattern: string): RegExp | undefined {
  const [, flags = '', rest = pattern] = /^\(\?([ims]+)\)(.*)$/s.exec(pattern) ?? [];
  const source = rest.replace(/\\p\{\w+\}/g, (name) => classes[name] ?? name);
  const unicode = /\\p\{|\\uD800\\uDC00/i.test(source);
  try {
    return new RegExp(`^(?:${source})$`, unicode ? `${flags}u` : flags);
  } catch {
    return undefined;
  }
}
