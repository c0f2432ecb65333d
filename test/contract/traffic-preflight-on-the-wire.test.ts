import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientOptions } from '../../cli/rehearsal/stage.ts';
import type { Finding } from '../../functions/core/preflight/finding.ts';
import { preflightFacts } from '../../functions/core/preflight/preflight-facts.ts';
import { runPreflight } from '../../functions/core/preflight/run-preflight.ts';
import { trafficChecks } from '../../functions/core/preflight/traffic/traffic-checks.ts';
import { readConfig } from '../../infra/read-config.ts';
import { type OpenSample, openSample } from '../support/simulator/open-sample.ts';
import { preflightPortsAt } from './preflight-ports.ts';

let sample: OpenSample;
beforeAll(async () => {
  sample = await openSample();
});
afterAll(() => sample?.stop());

const words = (finding: Finding) => (finding.status === 'SKIP' ? finding.reason : finding.observed);

describe('the traffic half of preflight against the AWS protocols', () => {
  it('finds the sample service sound', async () => {
    const [service] = readConfig().services;
    if (service === undefined) throw new Error('greengate.yaml has no service');
    const ports = preflightPortsAt(clientOptions(sample.simulator));
    const digest = `sha256:${'1'.repeat(64)}`;
    const facts = preflightFacts({ service, repository: 'team/shop', tag: 'v2', digest }, ports);
    const { findings } = await runPreflight(trafficChecks, facts, service.preflight, {
      clock: ports.clock,
      timeout: (ms) => AbortSignal.timeout(ms),
    });
    expect(findings.filter(({ status }) => status === 'NG').map(words)).toEqual([]);
    expect(findings.filter(({ status }) => status === 'SKIP').map(({ check }) => check)).toEqual([
      'circuit-breaker',
      'rollout-room',
      'instance-capacity',
    ]);
    const observed = Object.fromEntries(findings.map((one) => [one.check, words(one)]));
    expect(observed).toMatchObject({
      'test-listener': 'production on port 80, test on port 8080',
      'listeners-on-primary': '2 forwardings, all to greengate-shop-blue',
      'health-time': '25 s (2 target group checks every 10 s); grace period 1 min',
      'alarms-ready': 'shop-5xx OK, missing data notBreaching',
      'hook-functions': '5 functions, all Active',
      'balancer-reach': 'port 8080 is open to the load balancer',
    });
    // The address of the NAT gateway, which is the only one that the sample's security group lets in.
    expect(observed['hook-reach']).toMatch(
      /^port 8080 of the internet-facing load balancer, from 203\.0\.113\.\d+\/32$/,
    );
    expect(observed['deployment-duration']).toMatch(
      /^about 11 min 25 s and the time of the checks/,
    );
  });
});
