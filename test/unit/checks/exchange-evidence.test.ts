import { describe, expect, it } from 'vitest';
import { judgeGrpcHealthCheck } from '../../../functions/core/checks/grpc-health-check.ts';
import { needsHttps } from '../../../functions/core/checks/needs-https.ts';
import {
  responseEvidence,
  statusEvidence,
} from '../../../functions/core/checks/response-evidence.ts';
import { judgeWebSocketCheck } from '../../../functions/core/checks/web-socket-check.ts';
import type { GrpcHealthAnswer } from '../../../functions/core/ports/grpc-health-transport.ts';
import type { WebSocketAnswer } from '../../../functions/core/ports/web-socket-transport.ts';
import { maskOf } from '../../../functions/core/probe/mask.ts';
import { parsedCheck } from '../../support/builders/parsed-checks.ts';

const mask = maskOf({ 'secrets.key': 'k3y-value' });
const context = { mask, nowMs: 0 };
const times = <T>(answer: T, count: number) =>
  Array.from({ length: count }, (_, index) => ({ index, delayMs: 0, answer }));

describe('judgeGrpcHealthCheck', () => {
  const check = (changes: object = {}) => parsedCheck('grpc-health', { requests: 4, ...changes });
  const serving: GrpcHealthAnswer = { kind: 'answer', serving: 'SERVING', durationMs: 3 };
  const not: GrpcHealthAnswer = { kind: 'answer', serving: 'NOT_SERVING', durationMs: 4 };
  const silent: GrpcHealthAnswer = { kind: 'no-response', reason: 'no k3y-value', durationMs: 5 };

  it('reports a pass of the server as a whole, without answers', () => {
    expect(judgeGrpcHealthCheck(check(), times(serving, 4), mask)).toEqual({
      name: 'gRPC health of the server',
      type: 'grpc-health',
      verdict: 'pass',
      sentence: 'gRPC health of the server: 4 of 4 responses as expected',
      expected: 'every expectation met',
      observed: '4 of 4 responses as expected',
      samples: 4,
      evidence: [],
    });
    expect(judgeGrpcHealthCheck(check({ name: 'health' }), [], mask).name).toBe('health');
  });

  it('keeps the first three answers that miss it, by their numbers', () => {
    const answers = [serving, not, silent, { ...not, serving: 'UNKNOWN' } as const, not];
    const samples = answers.map((answer, index) => ({ index, delayMs: 0, answer }));
    const request = (number: number) => `gRPC health of the server, number ${number} of 5`;
    const result = judgeGrpcHealthCheck(check({ requests: 5 }), samples, mask);

    expect(result.observed).toBe(
      'NOT_SERVING or no response (no ${secrets.key}) or UNKNOWN in 4 of 5 responses, first in number 2',
    );
    expect(result.evidence).toEqual([
      {
        kind: 'message',
        request: request(2),
        text: 'NOT_SERVING',
        durationMs: 4,
        missed: ['expected SERVING, got NOT_SERVING'],
      },
      { kind: 'no-response', request: request(3), reason: 'no ${secrets.key}', durationMs: 5 },
      {
        kind: 'message',
        request: request(4),
        text: 'UNKNOWN',
        durationMs: 4,
        missed: ['expected SERVING, got UNKNOWN'],
      },
    ]);
  });

  it.each<[string, GrpcHealthAnswer, string, string]>([
    ['SERVING', { kind: 'refused', status: 5, message: '', durationMs: 1 }, 'fail', '5 NOT_FOUND'],
    [
      'SERVICE_UNKNOWN',
      { kind: 'refused', status: 12, message: '', durationMs: 1 },
      'fail',
      '12 UNIMPLEMENTED',
    ],
    ['SERVICE_UNKNOWN', { kind: 'refused', status: 99, message: '', durationMs: 1 }, 'fail', '99'],
  ])('that expects %s takes %j for a %s', (wanted, answer, verdict, status) => {
    const one = check({ requests: 1, expect: { serving: wanted } });

    expect(judgeGrpcHealthCheck(one, times(answer, 1), mask)).toMatchObject({
      verdict,
      sentence: `gRPC health of the server: expected ${wanted}, got gRPC status ${status} in 1 of 1 responses`,
    });
  });

  it('does not take silence for a service that is unknown', () => {
    const one = check({ requests: 1, expect: { serving: 'SERVICE_UNKNOWN' } });

    expect(judgeGrpcHealthCheck(one, times(silent, 1), mask).verdict).toBe('fail');
  });
});

