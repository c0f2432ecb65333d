import { describe, expect, it } from 'vitest';
import type { ProbeRequest, ProbeResponse } from '../../../functions/core/ports/probe-transport.ts';
import { CookieJar } from '../../../functions/core/probe/cookies.ts';
import { sendFollowing, timeIsUp } from '../../../functions/core/probe/send-following.ts';
import { answered, FakeProbeTransport } from '../../support/fakes/fake-probe-transport.ts';

const request: ProbeRequest = {
  url: 'http://shop.elb.test:8080/start',
  method: 'GET',
  headers: { host: 'shop.example.com', 'x-greengate-probe': 'd-1' },
  timeoutMs: 2_000,
  maxBodyBytes: 1_000,
};

/** Redirects along the given locations and then answers 200. */
function redirecting(status: number, ...locations: string[]): FakeProbeTransport {
  const transport = new FakeProbeTransport();
  transport.answer = (_, number) => {
    const location = locations[number];
    return location === undefined ? answered(200, 'there') : redirect(status, location);
  };
  return transport;
}

function redirect(status: number, location: string): ProbeResponse {
  return { kind: 'response', status, headers: { location }, body: '', durationMs: 10 };
}

const options = { endsAtMs: Number.POSITIVE_INFINITY, now: () => 0 };
const signal = new AbortController().signal;
const follow = (transport: FakeProbeTransport, count: number, changes: object = {}) =>
  sendFollowing({ ...request, ...changes }, transport, signal, { ...options, follow: count });

