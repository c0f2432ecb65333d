import { describe, expect, it } from 'vitest';
import { CookieJar, cookiesOf } from '../../../functions/core/probe/cookies.ts';

const nowMs = Date.parse('2026-09-01T10:00:00Z');
const setting = (...setCookies: string[]) => ({
  kind: 'response' as const,
  status: 200,
  headers: {},
  setCookies,
  body: '',
  durationMs: 1,
});

describe('cookiesOf', () => {
  it('reads name, value and attributes, whatever their case', () => {
    expect(cookiesOf(setting('id = a=b== ; PATH=/; secure;HttpOnly; samesite=lax'), nowMs)).toEqual(
      [
        {
          name: 'id',
          value: 'a=b==',
          secure: true,
          httpOnly: true,
          sameSite: 'Lax',
          expired: false,
          attributes: 'PATH=/; secure; HttpOnly; samesite=lax',
        },
      ],
    );
  });

  it.each([
    ['id=1', false],
    ['id=1; Max-Age=60', false],
    ['id=1; Max-Age=0', true],
    ['id=1; Max-Age=-1', true],
    ['id=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT', true],
    ['id=1; Expires=Wed, 02 Sep 2026 00:00:00 GMT', false],
    ['id=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=60', false],
    ['id=1; Expires=never', false],
  ])('tells whether %s takes a cookie back: %s', (header, expired) => {
    expect(cookiesOf(setting(header), nowMs)[0]?.expired).toBe(expired);
  });

  it('skips what has no name, and takes a joined header for want of single ones', () => {
    expect(cookiesOf(setting('=x', 'novalue'), nowMs)).toEqual([]);
    const joined = {
      ...setting(),
      setCookies: undefined,
      headers: { 'set-cookie': 'a=1; Secure' },
    };
    const { setCookies: _, ...rest } = joined;
    expect(cookiesOf(rest, nowMs)).toMatchObject([{ name: 'a', secure: true }]);
  });
});

describe('CookieJar', () => {
  it('keeps the newest value, forgets what is taken back, and sends nothing when empty', () => {
    const jar = new CookieJar();
    expect(jar.header()).toBe(undefined);
    jar.keep(setting('a=1', 'b=2'), nowMs);
    jar.keep(setting('a=3', 'b=; Max-Age=0'), nowMs);
    expect(jar.header()).toBe('a=3');
    expect(jar.header('c=9')).toBe('c=9; a=3');
    expect(jar.values).toEqual(['3']);
  });
});