describe('judgeWebSocketCheck', () => {
  const check = (changes: object = {}) =>
    parsedCheck('websocket', { path: '/updates', requests: 4, ...changes });
  const opened = (reply: string | undefined, subprotocol?: string): WebSocketAnswer => ({
    kind: 'opened',
    reply,
    subprotocol,
    durationMs: 12,
  });

  it('keeps nothing of exchanges that are right, and minds no protocol that it did not ask for', () => {
    expect(judgeWebSocketCheck(check(), times(opened('hi', 'shop.v1'), 4), context)).toEqual({
      name: '/updates',
      type: 'websocket',
      verdict: 'pass',
      sentence: 'WebSocket /updates: 4 of 4 exchanges as expected',
      expected: 'every expectation met',
      observed: '4 of 4 exchanges as expected',
      samples: 4,
      evidence: [],
    });
    expect(judgeWebSocketCheck(check({ name: 'updates' }), [], context).name).toBe('updates');
  });

  it('keeps three exchanges that miss it, with the beginning of the message', () => {
    const asked = check({ expect: { reply: 'pong' } });
    const result = judgeWebSocketCheck(asked, times(opened('y'.repeat(400)), 4), context);
    const [expected, observed] = ['message to be "pong"', `"${'y'.repeat(60)}…"`];

    expect(result.evidence).toEqual(
      [1, 2, 3].map((number) => ({
        kind: 'message',
        request: `WebSocket /updates, number ${number} of 4`,
        text: 'y'.repeat(300),
        durationMs: 12,
        missed: [`expected ${expected}, got ${observed}`],
      })),
    );
  });

  it.each<[WebSocketAnswer, object]>([
    [
      { kind: 'refused', status: 403, headers: {}, body: 'k3y-value', durationMs: 1 },
      {
        kind: 'response',
        status: 403,
        headers: {},
        body: '${secrets.key}',
        missed: ['expected an upgrade to a WebSocket, got status 403'],
      },
    ],
    [
      { kind: 'no-response', reason: 'reset k3y-value', durationMs: 1 },
      { kind: 'no-response', reason: 'reset ${secrets.key}' },
    ],
  ])('keeps what came instead of an upgrade: %j', (answer, evidence) => {
    expect(judgeWebSocketCheck(check(), times(answer, 4), context).evidence[0]).toEqual({
      ...evidence,
      request: 'WebSocket /updates, number 1 of 4',
      durationMs: 1,
    });
  });

  it('takes an upgrade without a message for an empty one', () => {
    const asked = check({ requests: 1, subprotocol: 'a', expect: { reply: 'pong' } });
    const [silent] = judgeWebSocketCheck(asked, times(opened(undefined, 'a'), 1), context).evidence;

    expect(silent).toMatchObject({ text: '', missed: ['expected message to be "pong", got ""'] });
  });
});

describe('statusEvidence', () => {
  it('counts each status, and requests without an answer', () => {
    const outlines = [200, 500, undefined, 200, undefined].map((status) => ({
      status,
      timings: undefined,
    }));

    expect(statusEvidence(outlines)).toEqual([
      { kind: 'statuses', counts: { '200': 2, '500': 1, none: 2 } },
    ]);
    expect(statusEvidence([])).toEqual([]);
  });
});

describe('responseEvidence', () => {
  it('hides nothing but the values of cookies that it can read', () => {
    const response = {
      kind: 'response' as const,
      status: 200,
      headers: { 'set-cookie': 'a=1, b=22' },
      setCookies: ['a=1', 'b=22; Secure'],
      body: '',
      durationMs: 1,
    };
    const misses = [{ expected: 'status 201', observed: 'status 200' }];

    expect(responseEvidence('GET /', response, misses, context)).toMatchObject({
      headers: { 'set-cookie': 'a=(1 characters), b=(2 characters); Secure' },
      missed: ['expected status 201, got status 200'],
    });
  });
});

describe('needsHttps', () => {
  const http = { protocol: 'HTTP', port: 8080 } as const;

  it('names the check as it is named, or by its path, or by its type', () => {
    const nameOf = (changes: object) =>
      needsHttps(parsedCheck('http', { path: '/p', protocol: 'h2', ...changes }), http)?.name;

    expect([nameOf({ name: 'catalogue' }), nameOf({})]).toEqual(['catalogue', '/p']);
    expect(needsHttps(parsedCheck('grpc-health', {}), http)).toEqual({
      name: 'grpc-health',
      type: 'grpc-health',
      verdict: 'inconclusive',
      sentence:
        'grpc-health: expected an HTTPS listener, because gRPC needs HTTP/2, got a listener that speaks HTTP on port 8080',
      expected: 'an HTTPS listener, because gRPC needs HTTP/2',
      observed: 'a listener that speaks HTTP on port 8080',
      samples: 0,
      evidence: [],
    });
  });

  it.each([
    parsedCheck('compare', { paths: ['/'] }),
    parsedCheck('alarms', { names: ['a'] }),
    parsedCheck('flow', { steps: [{ path: '/' }] }),
  ])('does not mind $type', (check) => {
    expect(needsHttps(check, http)).toBe(undefined);
  });

  it('minds one step of several that asks for a certificate', () => {
    const steps = [{ path: '/' }, { path: '/', expect: { certificate: { minDaysLeft: 7 } } }];

    expect(needsHttps(parsedCheck('flow', { steps }), http)?.expected).toBe(
      'an HTTPS listener, because the check is about its certificate',
    );
  });
});
