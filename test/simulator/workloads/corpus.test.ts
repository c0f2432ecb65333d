import { afterEach, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { findVariant, variantNames } from '../../../simulator/workloads/corpus/variants/index.mjs';
import { type Answer, type Asked, corpusServices } from '../../support/corpus-services.ts';

const services = corpusServices();
const { start, exits } = services;
afterEach(() => services.stop());

const errorsOf = (answers: readonly Answer[]) =>
  answers.filter(({ status }) => status >= 400).length;

describe('a sound release of the corpus', () => {
  it('answers every path as its checks want it', async () => {
    const { ask } = await start('healthy');
    const products = await ask({ headers: { origin: 'https://other.example' } });
    expect(products).toMatchObject({
      status: 200,
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'cache-control': 'public, max-age=60',
        'access-control-allow-origin': 'https://other.example',
        'x-release': 'v2',
      },
    });
    expect(JSON.parse(products.body)).toMatchObject({ version: 'v2', count: 3 });
    expect((await ask({ path: '/catalogue' })).headers.location).toBe('/catalogue/');
    expect((await ask({ path: '/orders', method: 'POST' })).status).toBe(201);
    expect((await ask({ path: '/orders', method: 'OPTIONS' })).status).toBe(204);
    const login = await ask({ path: '/login', method: 'POST' });
    expect(login.headers['set-cookie']).toEqual([expect.stringContaining('; Secure; HttpOnly')]);
    const authorization = `Bearer ${JSON.parse(login.body).token}`;
    expect((await ask({ path: '/account', headers: { authorization } })).status).toBe(200);
    expect((await ask({ path: '/account' })).status).toBe(401);
    expect((await ask({ method: 'HEAD' })).body).toBe('');
  });

  it('refuses to start as a variant that there is not, naming those that there are', () => {
    expect(() => findVariant('helthy')).toThrow(
      /no variant "helthy", only healthy, crash-at-start/,
    );
    expect(new Set(variantNames).size).toBe(variantNames.length);
  });
});

describe('a release with a defect', () => {
  it.each([
    ['crash-at-start', 1, 'Cannot find module "./routes"'],
    ['missing-secret', 78, 'PAYMENT_API_KEY is not set'],
  ])('%s ends before it listens', async (variant, code, reason) => {
    await start(variant);
    expect(exits).toEqual([{ code, reason }]);
  });

  it('missing-secret starts once the secret is there', async () => {
    await start('missing-secret', { PAYMENT_API_KEY: 'x' });
    expect(exits).toEqual([]);
  });

  it('wrong-port listens on another port than the image says', () => {
    expect(findVariant('wrong-port').port).toBe(3_000);
  });

  it.each([
    ['health-check-fails', 503, 200],
    ['health-check-moved', 404, 200],
    ['health-check-lies', 200, 503],
    ['health-check-204', 204, 200],
  ])('%s answers its health check with %i and the rest with %i', async (variant, health, rest) => {
    const { ask } = await start(variant);
    expect((await ask({ path: '/health' })).status).toBe(health);
    expect((await ask()).status).toBe(rest);
  });

  it('crash-after-20-s ends at its third health check, healthy-after-25-s is healthy then', async () => {
    const crashing = await start('crash-after-20-s');
    for (let check = 0; check < 3; check++) await crashing.ask({ path: '/health' });
    expect(exits.map(({ code }) => code)).toEqual([1]);
    const late = await start('healthy-after-25-s');
    const checks = await late.times(3, { path: '/health' });
    expect(checks.map(({ status }) => status)).toEqual([503, 503, 200]);
  });

  it.each([
    ['errors-20-percent', 10, 35],
    ['errors-5-percent', 1, 14],
    ['flaky-half-a-percent', 0, 4],
    ['too-many-requests', 20, 20],
  ])('%s fails its share of a hundred requests', async (variant, least, most) => {
    const { times } = await start(variant);
    const errors = errorsOf(await times(100, { path: '/' }));
    expect(errors).toBeGreaterThanOrEqual(least);
    expect(errors).toBeLessThanOrEqual(most);
  });

  it.each<[string, Asked, number]>([
    ['errors-on-post', { path: '/orders', method: 'POST' }, 500],
    ['errors-on-one-path', { path: '/account' }, 500],
    ['errors-with-a-header', { headers: { 'accept-language': 'de-DE' } }, 500],
    ['errors-with-a-query', { path: '/products?page=2' }, 500],
    ['wrong-host-handling', { headers: { host: 'shop.example' } }, 421],
    ['head-broken', { method: 'HEAD' }, 405],
    ['options-broken', { path: '/orders', method: 'OPTIONS' }, 405],
    ['lost-route', { path: '/report' }, 404],
    ['token-not-accepted', { path: '/account', headers: { authorization: 'Bearer any' } }, 401],
    ['account-open-to-all', { path: '/account' }, 200],
    ['created-becomes-ok', { path: '/orders', method: 'POST' }, 200],
    ['wrong-status-204', {}, 204],
    ['wrong-status-206', {}, 206],
    ['redirects-to-login', {}, 302],
  ])('%s fails where it should and nowhere else', async (variant, asked, status) => {
    const { ask } = await start(variant);
    expect((await ask(asked)).status).toBe(status);
    expect((await ask({ path: '/' })).status).toBe(200);
  });

  it('first-requests-fail fails three times, crashes-under-load ends at 120, ready-too-early waits for 60', async () => {
    const first = await start('first-requests-fail');
    expect((await first.times(5)).map(({ status }) => status)).toEqual([503, 503, 503, 200, 200]);
    const loaded = await start('crashes-under-load');
    await loaded.times(120, { path: '/' });
    expect(exits.map(({ code }) => code)).toEqual([137]);
    const early = await start('ready-too-early');
    expect(errorsOf(await early.times(70, { path: '/' }))).toBe(60);
  });

  it('slow-always takes 400 ms, slow-p95 a tenth of the time 600', () => {
    expect(findVariant('slow-always').delayMs?.({})).toBe(400);
    const { delayMs } = findVariant('slow-p95');
    expect([0.05, 0.0999, 0.1, 0.9].map((drawn) => delayMs?.({ random: () => drawn }))).toEqual([
      600, 600, 0, 0,
    ]);
  });

  it.each<[string, string | undefined]>([
    ['healthy', 'TEAPOT'],
    ['web-socket-garbled', 'topaet'],
    ['web-socket-silent', undefined],
    ['web-socket-refused', 'Unexpected server response: 426'],
  ])('%s over its WebSocket', async (variant, expected) => {
    const { port } = await start(variant);
    const socket = new WebSocket(`ws://127.0.0.1:${port}/live`);
    const reply = await new Promise<string | undefined>((resolve) => {
      socket.once('open', () => {
        socket.send('teapot');
        // Frames are answered in their order, so whoever has answered the ping was silent before it.
        socket.ping();
      });
      socket.once('message', (data) => resolve(String(data)));
      socket.once('pong', () => resolve(undefined));
      socket.once('error', ({ message }) => resolve(message));
    });
    socket.terminate();
    expect(reply).toBe(expected);
  });
});
