import { describe, expect, it } from 'vitest';
import {
  afterProbe,
  type HealthRecord,
  isSettled,
  type ProbeResult,
  registering,
} from '../../../simulator/elbv2/target-health.ts';

const pass: ProbeResult = { kind: 'status', status: 200, matches: true };
const wrong: ProbeResult = { kind: 'status', status: 503, matches: false };
const timeout: ProbeResult = { kind: 'timeout' };
const refused: ProbeResult = { kind: 'no-connection' };
const thresholds = { healthyThreshold: 3, unhealthyThreshold: 2 };

function judged(results: readonly ProbeResult[]): HealthRecord {
  return results.reduce((record, result) => afterProbe(record, result, thresholds), registering);
}

describe('target health', () => {
  it.each([
    { results: [pass], state: 'healthy', reason: undefined, settled: true },
    { results: [wrong], state: 'initial', reason: 'Elb.InitialHealthChecking', settled: false },
    { results: [wrong, pass], state: 'healthy', reason: undefined, settled: true },
    {
      results: [wrong, wrong],
      state: 'unhealthy',
      reason: 'Target.ResponseCodeMismatch',
      settled: true,
    },
    { results: [timeout, timeout], state: 'unhealthy', reason: 'Target.Timeout', settled: true },
    {
      results: [refused, refused],
      state: 'unhealthy',
      reason: 'Target.FailedHealthChecks',
      settled: true,
    },
    { results: [pass, wrong], state: 'healthy', reason: undefined, settled: false },
    { results: [pass, wrong, pass], state: 'healthy', reason: undefined, settled: true },
    {
      results: [pass, wrong, wrong],
      state: 'unhealthy',
      reason: 'Target.ResponseCodeMismatch',
      settled: true,
    },
    {
      results: [wrong, wrong, pass, pass],
      state: 'unhealthy',
      reason: 'Target.ResponseCodeMismatch',
      settled: false,
    },
    {
      results: [wrong, wrong, pass, pass, pass],
      state: 'healthy',
      reason: undefined,
      settled: true,
    },
    {
      results: [wrong, wrong, pass, timeout],
      state: 'unhealthy',
      reason: 'Target.Timeout',
      settled: true,
    },
  ])('is $state ($reason) after the checks of case %#', ({ results, state, reason, settled }) => {
    const record = judged(results);
    expect({ state: record.state, reason: record.reason, settled: isSettled(record) }).toEqual({
      state,
      reason,
      settled,
    });
  });

  it('names the status that did not match', () => {
    expect(judged([wrong, wrong]).description).toBe('Health checks failed with these codes: [503]');
  });
});
