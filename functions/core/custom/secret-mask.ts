/** Replaces secret values in every text of a value, keys included; other kinds of values stay as they are. */
export type SecretMask = <T>(value: T) => T;

const replacement = '***';

/**
 * A mask of these values. Longest first, so that a secret that contains another one leaves nothing of itself;
 * an empty secret masks nothing.
 */
export function secretMask(values: readonly string[]): SecretMask {
  const known = values.filter((value) => value !== '').toSorted((a, b) => b.length - a.length);
  const text = (value: string) =>
    known.reduce((masked, secret) => masked.replaceAll(secret, replacement), value);
  const any = (value: unknown): unknown => {
    if (typeof value === 'string') return text(value);
    if (Array.isArray(value)) return value.map(any);
    if (value instanceof Error) return text(`${value.name}: ${value.message}`);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [text(key), any(one)]));
  };
  return <T>(value: T) => any(value) as T;
}