describe('sendFollowing', () => {
  it.each([
    ['a path', '/next?a=1', 'http://shop.example.com/next?a=1'],
    ['a relative path', 'next?a=1', 'http://shop.example.com/next?a=1'],
    ['the public host', 'http://shop.example.com/next?a=1', 'http://shop.example.com/next?a=1'],
    [
      'the public host by another scheme and port',
      'https://SHOP.example.com:443/next?a=1#top',
      'https://shop.example.com/next?a=1#top',
    ],
    [
      'the address of the load balancer',
      'http://shop.elb.test/next?a=1',
      'http://shop.elb.test/next?a=1',
    ],
  ])('follows a redirect to %s through the same listener', async (_, location, url) => {
    const transport = redirecting(302, location);

    const exchange = await follow(transport, 1);

    expect(transport.requests.map((sent) => sent.url)).toEqual([
      'http://shop.elb.test:8080/start',
      'http://shop.elb.test:8080/next?a=1',
    ]);
    expect(transport.requests[1]?.headers).toEqual(request.headers);
    expect(exchange.redirect).toEqual({ url, path: '/next?a=1' });
    expect(exchange).toMatchObject({ followed: 1, response: { status: 200, durationMs: 15 } });
    expect(exchange.stuck).toBe(undefined);
  });

  it.each([
    'https://login.example.org/',
    '//evil.example/',
    'https://shop.example.com.evil.example/',
    'mailto:shop@example.com',
    'http://169.254.169.254/latest/meta-data/iam/security-credentials/',
    'http://[fd00:ec2::254]/latest/meta-data/',
    'file:///proc/self/environ',
  ])('does not leave for %s', async (location) => {
    const transport = redirecting(302, location);

    const exchange = await follow(transport, 5);

    expect(transport.requests).toHaveLength(1);
    expect(exchange).toMatchObject({ stuck: 'other-host', response: { status: 302 } });
    expect(exchange.redirect?.path).toBe(undefined);
  });

  it('gives up after as many redirects as allowed', async () => {
    const transport = redirecting(301, '/1', '/2', '/3', '/4');

    const exchange = await follow(transport, 3);

    expect(transport.requests).toHaveLength(4);
    expect(exchange).toMatchObject({ stuck: 'too-many', followed: 3, redirect: { path: '/4' } });
  });

  it('leaves an answer as it is when nothing is to be followed', async () => {
    const exchange = await follow(redirecting(302, '/next'), 0);

    expect(exchange).toMatchObject({ response: { status: 302 }, redirect: { path: '/next' } });
    expect(exchange.stuck).toBe(undefined);
  });

  it.each([
    [200, undefined],
    [304, undefined],
    [302, 'http://['],
  ])('finds no redirect in status %i with Location %s', async (status, location) => {
    const transport = new FakeProbeTransport();
    transport.answer = () => ({
      kind: 'response',
      status,
      headers: location === undefined ? {} : { location },
      body: '',
      durationMs: 1,
    });

    expect(await follow(transport, 3)).toMatchObject({ redirect: undefined, followed: 0 });
  });

  it.each([
    [301, 'POST', 'GET'],
    [302, 'POST', 'GET'],
    [303, 'PUT', 'GET'],
    [303, 'HEAD', 'HEAD'],
    [302, 'PUT', 'PUT'],
    [307, 'POST', 'POST'],
    [308, 'POST', 'POST'],
  ])(
    'after %i turns %s into %s, with its body only if the method stays',
    async (status, method, next) => {
      const transport = redirecting(status, '/next');

      await follow(transport, 1, {
        method,
        body: '{}',
        headers: { 'content-type': 'application/json', accept: '*/*' },
      });

      const [, second] = transport.requests;
      expect(second?.method).toBe(next);
      expect(second?.body).toBe(next === method ? '{}' : undefined);
      expect(Object.keys(second?.headers ?? {})).toEqual(
        next === method ? ['content-type', 'accept'] : ['accept'],
      );
    },
  );

  it('gives a request no more than the time that is left, and starts no further one without any', async () => {
    let nowMs = 0;
    const transport = redirecting(302, '/next', '/last');
    const { send } = transport;
    transport.send = (sent) => {
      nowMs += 900;
      return send.call(transport, sent);
    };

    const exchange = await sendFollowing(request, transport, signal, {
      follow: 5,
      endsAtMs: 1_500,
      now: () => nowMs,
    });

    expect(transport.requests.map(({ timeoutMs }) => timeoutMs)).toEqual([1_500, 600]);
    expect(exchange.response).toMatchObject({ kind: 'no-response' });
  });

  it('says so when a redirect to another scheme leads to the same path again', async () => {
    const https = 'https://shop.example.com/start';

    expect((await follow(redirecting(301, https, https, https), 2)).stuck).toBe('same-path');
    expect((await follow(redirecting(301, '/start?a', '/start', '/start?a'), 2)).stuck).toBe(
      'too-many',
    );
  });

  it.each([
    [997, false],
    [998, true],
    [1_000, true],
  ])('counts a timer that fires early as the end of the time: at %d of 1000 ms %j', (at, up) => {
    expect(timeIsUp(at, 1_000)).toBe(up);
  });

  it('adds up the phases of all requests', async () => {
    const transport = new FakeProbeTransport();
    const timings = { dnsMs: 1, connectMs: 2, tlsMs: 3, firstByteMs: 4, totalMs: 10 };
    transport.answer = (_, number) => ({
      ...(number === 0 ? redirect(302, '/next') : answered(200)),
      timings,
    });

    expect((await follow(transport, 1)).response.timings).toEqual({
      dnsMs: 2,
      connectMs: 4,
      tlsMs: 6,
      firstByteMs: 8,
      totalMs: 20,
    });
  });

  it('sends the cookies that redirects set, beside those of its own', async () => {
    const transport = new FakeProbeTransport();
    transport.answer = (_, number) =>
      number === 0
        ? {
            kind: 'response',
            status: 302,
            headers: { location: '/in' },
            setCookies: ['session=abc; Path=/', 'old=; Max-Age=0', 'theme=light'],
            body: '',
            durationMs: 1,
          }
        : answered(200);

    await sendFollowing({ ...request, headers: { cookie: 'theme=dark' } }, transport, signal, {
      ...options,
      follow: 1,
      cookies: new CookieJar(),
    });

    expect(transport.requests.map(({ headers }) => headers.cookie)).toEqual([
      'theme=dark',
      'theme=dark; session=abc',
    ]);
  });
});
