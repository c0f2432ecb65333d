/** Why an intrinsic function refuses its arguments; becomes States.IntrinsicFailure. */
export class IntrinsicError extends Error {
  override readonly name = 'IntrinsicError';
}

export type Intrinsic = (...args: readonly unknown[]) => unknown;

export function array(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new IntrinsicError(`An array is expected, not ${JSON.stringify(value)}`);
}

export function text(value: unknown): string {
  if (typeof value === 'string') return value;
  throw new IntrinsicError(`A string is expected, not ${JSON.stringify(value)}`);
}

export function object(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as Readonly<Record<string, unknown>>;
  }
  throw new IntrinsicError(`An object is expected, not ${JSON.stringify(value)}`);
}

/** Numbers with a fraction are rounded to the nearest integer (intrinsic functions page). */
export function integer(value: unknown): number {
  if (typeof value === 'number' && Number.isFinite(value)) return Math.round(value);
  throw new IntrinsicError(`A number is expected, not ${JSON.stringify(value)}`);
}

/** Base64 and hashes take at most 10,000 characters (intrinsic functions page). */
export function shortText(value: unknown): string {
  const given = text(value);
  if (given.length <= 10_000) return given;
  throw new IntrinsicError(`The text has ${given.length} characters; at most 10000 are allowed`);
}
