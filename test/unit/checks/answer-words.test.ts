import { describe, expect, it } from 'vitest';
import { missedExpectations } from '../../../functions/core/checks/http-expectations.ts';
import { stuckRedirect } from '../../../functions/core/checks/redirect-expectation.ts';
import type { ProbeResponse } from '../../../functions/core/ports/probe-transport.ts';
import type { Exchange } from '../../../functions/core/probe/exchange.ts';
import { httpCheck } from '../../support/builders/checks.ts';

const nowMs = Date.parse('2026-09-01T10:00:00Z');
type Answer = Extract<ProbeResponse, { kind: 'response' }>;

function missed(expect_: object, answer: Partial<Answer> = {}, exchange: object = {}) {
  const response = {
    kind: 'response',
    status: 200,
    headers: {},
    body: '',
    durationMs: 1,
    ...answer,
  };
  return missedExpectations(
    httpCheck({ expect: expect_ }).expect,
    { response, ...exchange } as Exchange,
    { mask: (text) => text, nowMs },
  );
}

describe('an expectation about the body', () => {
  it('as a plain text is met by that text alone', () => {
    expect(missed({ body: 'ok' }, { body: 'ok' })).toEqual([]);
    expect(missed({ body: 'ok' }, { body: 'okay' })).toEqual([
      { expected: 'body to be "ok"', observed: '"okay"' },
    ]);
  });

  it('says that only its beginning was kept, and nothing of a whole one', () => {
    const expect_ = { body: { contains: 'x' } };
    const expected = 'body to contain "x"';

    expect(missed(expect_, { body: 'abc', bodyBytes: 4 })).toEqual([
      { expected, observed: '"abc" (checks read the first 256 KiB of its 4 bytes)' },
    ]);
    expect(missed(expect_, { body: 'abc', bodyBytes: 3 })).toEqual([
      { expected, observed: '"abc"' },
    ]);
    expect(missed(expect_)).toEqual([{ expected, observed: '""' }]);
  });

  it('as JSON calls an empty one empty', () => {
    expect(missed({ json: { $: 1 } })).toEqual([
      { expected: 'a JSON body', observed: 'an empty one' },
    ]);
    expect(missed({ json: { $: 1 } }, { body: ' ' })).toEqual([
      { expected: 'a JSON body', observed: '" "' },
    ]);
  });

  it('by a JSON Schema names the innermost of the first thing wrong', () => {
    const jsonSchema = {
      properties: {
        a: { properties: { b: { properties: { c: { type: 'string' } } } } },
        z: { type: 'string' },
      },
    };

    expect(missed({ jsonSchema }, { body: '{"a":{"b":{"c":1}},"z":1}' })).toEqual([
      {
        expected: 'a body that its JSON Schema allows',
        observed: 'at #/a/b/c: Instance type "number" is invalid. Expected "string"',
      },
    ]);
  });
});

describe('an expectation about cookies', () => {
  const cookies = (rules: object, ...setCookies: string[]) =>
    missed({ cookies: { id: rules } }, { setCookies });

  it('does not mind attributes that it does not name', () => {
    expect(cookies({}, 'id=7; Secure; HttpOnly; SameSite=Lax')).toEqual([]);
  });

  it('names attributes that must not be there', () => {
    expect(cookies({ secure: false, httpOnly: false }, 'id=7; Secure; HttpOnly')).toEqual(
      ['without Secure', 'without HttpOnly'].map((words) => ({
        expected: `cookie id ${words}`,
        observed: 'id=(1 characters); Secure; HttpOnly',
      })),
    );
  });

  it('shows one that must not be there, without its value', () => {
    expect(cookies({ exists: false }, 'id=topsecret')).toEqual([
      { expected: 'no cookie id', observed: 'id=(9 characters)' },
    ]);
  });
});

describe('an expectation about the redirect', () => {
  const redirect = { url: 'http://shop.example.com/a', path: '/a' };

  it.each<[object, object, object[]]>([
    [
      { redirect: '/b' },
      { redirect },
      [{ expected: 'redirect target to be "/b"', observed: '"/a"' }],
    ],
    [
      { redirect: '/b' },
      { redirect: { url: 'http://x.example/', path: undefined } },
      [{ expected: 'redirect target to be "/b"', observed: '"http://x.example/"' }],
    ],
    [
      { redirect: { notContains: 'login' } },
      {},
      [{ expected: 'redirect target to not contain "login"', observed: 'no redirect' }],
    ],
    [{ redirect: { notContains: 'login' } }, { redirect }, []],
  ])('%j of %j', (expect_, exchange, misses) => {
    expect(missed({ status: 302, ...expect_ }, { status: 302 }, exchange)).toEqual(misses);
  });

  it('has nothing to say of one that leads nowhere', () => {
    const response = { kind: 'no-response', reason: 'reset', durationMs: 1 } as const;

    expect(stuckRedirect({ response, stuck: 'too-many' } as Exchange, (text) => text)).toBe(
      undefined,
    );
  });
});

describe('expectations about the connection', () => {
  it('miss a certificate where there is none', () => {
    expect(missed({ certificate: { minDaysLeft: 7 } })).toEqual([
      {
        expected: 'a certificate that is valid for at least 7 days',
        observed: 'no certificate',
      },
    ]);
  });

  it('are met by the protocol that is asked for', () => {
    expect(missed({ protocol: 'h2' }, { protocol: 'h2' })).toEqual([]);
  });
});
