import { describe, expect, it } from 'vitest';
import { resolveAnswer } from '../../../functions/core/probe/resolve-expectations.ts';
import { httpCheck } from '../../support/builders/checks.ts';

const values = {
  secrets: { pin: '1.5*' },
  captured: { id: '42' },
  deploymentId: 'd-1',
};

describe('resolveAnswer', () => {
  it('replaces references wherever an expectation has a text, and escapes them in patterns', () => {
    const written = httpCheck({
      expect: {
        headers: { location: '/orders/${captured.id}', etag: { matches: '^"${secrets.pin}' } },
        cookies: {
          id: { secure: true, value: { contains: '${captured.id}' } },
          b: { exists: true },
        },
        json: {
          '$.id': '${captured.id}',
          '$.n': 7,
          '$.none': null,
          '$.pin': { matches: '^${secrets.pin}$', minLength: 2 },
          '$.all': { equals: { id: ['${captured.id}'] }, notEquals: '${deployment.id}' },
          '$.list': { contains: '${captured.id}' },
        },
        jsonSchema: { const: '${captured.id}' },
        body: { equals: '${secrets.pin}', notContains: '${captured.id}', maxBytes: 9 },
      },
    }).expect;

    expect(resolveAnswer(written, values)).toEqual({
      ...written,
      headers: { location: '/orders/42', etag: { matches: '^"1\\.5\\*' } },
      cookies: { id: { secure: true, value: { contains: '42' } }, b: { exists: true } },
      json: {
        '$.id': '42',
        '$.n': 7,
        '$.none': null,
        '$.pin': { matches: '^1\\.5\\*$', minLength: 2 },
        '$.all': { equals: { id: ['42'] }, notEquals: 'd-1' },
        '$.list': { contains: '42' },
      },
      // A JSON Schema is taken as it is.
      jsonSchema: { const: '${captured.id}' },
      body: { equals: '1.5*', notContains: '42', maxBytes: 9 },
    });
  });

  it('replaces them in a redirect, and leaves out what was not expected', () => {
    const written = httpCheck({ expect: { status: 302, redirect: '/${captured.id}' } }).expect;

    const resolved = resolveAnswer(written, values);

    expect(resolved).toEqual({ ...written, redirect: '/42' });
    expect(Object.keys(resolved)).not.toContain('body');
  });
});
