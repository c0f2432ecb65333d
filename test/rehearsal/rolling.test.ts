import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenSample, openSample } from '../support/simulator/open-sample.ts';

const limitMs = 180_000;
let sample: OpenSample;

beforeAll(async () => {
  sample = await openSample({
    target: {
      strategy: 'ecs-rolling',
      cluster: 'greengate-sample',
      service: 'shop',
      container: 'app',
      circuitBreaker: true,
      bakeMinutes: 2,
    },
  });
}, limitMs);

afterAll(() => sample?.stop());

describe('a rolling update', { timeout: limitMs }, () => {
  it('takes a healthy release to production', async () => {
    const release = await sample.release('v2');
    expect(release).toMatchObject({ status: 'SUCCEEDED', outcome: 'deployed' });
  });
});
