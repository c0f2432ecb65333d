import { escapeWildcards } from './wildcard.ts';

/** Values of a request's condition keys, by lower-case key; a Map is one. */
export interface RequestContext {
  get(key: string): readonly string[] | undefined;
}

/** Fills in `${aws:username}` and the like; undefined when a key has no value, which then matches nothing. */
export type PatternTemplate = (context: RequestContext) => string | undefined;

const variable = /\$\{([^}]+)\}/g;

export function hasVariables(text: string): boolean {
  return text.includes('${');
}

/**
 * Prepares a pattern with policy variables: `${*}`, `${?}` and `${$}` are those characters, and
 * `${key, 'text'}` has a default. Values are taken literally.
 */
export function patternTemplate(text: string): PatternTemplate {
  return (context) => {
    let complete = true;
    const result = text.replace(variable, (_whole, inner: string) => {
      if (inner === '*' || inner === '?') return escapeWildcards(inner);
      if (inner === '$') return '$';
      const [, key = inner, fallback] = /^\s*([^,]+?)\s*,\s*'([^']*)'\s*$/.exec(inner) ?? [];
      const value = context.get(key.toLowerCase())?.[0] ?? fallback;
      if (value === undefined) complete = false;
      return escapeWildcards(value ?? '');
    });
    return complete ? result : undefined;
  };
}
