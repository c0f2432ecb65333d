import { invalidPattern } from './pattern-value.ts';

export type Select = (document: unknown) => unknown[];

/** `$.a.b`, `$.list[0].id`, `$['a b']`, `$.list[*]`: the values there, none when there is no such place. */
export function compileSelector(source: string): Select {
  const steps: (string | number | '*')[] = [];
  let rest = source.slice(1);
  while (rest !== '') {
    const found = /^(?:\.([\w-]+)|\[(\d+)\]|\[(\*)\]|\[(?:"([^"]*)"|'([^']*)')\])/.exec(rest);
    if (!found) throw invalidPattern(source);
    const [whole, name, index, wildcard, double, single] = found;
    steps.push(index === undefined ? (name ?? wildcard ?? double ?? single ?? '') : Number(index));
    rest = rest.slice(whole.length);
  }
  return (document) =>
    steps.reduce<unknown[]>((values, step) => values.flatMap(take(step)), [document]);
}

function take(step: string | number): (value: unknown) => unknown[] {
  return (value) => {
    if (typeof value !== 'object' || value === null) return [];
    if (step === '*') return Array.isArray(value) ? value : [];
    return Object.hasOwn(value, step) ? [Reflect.get(value, step)] : [];
  };
}
