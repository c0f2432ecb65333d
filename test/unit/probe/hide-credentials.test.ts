import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hideCredentials } from '../../../functions/core/probe/hide-credentials.ts';

const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.c2lnbmF0dXJlMTIz';
// Put together here, so that scanners of this repository find no key in it.
const accessKey = ['AKIA', 'IOSFODNN7EXAMPLE'].join('');
const privateKey = [
  '-----BEGIN RSA PRIVATE',
  'KEY-----\nMIIE\nabc=\n-----END RSA PRIVATE KEY-----',
].join(' ');

describe('hideCredentials', () => {
  it.each([
    [
      'cannot connect to postgres://shop:hunter2@db/shop',
      'cannot connect to postgres://(hidden)@db/shop',
    ],
    ['GET https://ghp_abc123@example.com/a', 'GET https://(hidden)@example.com/a'],
    ['sent Authorization: Bearer abc123def456', 'sent Authorization: Bearer (hidden)'],
    ['Basic dXNlcjpwYXNz=', 'Basic (hidden)'],
    [`got ${jwt}.`, 'got (hidden).'],
    [`key ${accessKey} refused`, 'key (hidden) refused'],
    [`read ${privateKey} from disk`, 'read (hidden) from disk'],
    ['authorization: abcdef123456', 'authorization: (hidden)'],
    ['API_TOKEN=abc DEBUG=1', 'API_TOKEN=(hidden) DEBUG=1'],
    ['DB_PASSWORD="a b" failed', 'DB_PASSWORD=(hidden) failed'],
    ['{"sessionId":"a1b2c3d4e5"}', '{"sessionId":"(hidden)"}'],
    ['{\\"api_key\\":\\"a1b2c3d4e5\\"}', '{\\"api_key\\":\\"(hidden)\\"}'],
    ['/login?token=abc&next=/', '/login?token=(hidden)&next=/'],
  ])('hides the credential of %j', (text, shown) => {
    expect(hideCredentials(text)).toBe(shown);
    expect(hideCredentials(shown)).toBe(shown);
  });

  it.each([
    'the shop lost its thread',
    'SyntaxError: Unexpected token: )',
    'Basic authentication failed',
    'author=Ada, authors: 12345678',
    'GET https://example.com:8080/a@b',
    'token=${secrets.token}',
    'https://probe:${secrets.token}@elsewhere.example/',
    'session: expired after 30 minutes',
  ])('leaves %j readable', (text) => {
    expect(hideCredentials(text)).toBe(text);
  });

  it('takes time in proportion to the text, whatever the text', () => {
    for (const unit of [
      'a',
      'token',
      'token=',
      'auth:',
      'eyJ',
      'https://',
      'Bearer ',
      '-',
      '\\"',
      '-----BEGIN PRIVATE KEY-----',
    ]) {
      const text = unit.repeat(100_000);
      expect(hideCredentials(text).length, unit).toBeLessThanOrEqual(text.length);
    }
  });

  it('never fails and is done after once', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const once = hideCredentials(`token=${text} Bearer ${text}`);
        expect(hideCredentials(once)).toBe(once);
      }),
    );
  });
});
