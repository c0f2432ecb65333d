import { beforeAll, describe, expect, it } from 'vitest';
import { recordRelease } from '../../benchmarks/storm/record-release.ts';
import type { ReleaseTrace } from '../../benchmarks/storm/release-trace.ts';
import { storm } from '../../benchmarks/storm/storm.ts';

const limitMs = 180_000;
let trace: ReleaseTrace;

beforeAll(async () => {
  trace = await recordRelease();
}, limitMs);

describe('a push storm', { timeout: limitMs }, () => {
  it('repeats a release as it was rehearsed', () => {
    const steps = trace.invocations.map(({ step }) => step);
    // One event for each manifest: the index, the image and its attestation.
    expect(steps.filter((step) => step === 'receive-image-push')).toHaveLength(3);
    expect(steps.filter((step) => step !== 'receive-image-push').slice(0, 3)).toEqual([
      'resolve-release',
      'preflight',
      'register-task-definition',
    ]);
    expect(steps.filter((step) => step === 'lifecycle-hook')).toHaveLength(5);
    expect(steps.at(-1)).toBe('verify-release');
  });

  it('asks Elastic Load Balancing for what changes, and for the rest once', () => {
    const calls = trace.invocations.flatMap((invocation) => invocation.calls);
    const asked = calls.filter(({ service }) => service === 'elastic-load-balancing-v2');
    expect(asked).toHaveLength(15);
  });

  it('of forty services ends right for each, within 1.2 times the minute of the pushes', async () => {
    const report = await storm(trace, { services: 40, seed: 1 });

    expect(report).toMatchObject({ deployed: 40, failed: {} });
    // Forty within a minute are fewer than RegisterTaskDefinition refills: the minute itself is the bound.
    expect(report.drainSeconds).toBeLessThan(1.2 * Math.max(60, report.boundSeconds));
  });

  it.each([100, 200, 1_000])(
    'of %i services ends right for each, within 1.2 times what RegisterTaskDefinition sets',
    async (services) => {
      const report = await storm(trace, { services, seed: 1 });

      expect(report).toMatchObject({ deployed: services, failed: {} });
      expect(report.throttled['ecs:RegisterTaskDefinition']).toBeGreaterThan(0);
      expect(report.ratio).toBeLessThan(1.2);
    },
  );

  it('of services that were never released before ends right, though later', async () => {
    const options = { services: 400, seed: 1 };
    const known = await storm(trace, options);
    const first = await storm(trace, { ...options, withKeptSettings: false });

    expect(first).toMatchObject({ deployed: 400, failed: {} });
    expect(first.drainSeconds).toBeGreaterThan(known.drainSeconds);
  });

  it('takes at least what RegisterTaskDefinition refills', async () => {
    const report = await storm(trace, { services: 200, seed: 1, pushesWithinMs: 1 });

    expect(report.boundSeconds).toBe(180);
    expect(report.lastRegisteredSeconds).toBeGreaterThan(180);
  });

  it('is the same for the same seed', async () => {
    const options = { services: 30, seed: 7 };

    expect(await storm(trace, options)).toEqual(await storm(trace, options));
  });
});
