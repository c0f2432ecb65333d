import { describe, expect, it } from 'vitest';
import {
  type FlowSample,
  flowName,
  judgeFlowCheck,
} from '../../../functions/core/checks/flow-check.ts';
import type { FlowStop } from '../../../functions/core/probe/run-flow.ts';
import { parsedCheck } from '../../support/builders/parsed-checks.ts';
import { answered, unanswered } from '../../support/fakes/fake-probe-transport.ts';

const flow = (changes: object = {}) =>
  parsedCheck('flow', {
    runs: 5,
    steps: [
      { path: '/login', name: 'log in' },
      { path: '/cart', method: 'POST' },
    ],
    ...changes,
  });
const misses = [{ expected: 'status 200', observed: 'status 500' }];
const stopped = (changes: Partial<FlowStop> = {}): FlowStop => ({
  step: 1,
  misses,
  response: answered(500, 'oops'),
  mask: (text) => text,
  ...changes,
});
const sample = (index: number, stop?: FlowStop, durationMs = 40, delayMs = 2): FlowSample => ({
  index,
  delayMs,
  run: {
    durationMs,
    responses: [{ status: stop === undefined ? 200 : 500, timings: undefined }],
    stop,
    cutOff: false,
  },
});

describe('flowName', () => {
  it.each([
    [flow(), 'flow /login → /cart'],
    [flow({ name: 'buy' }), 'buy'],
    [flow({ steps: [{ path: `/${'a'.repeat(100)}` }] }), `flow /${'a'.repeat(74)}`],
  ])('of a flow: %#', (check, name) => {
    expect(flowName(check)).toBe(name);
  });
});

describe('judgeFlowCheck', () => {
  it('reports a pass without any answer of it', () => {
    const samples = [0, 1, 2, 3, 4].map((index) => sample(index));

    expect(judgeFlowCheck(flow(), samples, 0)).toEqual({
      name: 'flow /login → /cart',
      type: 'flow',
      verdict: 'pass',
      sentence: 'flow /login → /cart: 5 of 5 runs as expected',
      expected: 'every expectation met',
      observed: '5 of 5 runs as expected',
      samples: 5,
      evidence: [{ kind: 'statuses', counts: { '200': 5 } }],
    });
  });

  it('keeps the answers of the first three runs that stopped', () => {
    const samples = [sample(0), ...[1, 2, 3, 4].map((index) => sample(index, stopped()))];
    const { observed, evidence } = judgeFlowCheck(flow(), samples, 0);

    expect(observed).toBe('status 500 in 4 of 5 runs, first in number 2');
    expect(evidence.map((one) => ('request' in one ? one.request : one.kind))).toEqual([
      'statuses',
      ...[2, 3, 4].map((number) => `step 2 of 2 POST /cart, run ${number} of 5`),
    ]);
  });

  it('measures a run from when it should have begun, and one without an answer as endless', () => {
    const latency = { quantile: 1, maxMs: 41 };
    const check = flow({ runs: 1, expect: { latency, errorShare: { max: 0.99 } } });
    const silent = stopped({ response: unanswered() });

    expect(judgeFlowCheck(check, [sample(0)], 0).observed).toBe('42 ms over 1 runs');
    expect(judgeFlowCheck(check, [sample(0, undefined, 39)], 0).verdict).toBe('pass');
    const two = { ...check, runs: 2 };
    expect(judgeFlowCheck(two, [sample(0, stopped()), sample(1)], 0).observed).toBe(
      '42 ms over 2 runs',
    );
    expect(judgeFlowCheck(two, [sample(0, silent), sample(1)], 0).observed).toBe(
      'no answer over 2 runs',
    );
  });

  it('says which step by number where the flow does not have it', () => {
    const [, answer] = judgeFlowCheck(flow(), [sample(0, stopped({ step: 7 }))], 0).evidence;

    expect(answer).toMatchObject({ request: 'step 8 of 2, run 1 of 5' });
  });
});
