import { createHash } from 'node:crypto';

/** Unique id of an entity that every account has alike: drawn from its name, not from random numbers. */
export function fixedId(prefix: 'ANPA' | 'AROA', name: string): string {
  const digest = createHash('sha256').update(name).digest('hex').toUpperCase();
  return `${prefix}${digest.slice(0, 17)}`;
}
