/** JSON as clients read it: a byte order mark is passed over (RFC 8259 section 8.1). Throws SyntaxError. */
export function parseJsonText(text: string): unknown {
  return JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text);
}
