import { describe, expect, it } from 'vitest';
import { missedExpectations } from '../../../functions/core/checks/http-expectations.ts';
import { httpCheck } from '../../support/builders/checks.ts';
import { answered } from '../../support/fakes/fake-probe-transport.ts';

const body = '{"status":"UP","items":[{"price":9.5}],"none":null,"flag":false}';

const missed = (expect_: Record<string, unknown>, text: string) =>
  missedExpectations(
    httpCheck({ expect: expect_ }).expect,
    { response: answered(200, text) },
    { mask: (shown) => shown, nowMs: 0 },
  );

describe('missedExpectations', () => {
  it.each<[string, Record<string, unknown>]>([
    ['a status', { status: 200 }],
    ['one of several statuses', { status: [200, 204] }],
    ['a class of statuses', { status: '2xx' }],
    ['a header by any case of its name', { headers: { 'Content-Type': 'application/json' } }],
    ['a part of a header', { headers: { 'content-type': { contains: 'json' } } }],
    ['a pattern of the body', { body: { matches: '"items":\\[' } }],
    ['a value by path', { json: { '$.status': 'UP' } }],
    ['a null by path', { json: { '$.none': null } }],
    ['a null that exists', { json: { '$.none': { exists: true } } }],
    ['a false by path', { json: { '$.flag': false } }],
    ['a range', { json: { '$.items[0].price': { atLeast: 9.5, atMost: 9.5 } } }],
    ['an absence', { json: { '$.items[1]': { exists: false } } }],
    ['a text pattern', { json: { '$.status': { matches: '^U' } } }],
    ['the protocol of a transport that does not say', { protocol: 'http/1.1' }],
  ])('finds nothing missed for %s', (_, expect_) => {
    expect(missed(expect_, body)).toEqual([]);
  });

  it.each<[Record<string, unknown>, string, string]>([
    [{ status: [201, 204] }, 'status 201 or 204', 'status 200'],
    [{ status: '3xx' }, 'status 3xx', 'status 200'],
    [{ headers: { 'x-release': 'v2' } }, 'header x-release to be "v2"', 'a response without it'],
    [
      { headers: { 'content-type': { contains: 'html' } } },
      'header content-type to contain "html"',
      '"application/json"',
    ],
    [
      { headers: { 'x-release': { exists: true } } },
      'header x-release to be there',
      'a response without it',
    ],
    [{ json: { '$.status': 'DOWN' } }, '$.status to be "DOWN"', '"UP"'],
    [{ json: { '$.missing': {} } }, '$.missing to exist', 'a body without it'],
    [{ json: { '$.none': { atLeast: 0 } } }, '$.none to be at least 0', 'null'],
    [{ json: { '$.items': { exists: false } } }, '$.items not to exist', '[{"price":9.5}]'],
    [
      { json: { '$.items[0].price': { atLeast: 1, atMost: 9 } } },
      '$.items[0].price to be at least 1 and be at most 9',
      '9.5',
    ],
    [
      { body: { contains: 'sold out' } },
      'body to contain "sold out"',
      `"${body.slice(0, 60).replaceAll('"', '\\"')}…"`,
    ],
  ])('for %j expects %s and observes %s', (expect_, expected, observed) => {
    expect(missed(expect_, body)).toEqual([{ expected, observed }]);
  });

  it('reads JSON behind a byte order mark, as clients do', () => {
    expect(missed({ json: { '$.a': 1 } }, '\uFEFF{"a":1}')).toEqual([]);
    expect(missed({ json: { '$.a': 2 } }, '\uFEFF{"a":1}')).toEqual([
      { expected: '$.a to be 2', observed: '1' },
    ]);
  });

  it('says that a body is no JSON instead of blaming each path', () => {
    expect(missed({ json: { '$.a': 1, '$.b': 2 } }, '<html>')).toEqual([
      { expected: 'a JSON body', observed: '"<html>"' },
    ]);
  });
});
