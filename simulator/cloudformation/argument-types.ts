/** A list of exactly two; like the others here, throws an Error that names the function. */
export function pair(name: string, argument: unknown): [unknown, unknown] {
  const items = list(name, argument);
  if (items.length !== 2) throw new Error(`${name} takes two arguments, got ${items.length}`);
  return [items[0], items[1]];
}

export function list(name: string, value: unknown): unknown[] {
  if (!Array.isArray(value)) throw new Error(`${name} needs a list, got ${typeof value}`);
  return value;
}

export function truth(name: string, value: unknown): boolean {
  if (value === true || value === 'true') return true;
  if (value === false || value === 'false') return false;
  throw new Error(`${name} needs conditions, got ${JSON.stringify(value)}`);
}

export function scalar(name: string, value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new Error(`${name} needs a text, got ${Array.isArray(value) ? 'a list' : typeof value}`);
}
