/** More of a value than this is not repeated in a message. */
const longestEcho = 4_096;

/** A value as Java prints it, which is how AWS's messages repeat it: `[a, b]`, `{key=value}`. */
export function javaText(value: unknown): string {
  const text = print(value);
  return text.length > longestEcho ? `${text.slice(0, longestEcho)}…` : text;
}

function print(value: unknown): string {
  if (value === undefined || value === null) return 'null';
  if (Array.isArray(value)) return `[${value.slice(0, longestEcho).map(print).join(', ')}]`;
  if (value instanceof Date) return value.toUTCString();
  if (value instanceof Uint8Array) {
    return `java.nio.HeapByteBuffer[pos=0 lim=${value.length} cap=${value.length}]`;
  }
  if (typeof value === 'object') {
    const entries = Object.entries(value).map(([key, each]) => `${key}=${print(each)}`);
    return `{${entries.join(', ')}}`;
  }
  return String(value);
}
