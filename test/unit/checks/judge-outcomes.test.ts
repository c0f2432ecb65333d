import { describe, expect, it } from 'vitest';
import { judgeOutcomes } from '../../../functions/core/checks/judge-outcomes.ts';
import type { Judged, Outcome } from '../../../functions/core/checks/outcome.ts';
import type { LatencyBound } from '../../../functions/core/config/expectation-schemas.ts';

const right = (number: number, latencyMs = 10): Outcome => ({ number, misses: [], latencyMs });
const wrong = (number: number): Outcome => ({
  number,
  misses: [{ expected: 'status 200', observed: 'status 500' }],
  latencyMs: 10,
});
const statuses = { kind: 'statuses', counts: { '200': 4 } } as const;
const judged = (outcomes: readonly Outcome[], changes: Partial<Judged> = {}): Judged => ({
  name: 'catalogue',
  type: 'http',
  subject: 'GET /products',
  unit: 'responses',
  planned: 4,
  outcomes,
  ...changes,
});
const judge = (
  outcomes: readonly Outcome[],
  { max = 0, latency }: { max?: number; latency?: LatencyBound | LatencyBound[] } = {},
  changes: Partial<Judged> = {},
) => judgeOutcomes(judged(outcomes, changes), { errorShare: { max }, latency }, [statuses]);

describe('judgeOutcomes', () => {
  it('reports a pass with what was expected, seen and kept', () => {
    expect(judge([1, 2, 3, 4].map((number) => right(number)))).toEqual({
      name: 'catalogue',
      type: 'http',
      verdict: 'pass',
      sentence: 'GET /products: 4 of 4 responses as expected',
      expected: 'every expectation met',
      observed: '4 of 4 responses as expected',
      samples: 4,
      evidence: [statuses],
    });
  });

  it('does not count those that may miss it as right', () => {
    const result = judge([wrong(1), right(2), right(3), right(4)], { max: 0.25 });

    expect(result.sentence).toBe('GET /products: 3 of 4 responses as expected');
  });

  it('reports a failure with the share that may miss it', () => {
    const result = judge([wrong(1), wrong(2), right(3), right(4)], { max: 0.255 });

    expect(result).toEqual({
      name: 'catalogue',
      type: 'http',
      verdict: 'fail',
      sentence:
        'GET /products: expected status 200, got status 500 in 2 of 4 responses, first in number 1 (at most 25.5 % of requests may miss it)',
      expected: 'status 200 (at most 25.5 % of requests may miss it)',
      observed: 'status 500 in 2 of 4 responses, first in number 1',
      samples: 4,
      evidence: [statuses],
    });
  });

  it('does not speak of a share where none may miss it', () => {
    expect(judge([wrong(1), right(2), right(3), right(4)]).expected).toBe('status 200');
  });

  it.each([
    ['responses', 'answers to 4 requests'],
    ['runs', 'the end of 4 runs'],
    ['exchanges', 'the end of 4 exchanges'],
  ] as const)('waits for %s by their name', (unit, expected) => {
    expect(judge([right(1)], {}, { unit })).toEqual({
      name: 'catalogue',
      type: 'http',
      verdict: 'inconclusive',
      sentence: `GET /products: expected ${expected}, got 1 before the time was up`,
      expected,
      observed: '1 before the time was up',
      samples: 1,
      evidence: [statuses],
    });
  });

  describe('with bounds of the latency', () => {
    const outcomes = [right(1, 10), right(2, 20.04), right(3, 30.06), right(4, 400)];
    const kept = (quantile: number, maxMs: number, observedMs: number) => ({
      kind: 'latency',
      quantile,
      maxMs,
      observedMs,
    });

    it('names each bound that is kept, with tenths of milliseconds', () => {
      const latency = [
        { quantile: 0.5, maxMs: 20.04 },
        { quantile: 0.75, maxMs: 31 },
      ];
      const bounds =
        'latency quantile 0.5 of at most 20.04 ms; latency quantile 0.75 of at most 31 ms';
      const observed =
        '4 of 4 responses as expected, latency quantile 0.5 is 20 ms of at most 20.04 ms, latency quantile 0.75 is 30.1 ms of at most 31 ms';

      expect(judge(outcomes, { latency })).toEqual({
        name: 'catalogue',
        type: 'http',
        verdict: 'pass',
        sentence: `GET /products: ${observed}`,
        expected: bounds,
        observed,
        samples: 4,
        evidence: [statuses, kept(0.5, 20.04, 20.04), kept(0.75, 31, 30.06)],
      });
    });

    it('blames only the bounds that are missed, and shows all', () => {
      const latency = [
        { quantile: 0.25, maxMs: 10 },
        { quantile: 0.75, maxMs: 30 },
        { quantile: 1, maxMs: 100 },
      ];
      const expected =
        'latency quantile 0.75 of at most 30 ms; latency quantile 1 of at most 100 ms';
      const observed = '30.1 ms and 400 ms over 4 requests';

      expect(judge(outcomes, { latency })).toEqual({
        name: 'catalogue',
        type: 'http',
        verdict: 'fail',
        sentence: `GET /products: expected ${expected}, got ${observed}`,
        expected,
        observed,
        samples: 4,
        evidence: [statuses, kept(0.25, 10, 10), kept(0.75, 30, 30.06), kept(1, 100, 400)],
      });
    });
  });
});
