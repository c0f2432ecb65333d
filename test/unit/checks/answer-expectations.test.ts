import { describe, expect, it } from 'vitest';
import { missedExpectations } from '../../../functions/core/checks/http-expectations.ts';
import type { ProbeResponse } from '../../../functions/core/ports/probe-transport.ts';
import type { Exchange } from '../../../functions/core/probe/exchange.ts';
import { httpCheck } from '../../support/builders/checks.ts';

const nowMs = Date.parse('2026-09-01T10:00:00Z');
type Answer = Extract<ProbeResponse, { kind: 'response' }>;

const answer = (changes: Partial<Answer> = {}): Answer => ({
  kind: 'response',
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: '{"n":5,"text":"Käse","list":[1,{"a":2,"b":3}],"none":null}',
  durationMs: 5,
  ...changes,
});
const missed = (expect_: object, response: ProbeResponse = answer(), exchange: object = {}) =>
  missedExpectations(httpCheck({ expect: expect_ }).expect, { response, ...exchange } as Exchange, {
    mask: (text) => text,
    nowMs,
  });

describe('missedExpectations', () => {
  it.each([
    ['a list of statuses and classes', { status: [404, '2xx'] }],
    ['a header that must not be there', { headers: { 'x-debug': { exists: false } } }],
    ['a header that must be there', { headers: { 'Content-Type': { exists: true } } }],
    ['a text without a part', { body: { notContains: 'Exception' } }],
    ['a body within its bounds', { body: { minBytes: 59, maxBytes: 59 } }],
    ['types', { json: { '$.n': { type: 'integer' }, '$.text': { type: 'string' } } }],
    ['type null', { json: { '$.none': { type: 'null' }, '$.list': { type: 'array' } } }],
    [
      'type object and number',
      { json: { '$.list[1]': { type: 'object' }, '$.n': { type: 'number' } } },
    ],
    ['open bounds', { json: { '$.n': { above: 4.9, below: 5.1 } } }],
    ['another value', { json: { '$.n': { notEquals: 6 } } }],
    ['a value in any order of members', { json: { '$.list[1]': { equals: { b: 3, a: 2 } } } }],
    ['an item of a list', { json: { '$.list': { contains: 1 } } }],
    ['a part of a text', { json: { '$.text': { contains: 'äs' } } }],
    ['lengths in characters', { json: { '$.text': { minLength: 4, maxLength: 4 } } }],
    ['lengths in items', { json: { '$.list': { minLength: 2, maxLength: 2 } } }],
    [
      'a JSON Schema',
      { jsonSchema: { type: 'object', required: ['n'], properties: { n: { type: 'integer' } } } },
    ],
  ])('finds nothing missed for %s', (_, expect_) => {
    expect(missed(expect_)).toEqual([]);
  });

  it.each<[object, string, string]>([
    [{ status: [404, '3xx'] }, 'status 404 or 3xx', 'status 200'],
    [
      { headers: { 'content-type': { exists: false } } },
      'no header content-type',
      '"application/json"',
    ],
    [{ body: { notContains: 'Käse' } }, 'body to not contain "Käse"', '"{\\"n\\":5,'],
    [{ body: { minBytes: 60 } }, 'a body of at least 60 bytes', '59 bytes'],
    [{ body: { maxBytes: 58 } }, 'a body of at most 58 bytes', '59 bytes'],
    [{ json: { '$.n': { type: 'string' } } }, '$.n to be of type string', '5'],
    [{ json: { '$.none': { type: 'object' } } }, '$.none to be of type object', 'null'],
    [{ json: { '$.n': { above: 5 } } }, '$.n to be above 5', '5'],
    [{ json: { '$.n': { below: 5 } } }, '$.n to be below 5', '5'],
    [{ json: { '$.text': { above: 0 } } }, '$.text to be above 0', '"Käse"'],
    [{ json: { '$.n': { notEquals: 5 } } }, '$.n to not be 5', '5'],
    [{ json: { '$.list': { contains: 2 } } }, '$.list to contain 2', '[1,{"a":2,"b":3}]'],
    [{ json: { '$.n': { contains: 5 } } }, '$.n to contain 5', '5'],
    [{ json: { '$.list[1]': { equals: { a: 2 } } } }, '$.list[1] to be {"a":2}', '{"a":2,"b":3}'],
    [
      { json: { '$.text': { minLength: 5 } } },
      '$.text to have at least length 5',
      '"Käse" of length 4',
    ],
    [{ json: { '$.n': { maxLength: 5 } } }, '$.n to have at most length 5', '5 of no length'],
    [
      { jsonSchema: { properties: { n: { type: 'string' } } } },
      'a body that its JSON Schema allows',
      'at #/n: Instance type "number" is invalid. Expected "string"',
    ],
    [{ protocol: 'h2' }, 'protocol h2', 'http/1.1'],
    [{ redirect: '/login' }, 'redirect target to be "/login"', 'no redirect'],
    [{ cookies: { id: {} } }, 'cookie id', 'a response that does not set it'],
  ])('for %j expects %s and observes %s', (expect_, expected, observed) => {
    const misses = missed(expect_);

    expect(misses.map((miss) => miss.expected)).toEqual([expected]);
    expect(misses[0]?.observed.startsWith(observed)).toBe(true);
  });

  it('counts the bytes that came, not those that were kept, and says that a body was cut', () => {
    const cut = answer({ body: '{"a":', bodyBytes: 300_000 });

    expect(missed({ body: { maxBytes: 100_000 } }, cut)[0]?.observed).toBe('300000 bytes');
    expect(missed({ json: { '$.a': 1 } }, cut)).toEqual([
      {
        expected: 'a JSON body',
        observed: '"{\\"a\\":" (checks read the first 256 KiB of its 300000 bytes)',
      },
    ]);
  });

  it('names each attribute that a cookie lacks, and never its value', () => {
    const response = answer({ setCookies: ['id=topsecret; Path=/; SameSite=None'] });
    const expect_ = {
      cookies: {
        id: { secure: true, httpOnly: true, sameSite: 'Lax', value: { matches: '^[0-9]+$' } },
      },
    };

    expect(missed(expect_, response)).toEqual(
      ['with Secure', 'with HttpOnly', 'with SameSite=Lax', 'with a value to match /^[0-9]+$/'].map(
        (what) => ({
          expected: `cookie id ${what}`,
          observed: 'id=(9 characters); Path=/; SameSite=None',
        }),
      ),
    );
  });

  it.each([
    [{ id: { secure: false, httpOnly: true, sameSite: 'Strict', value: '7' } }],
    [{ other: { exists: false } }],
  ])('finds nothing missed of cookies %j', (cookies) => {
    const response = answer({ setCookies: ['id=6', 'id=7; HttpOnly; SameSite=strict'] });

    expect(missed({ cookies }, response)).toEqual([]);
  });

  it.each([
    ['/login?a=1', true],
    ['http://shop.example.com/login?a=1', true],
    [{ matches: '^/login' }, true],
    [{ contains: 'shop.example.com' }, true],
    [{ notContains: 'shop.example.com' }, false],
    ['/login', false],
  ])('holds a redirect against %j: %s', (redirect, isMet) => {
    const target = { url: 'http://shop.example.com/login?a=1', path: '/login?a=1' };

    const misses = missed({ status: 302, redirect }, answer({ status: 302 }), { redirect: target });

    expect(misses).toHaveLength(isMet ? 0 : 1);
  });

  it.each([
    ['other-host', 'redirects that stay on the own host', 'a redirect to "https://x.example/"'],
    ['too-many', 'an answer after at most 2 redirects', 'a redirect to "https://x.example/" still'],
    [
      'same-path',
      'an answer after at most 2 redirects',
      'a redirect to "https://x.example/" still, the same path again (redirects are followed at the probed listener, whatever their scheme and port)',
    ],
  ])('says why a redirect was not followed: %s', (stuck, expected, observed) => {
    const redirect = { url: 'https://x.example/', path: undefined };
    const exchange = { stuck, redirect, followed: 2 };

    expect(missed({}, answer({ status: 302 }), exchange)).toEqual([{ expected, observed }]);
  });

  it.each([
    [30, []],
    [31, ['30 days, until 2026-10-01 (CN=shop)']],
  ])('holds a certificate of 30.5 days against %i days', (minDaysLeft, observed) => {
    const certificate = {
      subject: 'CN=shop',
      issuer: 'CN=ca',
      validFromMs: 0,
      validToMs: nowMs + 30.5 * 86_400_000,
    };

    const misses = missed({ certificate: { minDaysLeft } }, answer({ certificate }));

    expect(misses.map((miss) => miss.observed)).toEqual(observed);
  });
});
