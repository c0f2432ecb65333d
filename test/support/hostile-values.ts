import fc from 'fast-check';

/** Stands in members that nobody asks for; no output may hold it. */
export const unknownMember = 'UNKNOWN-MEMBER';

const texts = [
  '',
  ' ',
  '../../deployments/d-AAAAAAAA1/task-token',
  'a/../b',
  'preflight/shop',
  'received',
  '__proto__',
  'constructor',
  'toString',
  'a\u0000b',
  'a\nb',
  '\u001b[2J',
  '\u202eabc',
  '\ud800',
  '*',
  '%2e%2e%2f',
  '${jndi:ldap://x}',
  "'; DROP TABLE x; --",
  'x'.repeat(3_000),
  '{"__proto__":{"polluted":true}}',
  '[[[[',
  '\\'.repeat(2_000),
];
const numbers = [-1, -0, 0.5, 1e21, 9e15, 2 ** 53, Number.MAX_VALUE, 8.7e15];

/** JSON that somebody with bad intentions would put where something else is expected. */
const hostileValue = fc.oneof(
  fc.constantFrom<unknown>(...texts, ...numbers, null, true, [], {}, [null], [[]]),
  fc.constantFrom<unknown>(
    Array.from({ length: 5_000 }, () => 'x'),
    JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{}}}'),
    JSON.parse(`${'['.repeat(300)}${']'.repeat(300)}`),
  ),
  fc.jsonValue(),
);

type Path = readonly (string | number)[];

/** Every place of a document, its root included. */
function placesOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const members = Object.entries(value).map(([key, member]): [string | number, unknown] => [
    Array.isArray(value) ? Number(key) : key,
    member,
  ]);
  return [path, ...members.flatMap(([key, member]) => placesOf(member, [...path, key]))];
}

function changedAt(value: unknown, path: Path, change: (old: unknown) => unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return change(value);
  if (Array.isArray(value)) {
    return value.map((item, index) => (index === key ? changedAt(item, rest, change) : item));
  }
  return Object.fromEntries(
    Object.entries(value as object).flatMap(([name, member]) => {
      if (name !== key) return [[name, member]];
      const changed = changedAt(member, rest, change);
      return changed === undefined ? [] : [[name, changed]];
    }),
  );
}

function withUnknownMembers(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withUnknownMembers);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([name, member]) => [name, withUnknownMembers(member)]);
  return Object.fromEntries([
    ...members,
    ['unknown', unknownMember],
    [unknownMember, { [unknownMember]: [unknownMember] }],
  ]);
}

/**
 * A sound document with one to three of its members replaced by hostile values or missing, and with members that nobody knows
 * in every object of it.
 */
export function hostileDocuments(sound: unknown): fc.Arbitrary<unknown> {
  const places = placesOf(sound);
  const spoilt = fc.record({
    at: fc.nat(places.length - 1),
    value: fc.option(hostileValue, { nil: undefined }),
  });
  return fc.array(spoilt, { maxLength: 3 }).map((changes) => {
    // Deepest first, so that every path is there when its turn comes.
    const ordered = changes
      .map(({ at, value }) => ({ path: places[at] ?? [], value }))
      .toSorted((a, b) => b.path.length - a.path.length);
    const document = ordered.reduce<unknown>(
      (current, { path, value }) => changedAt(current, path, () => value),
      withUnknownMembers(sound),
    );
    // As it arrives: nothing that JSON cannot say.
    return JSON.parse(JSON.stringify(document ?? null));
  });
}
