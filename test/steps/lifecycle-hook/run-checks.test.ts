import { beforeEach, describe, expect, it } from 'vitest';
import type { CheckConfig } from '../../../functions/core/config/schema.ts';
import { TransientAwsError } from '../../../functions/core/errors.ts';
import { runChecks } from '../../../functions/lifecycle-hook/run-checks.ts';
import type { Vantage } from '../../../functions/lifecycle-hook/vantage.ts';
import { BlueGreenScene, deploymentId } from '../../support/blue-green-scene.ts';
import { parsedCheck } from '../../support/builders/parsed-checks.ts';
import { EventClock } from '../../support/fakes/event-clock.ts';
import { answered } from '../../support/fakes/fake-probe-transport.ts';

let scene: BlueGreenScene;
let vantage: Vantage;

beforeEach(async () => {
  scene = new BlueGreenScene();
  scene.secrets.values.set('shop#token', 't0p/secret+');
  scene.secrets.values.set('/shop/password', 'hunter2"');
  vantage = {
    lifecycleEvent: 'AfterAllowTestTraffic',
    deploymentId,
    service: 'shop',
    image: undefined,
    listener: await scene.loadBalancing.listener('arn:listener/test'),
    originalListener: undefined,
  };
});

const run = (...checks: CheckConfig[]) => runChecks(checks, vantage, scene);
const token = { token: { secretsManager: 'shop', key: 'token' } };
const bearer = { authorization: 'Bearer ${secrets.token}' };

