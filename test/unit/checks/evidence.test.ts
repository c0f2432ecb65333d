import { describe, expect, it } from 'vitest';
import { quoted, shortJson } from '../../../functions/core/checks/miss.ts';
import { responseEvidence } from '../../../functions/core/checks/response-evidence.ts';
import { timingEvidence } from '../../../functions/core/checks/timing-evidence.ts';
import { maskOf } from '../../../functions/core/probe/mask.ts';

const secret = 'correct-horse-battery-staple';
const mask = maskOf({ 'secrets.pw': secret });
const context = { mask, nowMs: 0 };

describe('what is quoted', () => {
  it('is masked before it is cut, so that no half of a secret is left', () => {
    const text = `${'x'.repeat(50)}${secret}`;

    expect(quoted(text, mask)).toBe(`"${'x'.repeat(50)}\${secrets.…"`);
    expect(shortJson({ text }, mask)).toBe(`{"text":"${'x'.repeat(50)}$…`);
  });

  it('is cut after 60 characters, never within one', () => {
    expect(quoted('x'.repeat(60), mask)).toBe(`"${'x'.repeat(60)}"`);
    expect(quoted(`${'x'.repeat(59)}😀`, mask)).toBe(`"${'x'.repeat(59)}…"`);
    expect(quoted(`${'x'.repeat(58)}😀y`, mask)).toBe(`"${'x'.repeat(58)}😀…"`);
  });
});

describe('responseEvidence', () => {
  const response = {
    kind: 'response' as const,
    status: 500,
    headers: {
      'content-type': 'text/plain',
      'set-cookie': 'id=1, other=2',
      'www-authenticate': 'Bearer realm="shop"',
      'x-auth-token': 'abc',
      'x-api-key': 'abc',
      'x-csrf': 'abc',
      'x-long': 'y'.repeat(500),
      'x-echo': `was ${secret}`,
    },
    setCookies: ['id=abcdef; Path=/; Secure', 'broken'],
    body: `${'z'.repeat(290)}${secret}`,
    durationMs: 7,
  };

  it('keeps headers and the first bytes of the body, and hides what may let somebody in', () => {
    expect(responseEvidence('GET /, number 2 of 9', response, [], context)).toEqual({
      kind: 'response',
      request: 'GET /, number 2 of 9',
      status: 500,
      headers: {
        'content-type': 'text/plain',
        'set-cookie': 'id=(6 characters); Path=/; Secure, (hidden)',
        'www-authenticate': 'Bearer realm="shop"',
        'x-auth-token': '(hidden)',
        'x-api-key': '(hidden)',
        'x-csrf': '(hidden)',
        'x-long': 'y'.repeat(200),
        'x-echo': 'was ${secrets.pw}',
      },
      body: `${'z'.repeat(290)}\${secrets.`,
      durationMs: 7,
      missed: [],
    });
  });

  it('hides what a JSON body calls a token, also one that goes on behind what is shown', () => {
    const shown = (body: string) => {
      const evidence = responseEvidence('POST /login', { ...response, body }, [], context);
      return evidence.kind === 'response' ? evidence.body : '';
    };

    expect(shown('{"access_token" : "a\\"bc", "tokens": 3, "user": "me", "apiKey":"k"}')).toBe(
      '{"access_token" : "(hidden)", "tokens": 3, "user": "me", "apiKey":"(hidden)"}',
    );
    expect(shown(`{"password":"${secret}","id":"${'i'.repeat(400)}"}`).slice(0, 31)).toBe(
      '{"password":"${secrets.pw}","id',
    );
    expect(shown(`{"sessionId":"${'s'.repeat(5_000)}"}`)).toBe('{"sessionId":"(hidden)');
  });

  it('says why there was no answer', () => {
    const silent = { kind: 'no-response' as const, reason: `bad ${secret}`, durationMs: 1 };

    expect(responseEvidence('GET /', silent, [], context)).toEqual({
      kind: 'no-response',
      request: 'GET /',
      reason: 'bad ${secrets.pw}',
      durationMs: 1,
    });
  });
});

describe('timingEvidence', () => {
  it('sums up each phase over all requests that were measured', () => {
    const timed = (ms: number) => ({
      status: 200,
      timings: { dnsMs: 0, connectMs: 1, tlsMs: 2, firstByteMs: ms, totalMs: ms + 3 },
    });
    const outlines = Array.from({ length: 100 }, (_, index) => timed(index + 1));

    const [evidence] = timingEvidence([...outlines, { status: undefined, timings: undefined }]);

    expect(evidence).toMatchObject({
      kind: 'timings',
      requests: 100,
      dnsMs: { p50: expect.closeTo(0, 1), max: expect.closeTo(0, 1) },
      connectMs: { p50: expect.closeTo(1, 1), p95: expect.closeTo(1, 1), max: 1 },
      tlsMs: { max: 2 },
      totalMs: { max: 103 },
    });
    const { p50, p95, max } = (evidence?.kind === 'timings' && evidence.firstByteMs) || {
      p50: 0,
      p95: 0,
      max: 0,
    };
    // The histogram is right within 1 %.
    expect(Math.abs(p50 - 50)).toBeLessThanOrEqual(0.5);
    expect(Math.abs(p95 - 95)).toBeLessThanOrEqual(0.95);
    expect(max).toBe(100);
  });

  it('has nothing to say of a transport that measures no phases', () => {
    expect(timingEvidence([{ status: 200, timings: undefined }])).toEqual([]);
  });
});
