import { describe, expect, it } from 'vitest';
import { judgeGrpcHealthCheck } from '../../../functions/core/checks/grpc-health-check.ts';
import { needsHttps } from '../../../functions/core/checks/needs-https.ts';
import {
  awaitsReply,
  judgeWebSocketCheck,
} from '../../../functions/core/checks/web-socket-check.ts';
import type { GrpcHealthAnswer } from '../../../functions/core/ports/grpc-health-transport.ts';
import type { WebSocketAnswer } from '../../../functions/core/ports/web-socket-transport.ts';
import { maskOf } from '../../../functions/core/probe/mask.ts';
import { parsedCheck } from '../../support/builders/parsed-checks.ts';

const mask = maskOf({ 'secrets.key': 'k3y-value' });
const socket = (expect_: object = {}, changes: object = {}) =>
  parsedCheck('websocket', { path: '/updates', requests: 1, expect: expect_, ...changes });
const opened = (reply?: string, subprotocol?: string): WebSocketAnswer => ({
  kind: 'opened',
  reply,
  subprotocol,
  durationMs: 12,
});
const judgeSocket = (check: ReturnType<typeof socket>, answer: WebSocketAnswer) =>
  judgeWebSocketCheck(check, [{ index: 0, delayMs: 0, answer }], { mask, nowMs: 0 });

describe('judgeWebSocketCheck', () => {
  it.each<[object, object, WebSocketAnswer]>([
    [{}, {}, opened()],
    [{}, { subprotocol: 'shop.v1' }, opened(undefined, 'shop.v1')],
    [{ reply: 'pong' }, {}, opened('pong')],
    [{ reply: { contains: 'on' }, json: { $: 'pong' } }, {}, opened('"pong"')],
  ])('passes %j with %j on %j', (expect_, changes, answer) => {
    expect(judgeSocket(socket(expect_, changes), answer)).toMatchObject({
      verdict: 'pass',
      sentence: 'WebSocket /updates: 1 of 1 exchanges as expected',
    });
  });

  it.each<[object, object, WebSocketAnswer, string]>([
    [
      {},
      {},
      { kind: 'refused', status: 404, headers: {}, body: 'k3y-value', durationMs: 1 },
      'an upgrade to a WebSocket, got status 404',
    ],
    [
      {},
      {},
      { kind: 'no-response', reason: 'ECONNRESET k3y-value', durationMs: 1 },
      'an upgrade to a WebSocket, got no response (ECONNRESET ${secrets.key})',
    ],
    [
      { reply: 'pong' },
      {},
      { kind: 'no-response', reason: 'no message within 2000 ms', durationMs: 1 },
      'an upgrade to a WebSocket and a message, got no response (no message within 2000 ms)',
    ],
    [{}, { subprotocol: 'shop.v1' }, opened(), 'subprotocol shop.v1, got none'],
    [{}, { subprotocol: 'shop.v1' }, opened('', 'b'), 'subprotocol shop.v1, got "b"'],
    [{ reply: 'pong' }, {}, opened('k3y-value'), 'message to be "pong", got "${secrets.key}"'],
    [{ json: { '$.a': 1 } }, {}, opened('<html>'), 'a JSON message, got "<html>"'],
    [{ json: { '$.a': 1 } }, {}, opened('{"a":2}'), '$.a to be 1, got 2'],
  ])('fails %j with %j on %j', (expect_, changes, answer, words) => {
    const result = judgeSocket(socket(expect_, changes), answer);

    expect(result).toMatchObject({
      verdict: 'fail',
      sentence: `WebSocket /updates: expected ${words} in 1 of 1 exchanges`,
    });
    expect(JSON.stringify(result)).not.toContain('k3y-value');
    expect(result.evidence).toMatchObject([{ request: 'WebSocket /updates, number 1 of 1' }]);
  });

  it('awaits a message only where one is expected', () => {
    expect(awaitsReply(socket())).toBe(false);
    expect(awaitsReply(socket({ reply: '' }))).toBe(true);
    expect(awaitsReply(socket({ json: { $: 1 } }))).toBe(true);
  });
});

describe('judgeGrpcHealthCheck', () => {
  const judge = (answer: GrpcHealthAnswer, members: object = {}) =>
    judgeGrpcHealthCheck(
      parsedCheck('grpc-health', { requests: 1, ...members }),
      [{ index: 0, delayMs: 0, answer }],
      mask,
    );

  it.each<[GrpcHealthAnswer, object]>([
    [{ kind: 'answer', serving: 'SERVING', durationMs: 3 }, {}],
    [
      { kind: 'answer', serving: 'NOT_SERVING', durationMs: 3 },
      { expect: { serving: 'NOT_SERVING' } },
    ],
    [
      { kind: 'refused', status: 5, message: 'unknown service', durationMs: 3 },
      { service: 'gone', expect: { serving: 'SERVICE_UNKNOWN' } },
    ],
  ])('passes %j with %j', (answer, members) => {
    expect(judge(answer, members).verdict).toBe('pass');
  });

  it.each<[GrpcHealthAnswer, string]>([
    [{ kind: 'answer', serving: 'NOT_SERVING', durationMs: 3 }, 'NOT_SERVING'],
    [
      { kind: 'refused', status: 12, message: 'no k3y-value', durationMs: 3 },
      'gRPC status 12 UNIMPLEMENTED: "no ${secrets.key}"',
    ],
    [
      { kind: 'refused', status: -1, message: 'HTTP 502', durationMs: 3 },
      'an answer that is not gRPC: "HTTP 502"',
    ],
    [{ kind: 'no-response', reason: 'ECONNREFUSED', durationMs: 3 }, 'no response (ECONNREFUSED)'],
  ])('fails on %j', (answer, observed) => {
    expect(judge(answer, { service: 'shop.Catalogue' })).toMatchObject({
      verdict: 'fail',
      name: 'gRPC health of shop.Catalogue',
      sentence: `gRPC health of shop.Catalogue: expected SERVING, got ${observed} in 1 of 1 responses`,
    });
  });
});

describe('needsHttps', () => {
  const http = { protocol: 'HTTP', port: 80 } as const;

  it.each([
    [parsedCheck('grpc-health', {}), 'gRPC needs HTTP/2'],
    [parsedCheck('http', { path: '/', protocol: 'h2' }), 'the check is about HTTP/2'],
    [
      parsedCheck('http', { path: '/', expect: { certificate: { minDaysLeft: 7 } } }),
      'the check is about its certificate',
    ],
    [
      parsedCheck('flow', { steps: [{ path: '/' }, { path: '/', expect: { protocol: 'h2' } }] }),
      'the check is about HTTP/2',
    ],
    [parsedCheck('compare', { paths: ['/'], protocol: 'h2' }), 'the check is about HTTP/2'],
  ])('is inconclusive for $type at an HTTP listener', (check, why) => {
    expect(needsHttps(check, http)).toMatchObject({
      type: check.type,
      verdict: 'inconclusive',
      expected: `an HTTPS listener, because ${why}`,
      observed: 'a listener that speaks HTTP on port 80',
    });
    expect(needsHttps(check, { protocol: 'HTTPS', port: 443 })).toBe(undefined);
  });

  it.each([parsedCheck('websocket', { path: '/' }), parsedCheck('http', { path: '/' })])(
    'does not mind $type at an HTTP listener',
    (check) => {
      expect(needsHttps(check, http)).toBe(undefined);
    },
  );
});
