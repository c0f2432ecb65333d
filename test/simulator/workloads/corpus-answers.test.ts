import { afterEach, describe, expect, it } from 'vitest';
import { type Answer, corpusServices } from '../../support/corpus-services.ts';

const services = corpusServices();
const { start } = services;
afterEach(() => services.stop());

const firstProduct = ({ body }: Answer) => JSON.parse(body).products[0];

describe('an answer of a release', () => {
  it.each<[string, (answer: Answer) => unknown, unknown]>([
    ['wrong-json-type', (answer) => firstProduct(answer).price, '24.5'],
    ['missing-field', (answer) => 'price' in firstProduct(answer), false],
    ['renamed-field', (answer) => firstProduct(answer).title, 'Teapot'],
    ['negative-price', (answer) => firstProduct(answer).price, -24.5],
    ['price-in-cents', (answer) => firstProduct(answer).price, 2_450],
    ['null-for-list', ({ body }) => JSON.parse(body).products, null],
    ['empty-list', ({ body }) => JSON.parse(body).products, []],
    ['duplicate-keys', ({ body }) => JSON.parse(body).products, []],
    ['stale-data', ({ body }) => JSON.parse(body).ageSeconds, 86_400],
    ['empty-body', ({ body }) => body, ''],
    ['truncated-json', ({ body }) => body.length, 60],
    ['oversize-body', ({ body }) => body.length > 3_000_000, true],
    ['html-error-with-200', ({ headers }) => headers['content-type'], 'text/html; charset=utf-8'],
    ['html-labelled-json', ({ body }) => body.startsWith('<!doctype html>'), true],
    ['wrong-content-type', ({ headers }) => headers['content-type'], 'text/plain; charset=utf-8'],
    ['wrong-charset', ({ body }) => body.includes('Kännchen'), false],
    ['lost-security-header', ({ headers }) => headers['strict-transport-security'], undefined],
    ['lost-cache-header', ({ headers }) => headers['cache-control'], undefined],
    [
      'caches-forever',
      ({ headers }) => headers['cache-control'],
      'public, max-age=31536000, immutable',
    ],
    ['answers-old-version', ({ headers }) => headers['x-release'], 'v1'],
    ['pretty-printed', ({ body }) => body.split('\n').length > 10, true],
    ['field-order', ({ body }) => Object.keys(JSON.parse(body)).at(-1), 'version'],
    ['extra-fields', ({ body }) => JSON.parse(body).deprecated, null],
    ['gzip', ({ headers }) => headers['content-encoding'], undefined],
    ['chunked', ({ headers }) => headers['transfer-encoding'], 'chunked'],
    ['keep-alive-off', ({ headers }) => headers.connection, 'close'],
    ['many-cookies', ({ headers }) => headers['set-cookie']?.length, 12],
  ])(
    '%s changes what it says it changes, with a status of 200',
    async (variant, read, expected) => {
      const { ask } = await start(variant);
      const answer = await ask();
      expect(answer.status).toBe(200);
      expect(read(answer)).toEqual(expected);
    },
  );

  it('gzip compresses for those who accept it', async () => {
    const { ask } = await start('gzip');
    const answer = await ask({ headers: { 'accept-encoding': 'gzip' } });
    expect(answer.headers['content-encoding']).toBe('gzip');
  });

  it.each([
    [
      'lost-cors-header',
      { headers: { origin: 'https://other.example' } },
      'access-control-allow-origin',
      undefined,
    ],
    ['wrong-redirect', { path: '/catalogue' }, 'location', 'http://localhost:8080/catalogue/'],
    ['redirect-loop', { path: '/catalogue' }, 'location', '/catalogue'],
    ['redirects-to-http', { path: '/catalogue' }, 'location', 'http://shop.example/catalogue/'],
    ['longer-redirect-chain', { path: '/catalogue' }, 'location', '/catalogue/en'],
  ])('%s shows in a header', async (variant, asked, header, expected) => {
    const { ask } = await start(variant);
    expect((await ask(asked)).headers[header]).toBe(expected);
  });

  it('cookie-without-secure and login-broken show at the login, another-stage in the settings', async () => {
    const login = { path: '/login', method: 'POST' };
    const cookie = (await (await start('cookie-without-secure')).ask(login)).headers['set-cookie'];
    expect(cookie).toEqual(['session=c0ffee; Path=/; HttpOnly; SameSite=Lax']);
    expect(JSON.parse((await (await start('login-broken')).ask(login)).body)).not.toHaveProperty(
      'token',
    );
    const { body } = await (await start('another-stage')).ask({ path: '/config' });
    expect(JSON.parse(body)).toEqual({ api: 'https://api.staging.shop.example', stage: 'staging' });
  });

  it.each([
    'resets-connections',
    'truncated-body',
    'chunked-garbage',
    'garbage-status-line',
    'hangs',
    'slow-first-byte',
  ])('%s never comes to a whole answer', async (variant) => {
    const { ask } = await start(variant);
    await expect(ask()).rejects.toThrow(/no answer|ECONNRESET|hang up|aborted|Parse Error/);
    expect((await ask({ path: '/' })).status).toBe(200);
  });
});
