import { InvalidConfigError } from '../errors.ts';

/** What `${...}` stands for while a check runs. */
export interface ReferenceValues {
  readonly secrets: Readonly<Record<string, string>>;
  /** What earlier steps of a flow captured. */
  readonly captured: Readonly<Record<string, string>>;
  readonly deploymentId: string;
}

export type Reference =
  | { readonly kind: 'secret' | 'captured'; readonly name: string; readonly text: string }
  | { readonly kind: 'deployment-id'; readonly text: string }
  | { readonly kind: 'unknown'; readonly text: string };

/** `$${` stands for `${` itself; without a closing brace the reference reaches to the end. */
const pattern = /\$\$\{|\$\{([^}]*)\}?/g;

/** The references in a text, in order, unknown ones included. */
export function referencesIn(text: string): Reference[] {
  return [...text.matchAll(pattern)].flatMap(([whole, inner]) =>
    inner === undefined ? [] : [toReference(whole, inner)],
  );
}

/**
 * Replaces each reference by `spell(value)`. Throws InvalidConfigError for a reference without a value, which
 * validation has ruled out.
 */
export function expandReferences(
  text: string,
  values: ReferenceValues,
  spell: (value: string) => string = (value) => value,
): string {
  return text.replace(pattern, (whole, inner?: string) => {
    if (inner === undefined) return '${';
    const value = lookUp(toReference(whole, inner), values);
    if (value === undefined) {
      throw new InvalidConfigError(`${whole} stands for nothing that is known here`);
    }
    return spell(value);
  });
}

/** Replaces references in every text of a JSON value; names of members stay. */
export function expandJson(value: unknown, values: ReferenceValues): unknown {
  if (typeof value === 'string') return expandReferences(value, values);
  if (Array.isArray(value)) return value.map((item) => expandJson(item, values));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, expandJson(member, values)]),
  );
}

/** A value inside a regular expression: every character means itself. */
export function escapeRegularExpression(value: string): string {
  return value.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

function toReference(whole: string, inner: string): Reference {
  if (!whole.endsWith('}')) return { kind: 'unknown', text: whole };
  if (inner === 'deployment.id') return { kind: 'deployment-id', text: whole };
  const match = /^(secrets|captured)\.([A-Za-z][A-Za-z0-9_]*)$/.exec(inner);
  const [, kind, name] = match ?? [];
  if (kind === undefined || name === undefined) return { kind: 'unknown', text: whole };
  return { kind: kind === 'secrets' ? 'secret' : 'captured', name, text: whole };
}

function lookUp(reference: Reference, values: ReferenceValues): string | undefined {
  if (reference.kind === 'deployment-id') return values.deploymentId;
  if (reference.kind === 'unknown') return undefined;
  const known = reference.kind === 'secret' ? values.secrets : values.captured;
  return Object.getOwnPropertyDescriptor(known, reference.name)?.value;
}
