import { describe, expect, it } from 'vitest';
import { findPath } from '../../../simulator/states/query/jsonpath/find.ts';
import { parsePath } from '../../../simulator/states/query/jsonpath/parse-path.ts';
import { setReference } from '../../../simulator/states/query/jsonpath/set-reference.ts';

const data = {
  name: 'shop',
  'detail-type': 'push',
  'odd name': { "it's": 1 },
  none: null,
  items: [
    { id: 'a', price: 5, tags: ['new'] },
    { id: 'b', price: 12, tags: [] },
    { id: 'c', price: 20 },
  ],
  limits: { price: 10 },
};

const find = (path: string) => findPath(parsePath(path), data);

describe('a JSONPath that names one node', () => {
  it.each([
    ['$', data],
    ['$.name', 'shop'],
    ['$.detail-type', 'push'],
    ["$['odd name']['it\\'s']", 1],
    ['$.none', null],
    ['$.items[1].id', 'b'],
    ['$.items[-1].id', 'c'],
    ['$.items.length()', 3],
    ['$.items.[0].id', 'a'],
    ["$.['odd name']", { "it's": 1 }],
    [' $.name ', 'shop'],
    ["$.items[0]['id','price','gone']", { id: 'a', price: 5 }],
  ])('%s finds its value', (path, expected) => {
    expect(find(path)).toEqual({ value: expected });
  });

  it.each(['$.gone', '$.items[3]', '$.name.first', '$.none.inner', '$.gone[*].id', '$.items.id'])(
    '%s finds nothing',
    (path) => {
      expect(find(path)).toBeUndefined();
    },
  );
});

describe('a JSONPath that can name several nodes', () => {
  it.each([
    ['$.items[*].id', ['a', 'b', 'c']],
    ['$.items[0,2].id', ['a', 'c']],
    ['$.items[1:].id', ['b', 'c']],
    ['$.items[:-1].id', ['a', 'b']],
    ['$.items[*].tags', [['new'], []]],
    ['$.limits.*', [10]],
    ['$..price', [5, 12, 20, 10]],
    ['$..items[0].id', ['a']],
    ['$.items[?(@.price > 10)].id', ['b', 'c']],
    ['$.items[?(@.price > 5 && @.price < 20)].id', ['b']],
    ["$.items[?(@.id == 'a' || @.id == 'c')].price", [5, 20]],
    ['$.items[?(@.tags)].id', ['a', 'b']],
    ['$.items[?(!@.tags)].id', ['c']],
    ['$.items[?(!(@.price > 10 || @.price == 5))].id', []],
    ['$.items[?(@.price <= $.limits.price)].id', ['a']],
    ["$.items[?(@.id in ['b', 'x'])].id", ['b']],
    ["$.items[?(@.id nin ['b', 'x'])].id", ['a', 'c']],
    ["$.items[?(@.tags contains 'new')].id", ['a']],
    ['$.items[?(@.tags size 0)].id', ['b']],
    ['$.items[?(@.tags empty true)].id', ['b']],
    ['$.items[?(@.price != 5)].id', ['b', 'c']],
    ['$.items[?(@.id > 1)].id', []],
    ['$.limits[?(@.price == 10)].price', [10]],
    ['$.items[7:].id', []],
  ])('%s answers a list', (path, expected) => {
    expect(find(path)).toEqual({ value: expected });
  });
});

describe('parsePath', () => {
  it.each([
    ['name', 'must begin with $'],
    ['$.', 'a name expected'],
    ['$.items[', 'an index or a quoted name expected'],
    ['$.items[0', "']' expected"],
    ["$['open", "''' expected"],
    ['$.items[0:4:2]', "']' expected"],
    ['$.items[?(@.id =~ /a/)]', 'the filter operator =~ is not modelled'],
    ['$.a b', "' b' is not part of a path"],
  ])('refuses %s', (path, reason) => {
    expect(() => parsePath(path)).toThrow(reason);
  });
});

describe('setReference', () => {
  const set = (path: string, value: unknown, into: unknown = { a: { b: 1 }, list: [1, 2] }) =>
    setReference(into, parsePath(path), value);

  it.each([
    ['$', 7, 7],
    ['$.a.c', 7, { a: { b: 1, c: 7 }, list: [1, 2] }],
    ['$.new.deep', 7, { a: { b: 1 }, list: [1, 2], new: { deep: 7 } }],
    ['$.list[1]', 7, { a: { b: 1 }, list: [1, 7] }],
    ['$.__proto__', 7, JSON.parse('{"a":{"b":1},"list":[1,2],"__proto__":7}')],
  ])('%s puts the value there', (path, value, expected) => {
    expect(set(path, value)).toEqual(expected);
  });

  it.each(['$.list[2]', '$.a.b.c', '$.list.x', '$.a[0]'])('%s does not fit', (path) => {
    expect(() => set(path, 7)).toThrow();
  });

  it('leaves what it was given as it was', () => {
    const before = { a: { b: 1 } };
    set('$.a.b', 2, before);
    expect(before).toEqual({ a: { b: 1 } });
  });
});
