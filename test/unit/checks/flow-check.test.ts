import { beforeEach, describe, expect, it } from 'vitest';
import { judgeFlowCheck } from '../../../functions/core/checks/flow-check.ts';
import type { Listener } from '../../../functions/core/ports/load-balancing.ts';
import type { ProbeResponse } from '../../../functions/core/ports/probe-transport.ts';
import { runFlow } from '../../../functions/core/probe/run-flow.ts';
import { parsedCheck } from '../../support/builders/parsed-checks.ts';
import { answered, FakeProbeTransport } from '../../support/fakes/fake-probe-transport.ts';

const listener: Listener = {
  listenerArn: 'arn:listener/test',
  protocol: 'HTTP',
  port: 8080,
  host: 'shop.elb.test',
  forwardings: [],
};
const token = 'eyJhbGciOi.token/+=';

let transport: FakeProbeTransport;
let answers: Record<string, ProbeResponse>;

beforeEach(() => {
  transport = new FakeProbeTransport();
  answers = {
    '/login': answered(200, JSON.stringify({ token, user: { id: 7 } })),
    '/orders': {
      ...answered(201, '<a href="/orders/o-123">'),
      headers: { 'x-order': 'o-123' },
      setCookies: ['basket=b-99999; Path=/'],
    } as ProbeResponse,
  };
  transport.answer = ({ url }) => answers[new URL(url).pathname] ?? answered(404, 'no such page');
});

const flow = (changes: object = {}) =>
  parsedCheck('flow', {
    name: 'log in and order',
    runs: 2,
    headers: { Accept: 'application/json', 'X-Site': 'a' },
    steps: [
      {
        name: 'log in',
        path: '/login',
        method: 'POST',
        body: { json: { password: '${secrets.password}', deployment: '${deployment.id}' } },
        capture: { token: { json: '$.token' }, user: { json: '$.user.id' } },
      },
      {
        name: 'order',
        path: '/orders',
        method: 'POST',
        headers: { authorization: 'Bearer ${captured.token}', 'x-site': 'b' },
        expect: { status: 201 },
        capture: { order: { body: 'href="([^"]+)"' }, id: { header: 'X-Order' } },
      },
      {
        path: '/users/${captured.user}/orders/${captured.id}?q=${captured.token}',
        expect: { body: { matches: '^order ${captured.id}$' } },
      },
    ],
    ...changes,
  });

async function run(check = flow()) {
  const outcome = await runFlow(check, {
    listener,
    secrets: { password: 'hunter2' },
    deploymentId: 'd-1',
    transport,
    signal: new AbortController().signal,
    endsAtMs: Number.POSITIVE_INFINITY,
    now: () => 0,
  });
  const sample = (index: number) => ({ index, delayMs: 0, run: outcome });
  return { outcome, result: judgeFlowCheck(check, [sample(0), sample(1)], 0) };
}

describe('a flow', () => {
  it('sends each step what the ones before it captured', async () => {
    answers['/users/7/orders/o-123'] = answered(200, 'order o-123');

    const { result } = await run();

    expect(result).toMatchObject({
      verdict: 'pass',
      samples: 2,
      sentence: 'log in and order: 2 of 2 runs as expected',
    });
    const [login, order, last] = transport.requests;
    expect(login?.body).toBe('{"password":"hunter2","deployment":"d-1"}');
    expect(login?.headers).toEqual({
      'content-type': 'application/json',
      accept: 'application/json',
      'x-site': 'a',
      'x-greengate-probe': 'd-1',
    });
    expect(order?.headers).toEqual({
      accept: 'application/json',
      authorization: `Bearer ${token}`,
      'x-site': 'b',
      'x-greengate-probe': 'd-1',
    });
    expect(last?.url).toBe(
      `http://shop.elb.test:8080/users/7/orders/o-123?q=${encodeURIComponent(token)}`,
    );
  });

  it('stops at the step that misses something, names it, and shows nothing that was captured', async () => {
    answers['/orders'] = answered(500, JSON.stringify({ error: `bad token ${token} of hunter2` }));

    const { result, outcome } = await run();

    expect(transport.requests).toHaveLength(2);
    expect(outcome.stop?.step).toBe(1);
    expect(result.sentence).toBe(
      'log in and order: expected step 2 of 3 "order" POST /orders: status 201, got status 500 in 2 of 2 runs',
    );
    expect(result.evidence).toContainEqual({
      kind: 'response',
      request: 'step 2 of 3 "order" POST /orders, run 1 of 2',
      status: 500,
      headers: { 'content-type': 'application/json' },
      body: '{"error":"bad token ${captured.token} of ${secrets.password}"}',
      durationMs: 5,
      missed: ['expected status 201, got status 500'],
    });
    expect(JSON.stringify(result)).not.toContain('eyJhbGci');
  });

  it.each([
    ['json', { json: '$.token' }, '{"user":1}', '$.token'],
    ['json that is no single value', { json: '$.token' }, '{"token":{}}', '$.token'],
    ['json of no JSON', { json: '$.token' }, '<html>', '$.token'],
    ['a header', { header: 'x-token' }, '{}', 'header x-token'],
    ['a cookie', { cookie: 'token' }, '{}', 'cookie token'],
    ['a pattern', { body: 'token=(.+)' }, 'token=', 'a body that matches /token=(.+)/'],
  ])('fails when %s cannot be captured', async (_, capture, body, what) => {
    answers['/login'] = answered(200, body);
    const check = flow({ steps: [{ path: '/login', capture: { token: capture } }], headers: {} });

    expect((await run(check)).result.sentence).toBe(
      `log in and order: expected step 1 of 1 GET /login: ${what} to capture as token, got an answer without it in 2 of 2 runs`,
    );
  });

  it.each([
    ['keep', 'basket=b-99999'],
    ['drop', undefined],
  ])('with cookies: %s sends %s', async (cookies, sent) => {
    await run(flow({ cookies }));

    expect(transport.requests.map(({ headers }) => headers.cookie)).toEqual([
      undefined,
      undefined,
      sent,
    ]);
  });

  it('is cut off, and no run, when the time is up between two steps', async () => {
    let nowMs = 0;
    transport.answer = () => {
      nowMs += 800;
      return answered(200, JSON.stringify({ token, user: { id: 7 } }));
    };
    const check = flow({ steps: [{ path: '/login' }, { path: '/login' }, { path: '/login' }] });

    const outcome = await runFlow(check, {
      listener,
      secrets: {},
      deploymentId: 'd-1',
      transport,
      signal: new AbortController().signal,
      endsAtMs: 1_000,
      now: () => nowMs,
    });

    expect(outcome).toMatchObject({ cutOff: true, stop: undefined });
    expect(transport.requests.map(({ timeoutMs }) => timeoutMs)).toEqual([1_000, 200]);
  });
});
