import { describe, expect, it } from 'vitest';
import { judgeHttpAnswer, judgeHttpCheck } from '../../../functions/core/checks/http-check.ts';
import type { HttpCheckConfig } from '../../../functions/core/config/schema.ts';
import type { ProbeResponse } from '../../../functions/core/ports/probe-transport.ts';
import { httpCheck } from '../../support/builders/checks.ts';
import { answered, unanswered } from '../../support/fakes/fake-probe-transport.ts';

const samples = (...responses: ProbeResponse[]) => responses;
const judge = (check: HttpCheckConfig, responses: readonly ProbeResponse[]) =>
  judgeHttpCheck(
    check,
    responses.map((response, index) =>
      judgeHttpAnswer(
        check,
        { index, delayMs: 0, response },
        { mask: (text) => text, nowMs: Date.parse('2026-09-01T10:00:00Z') },
      ),
    ),
  );
const times = (count: number, response: ProbeResponse) =>
  Array.from({ length: count }, () => response);

const sound = answered(200, '{"products":[{"name":"Kettle","price":39}]}');
const withoutPrice = answered(200, '{"products":[{"name":"Kettle"}]}');

describe('judgeHttpCheck', () => {
  it('with a field missing everywhere fails in one sentence with expected and observed', () => {
    const check = httpCheck({
      requests: 100,
      expect: { json: { '$.products[0].price': { exists: true } } },
    });

    const result = judge(check, samples(...times(100, withoutPrice)));

    expect(result.verdict).toBe('fail');
    expect(result.sentence).toBe(
      'GET /products: expected $.products[0].price to exist, got a body without it in 100 of 100 responses',
    );
    expect(result.expected).toBe('$.products[0].price to exist');
    expect(result.observed).toBe('a body without it in 100 of 100 responses');
    expect(result.samples).toBe(100);
  });

  it('names several kinds of misses, the most frequent first, and blames an error page only for its status', () => {
    const check = httpCheck({
      requests: 20,
      expect: { json: { '$.products[0].price': { atLeast: 0 } } },
    });

    const result = judge(
      check,
      samples(answered(500, 'oops'), answered(503, 'oops'), ...times(18, withoutPrice)),
    );

    expect(result.sentence).toBe(
      'GET /products: expected $.products[0].price to be at least 0, got a body without it in 18 of 20 responses, first in number 3; status 200, got status 500 or status 503 in 2 of 20 responses, first in number 1',
    );
    expect(result.evidence[0]).toEqual({
      kind: 'statuses',
      counts: { '200': 18, '500': 1, '503': 1 },
    });
  });

  it.each([
    [1, 'pass'],
    [2, 'fail'],
  ])('with 1 %% of 100 requests allowed to miss and %i missing is %s', (missing, verdict) => {
    const check = httpCheck({ requests: 100, expect: { errorShare: { max: 0.01 } } });

    const result = judge(
      check,
      samples(...times(missing, answered(500)), ...times(100 - missing, sound)),
    );

    expect(result.verdict).toBe(verdict);
  });

  it.each([
    [29, 'pass'],
    [30, 'fail'],
  ])(
    'with a share that floating point cannot hold exactly, 29 %%, and %i missing is %s',
    (missing, verdict) => {
      const check = httpCheck({ requests: 100, expect: { errorShare: { max: 0.29 } } });

      const result = judge(
        check,
        samples(...times(missing, answered(500)), ...times(100 - missing, sound)),
      );

      expect(result.verdict).toBe(verdict);
    },
  );

  it('counts requests without an answer as missing and says why there was none', () => {
    const result = judge(
      httpCheck({ requests: 2 }),
      samples(sound, unanswered('ECONNREFUSED: connect')),
    );

    expect(result.verdict).toBe('fail');
    expect(result.sentence).toBe(
      'GET /products: expected status 200, got no response (ECONNREFUSED: connect) in 1 of 2 responses, first in number 2',
    );
    expect(result.evidence).toContainEqual({
      kind: 'no-response',
      request: 'GET /products, number 2 of 2',
      reason: 'ECONNREFUSED: connect',
      durationMs: 5,
    });
  });

  it('without any sample is inconclusive, never pass', () => {
    expect(judge(httpCheck(), []).verdict).toBe('inconclusive');
  });

  it('with fewer samples than planned is inconclusive even when all of them are right', () => {
    const result = judge(httpCheck({ requests: 20 }), samples(...times(19, sound)));

    expect(result.verdict).toBe('inconclusive');
    expect(result.sentence).toBe(
      'GET /products: expected answers to 20 requests, got 19 before the time was up',
    );
  });

  it('with fewer samples than planned fails once no further answer could save it', () => {
    const check = httpCheck({ requests: 10, expect: { errorShare: { max: 0.1 } } });

    expect(judge(check, samples(answered(500))).verdict).toBe('inconclusive');
    expect(judge(check, samples(answered(500), answered(500))).verdict).toBe('fail');
  });

  it.each([
    [94, 'fail'],
    [95, 'pass'],
  ])(
    'with 0.95 of the latency to be at most 100 ms and %i of 100 within is %s',
    (fast, verdict) => {
      const check = httpCheck({
        requests: 100,
        expect: { latency: { quantile: 0.95, maxMs: 100 } },
      });

      const result = judge(
        check,
        samples(
          ...times(fast, answered(200, '', 100)),
          ...times(100 - fast, answered(200, '', 101)),
        ),
      );

      expect(result.verdict).toBe(verdict);
      expect(result.observed).toBe(
        verdict === 'pass'
          ? '100 of 100 responses as expected, latency quantile 0.95 is 100 ms of at most 100 ms'
          : '101 ms over 100 requests',
      );
    },
  );

  it('does not take requests that were refused quickly for fast ones', () => {
    const check = httpCheck({
      requests: 10,
      expect: { errorShare: { max: 0.5 }, latency: { quantile: 0.9, maxMs: 100 } },
    });

    const result = judge(check, samples(...times(8, sound), ...times(2, unanswered())));

    expect(result.verdict).toBe('fail');
    expect(result.sentence).toBe(
      'GET /products: expected latency quantile 0.9 of at most 100 ms, got no answer over 10 requests',
    );
    expect(result.evidence.at(-1)).toEqual({
      kind: 'latency',
      quantile: 0.9,
      maxMs: 100,
      observedMs: null,
    });
  });

  it('keeps at most three offending answers and no cookies', () => {
    const offending = { ...answered(500, 'x'.repeat(5_000)), headers: { 'set-cookie': 'secret' } };

    const { evidence } = judge(
      httpCheck({ requests: 9 }),
      samples(...times(9, offending as ProbeResponse)),
    );

    const responses = evidence.filter((item) => item.kind === 'response');
    expect(responses).toHaveLength(3);
    expect(responses[0]?.headers).toEqual({ 'set-cookie': '(hidden)' });
    expect(responses[0]?.body).toHaveLength(300);
  });

  it('keeps nothing of answers that are right but how many there were', () => {
    const check = httpCheck({ requests: 2 });

    expect(judge(check, [sound, sound])).toMatchObject({
      name: '/products',
      type: 'http',
      evidence: [{ kind: 'statuses', counts: { '200': 2 } }],
    });
    expect(judge(check, [sound, sound]).evidence).toHaveLength(1);
    expect(judge(httpCheck({ name: 'catalogue' }), [sound]).name).toBe('catalogue');
  });
});