describe('runChecks', () => {
  it('runs every type in the order of the list, each at the listener', async () => {
    vantage = { ...vantage, listener: { ...vantage.listener, protocol: 'HTTPS', port: 443 } };

    const results = await run(
      parsedCheck('grpc-health', { service: 'shop' }),
      parsedCheck('websocket', { path: '/ws', send: 'hi', expect: { reply: 'hi' } }),
      parsedCheck('alarms', { names: ['shop-5xx'] }),
      parsedCheck('flow', { name: 'walk', steps: [{ path: '/a' }, { path: '/b' }], runs: 1 }),
      parsedCheck('http', { path: '/c', requests: 1, protocol: 'h2' }),
    );

    expect(results.map(({ type, verdict }) => [type, verdict])).toEqual([
      ['grpc-health', 'pass'],
      ['websocket', 'pass'],
      ['flow', 'pass'],
      ['http', 'pass'],
    ]);
    expect(scene.grpcHealth.requests[0]).toEqual({
      url: 'https://shop.elb.test:443',
      service: 'shop',
      headers: { 'x-greengate-probe': deploymentId },
      timeoutMs: 2_000,
      tls: {},
    });
    expect(scene.webSocket.exchanges[0]).toEqual({
      url: 'wss://shop.elb.test:443/ws',
      headers: { 'x-greengate-probe': deploymentId },
      subprotocol: undefined,
      send: 'hi',
      awaitReply: true,
      timeoutMs: 2_000,
      maxMessageBytes: 262_144,
      tls: {},
    });
    expect(scene.probe.requests.map(({ url, protocol }) => [url.slice(-2), protocol])).toEqual([
      ['/a', 'http/1.1'],
      ['/b', 'http/1.1'],
      ['/c', 'h2'],
    ]);
  });

  it('sends secrets, reads each once, and shows none of what is echoed', async () => {
    scene.probe.answer = ({ url, headers, body }) => ({
      kind: 'response',
      status: 418,
      headers: { 'x-echo': headers.authorization ?? '', 'x-url': url, 'x-csrf': 'abc' },
      setCookies: ['session=t0p/secret+; Secure'],
      body: JSON.stringify({ headers, body, basic: btoa('u:hunter2"') }),
      durationMs: 1,
    });
    const secrets = { ...token, password: { parameter: '/shop/password' } };
    const check = (name: string) =>
      parsedCheck('http', {
        name,
        path: '/orders/${secrets.token}',
        method: 'POST',
        headers: bearer,
        body: { json: { password: '${secrets.password}' } },
        requests: 1,
        secrets,
      });

    const [first, second] = await run(check('a'), check('b'));

    expect(scene.probe.requests[0]).toMatchObject({
      url: 'http://shop.elb.test:8080/orders/t0p%2Fsecret%2B',
      headers: { authorization: 'Bearer t0p/secret+' },
      body: '{"password":"hunter2\\""}',
    });
    expect(scene.secrets.reads.toSorted()).toEqual(['/shop/password', 'shop#token']);
    expect(first?.sentence).toBe(
      'POST /orders/${secrets.token}: expected status 200, got status 418 in 1 of 1 responses',
    );
    expect(first?.evidence.at(-1)).toMatchObject({
      headers: {
        'x-echo': 'Bearer ${secrets.token}',
        'x-url': 'http://shop.elb.test:8080/orders/${secrets.token}',
        'x-csrf': '(hidden)',
      },
    });
    for (const part of ['t0p', 'hunter2', btoa('hunter2"').slice(0, 8)]) {
      expect(JSON.stringify([first, second])).not.toContain(part);
    }
  });

  it('uses a secret as long as a key, and shows nothing of it', async () => {
    const key = `-----BEGIN KEY-----\n${'MIIEvQ+/d3J4kc8aX'.repeat(400)}\n-----END KEY-----\n`;
    scene.secrets.values.set('/shop/key', key);
    scene.probe.answer = ({ body = '' }) => ({
      kind: 'response',
      status: 400,
      headers: {},
      body: `bad key ${body.slice(16, 6_000)}`,
      durationMs: 1,
    });

    const [result] = await run(
      parsedCheck('http', {
        path: '/keys',
        method: 'POST',
        body: '${secrets.key}',
        requests: 1,
        secrets: { key: { parameter: '/shop/key' } },
      }),
    );

    expect(scene.probe.requests[0]?.body).toBe(key);
    expect(result?.verdict).toBe('fail');
    expect(JSON.stringify(result)).not.toContain('MIIEvQ');
  });

  it('names all missing secrets together, and runs the checks that need none of them', async () => {
    const missing = (name: string) =>
      parsedCheck('http', {
        path: '/x',
        headers: { a: '${secrets.one}${secrets.two}' },
        secrets: { one: { parameter: name }, two: { secretsManager: 'gone', key: 'k' } },
      });

    const results = await run(
      missing('/b'),
      parsedCheck('http', { path: '/open', requests: 1 }),
      missing('/a'),
    );

    expect(results.map(({ name, verdict }) => [name, verdict])).toEqual([
      ['secrets', 'error'],
      ['/open', 'pass'],
    ]);
    expect(results[0]?.sentence).toBe(
      'secrets: cannot read 3 secrets of the checks: There is no secret "/a"; There is no secret "/b"; There is no secret "gone#k"',
    );
    expect(scene.probe.requests.map(({ url }) => url)).toEqual(['http://shop.elb.test:8080/open']);
  });

  it('leaves a throttled read to whoever judges anew', async () => {
    const throttled = new TransientAwsError('Rate exceeded');
    scene.secrets.read = async () => {
      throw throttled;
    };

    await expect(run(parsedCheck('http', { path: '/', secrets: token }))).rejects.toBe(throttled);
  });

  it('lets an inconclusive check through where that is allowed, and not elsewhere', async () => {
    const results = await run(
      parsedCheck('grpc-health', { name: 'strict' }),
      parsedCheck('grpc-health', { name: 'lenient', allowInconclusive: true }),
    );

    expect(results.map(({ verdict }) => verdict)).toEqual(['inconclusive', 'pass']);
    expect(results[1]?.sentence).toBe(
      'lenient: expected an HTTPS listener, because gRPC needs HTTP/2, got a listener that speaks HTTP on port 8080 (let through by allowInconclusive)',
    );
  });

  it('is inconclusive about a check that maxTotalSeconds ends', async () => {
    scene.probe.answer = () => {
      scene.clock.advance(700);
      return answered(200);
    };

    const [result] = await run(
      parsedCheck('http', { path: '/', requests: 9, concurrency: 1, maxTotalSeconds: 2 }),
    );

    // 0.0, 0.7 and 1.4 s; the third has 600 ms left and ends after them.
    expect(scene.probe.requests.map(({ timeoutMs }) => timeoutMs)).toEqual([2_000, 1_300, 600]);
    expect(result).toMatchObject({
      verdict: 'inconclusive',
      sentence: 'GET /: expected answers to 9 requests, got 3 before the time was up',
    });
  });

  it('does not count a request that our own time cut off', async () => {
    scene.probe.answer = () => {
      scene.clock.advance(1_500);
      return {
        kind: 'no-response',
        reason: 'no complete answer within 1000 ms',
        durationMs: 1_500,
      };
    };

    const [result] = await run(
      parsedCheck('http', { path: '/', requests: 5, concurrency: 1, maxTotalSeconds: 1 }),
    );

    expect(result).toMatchObject({ verdict: 'inconclusive', samples: 0 });
  });

  it('counts latency from the intended start', async () => {
    const clock = new EventClock();
    scene.probe.answer = async (_, number) => {
      const tookMs = number === 0 ? 1_000 : 10;
      await clock.sleep(tookMs);
      return answered(200, '', tookMs);
    };
    const check = parsedCheck('http', {
      path: '/',
      requests: 20,
      ratePerSecond: 10,
      concurrency: 1,
      expect: { latency: { quantile: 0.5, maxMs: 99 } },
    });

    const [result] = await runChecks([check], vantage, { ...scene, clock });

    // In a closed loop 19 of 20 would take 10 ms. Behind the stall the ones that were due 100 ms apart took
    // 910, 820 … 100 ms, and only the last nine 10 ms again.
    expect(result).toMatchObject({
      verdict: 'fail',
      sentence:
        'GET /: expected latency quantile 0.5 of at most 99 ms, got 100 ms over 20 requests',
    });
  });

  it('turns a check that breaks into an error and still runs the others', async () => {
    scene.webSocket.exchange = async () => {
      throw new RangeError('broken k3y');
    };
    scene.secrets.values.set('/key', 'broken k3y');

    const results = await run(
      parsedCheck('websocket', {
        path: '/ws',
        headers: { a: '${secrets.key}' },
        secrets: { key: { parameter: '/key' } },
      }),
      parsedCheck('http', { path: '/', requests: 1 }),
    );

    expect(results.map(({ verdict, sentence }) => [verdict, sentence])).toEqual([
      ['error', '/ws: ${secrets.key}'],
      ['pass', 'GET /: 1 of 1 responses as expected'],
    ]);
  });

  it('masks what a transport says of why there was no answer', async () => {
    scene.probe.answer = ({ headers }) => ({
      kind: 'no-response',
      reason: `Invalid character in header content ["${headers.authorization}"]`,
      durationMs: 1,
    });

    const [result] = await run(
      parsedCheck('http', { path: '/', requests: 1, headers: bearer, secrets: token }),
    );

    expect(result?.observed).toBe(
      'no response (Invalid character in header content ["Bearer ${secrets.token}"]) in 1 of 1 responses',
    );
  });
});
