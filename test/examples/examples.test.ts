import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../infra/read-config.ts';
import { repositoryRoot } from '../architecture/source-files.ts';
import { type OpenSample, openSample } from '../support/simulator/open-sample.ts';

const example = (name: string, file = '') => join(repositoryRoot, 'examples', name, file);
const checksOf = (name: string) => readConfig(example(name, 'greengate.yaml')).services[0]?.checks;

describe.each(['node', 'spring-boot'])('examples/%s', (name) => {
  it('has a greengate.yaml that is valid, and that checks a release before production', () => {
    expect(checksOf(name)?.afterAllowTestTraffic.length).toBeGreaterThan(1);
  });
});

describe('examples/node', { timeout: 120_000 }, () => {
  let sample: OpenSample;
  beforeAll(async () => {
    const { afterAllowTestTraffic = [] } = checksOf('node') ?? {};
    const checks = { afterAllowTestTraffic, beforeAllowTraffic: [], afterAllowTraffic: [] };
    sample = await openSample({ checks }, { workload: example('node') });
  }, 120_000);
  afterAll(() => sample?.stop());

  it('is built, pushed, proven by its own checks and deployed', async () => {
    const release = await sample.release('v2');
    expect(release.reason).toMatch(/^Deployed: every running task of shop runs v2/);
    expect(release.outcome).toBe('deployed');
  });
});
