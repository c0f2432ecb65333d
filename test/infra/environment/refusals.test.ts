import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App } from 'aws-cdk-lib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { GreengateDashboard, GreengateNetwork } from '../../../infra/constructs/index.ts';
import { EnvironmentStack, environmentApp, type Variant } from './variants.ts';

function app(): App {
  const outdir = mkdtempSync(join(tmpdir(), 'greengate-refusals-'));
  onTestFinished(() => rmSync(outdir, { recursive: true }));
  return environmentApp(outdir);
}

const build = (variant: Variant) => () => new EnvironmentStack(app(), 'Stack', variant);
const zone = { hostedZoneName: 'example.com', hostedZoneId: 'Z0123456789ABCDEFGHIJ' };

describe('a mistake is one line that says how to mend it', () => {
  it.each<[string, Variant, string]>([
    [
      'a public load balancer that hooks cannot reach',
      { egress: 'endpoints-only', balancer: { internetFacing: true } },
      'cannot be internetFacing in a network with endpoints only',
    ],
    [
      'a name without a zone',
      { balancer: { domainName: 'shop.example.com' } },
      'domainName "shop.example.com" needs hostedZoneName and hostedZoneId',
    ],
    ['a zone without a name', { balancer: zone }, 'belong together; give all three or none'],
    [
      'a name outside the zone',
      { balancer: { ...zone, domainName: 'shop.myexample.com' } },
      '"shop.myexample.com" does not lie in the zone "example.com"',
    ],
    [
      'a certificate that is none',
      { balancer: { certificateArn: 'shop.example.com' } },
      'certificateArn must be the ARN of an ACM certificate, got "shop.example.com"',
    ],
    [
      'an unknown shift',
      { service: { shift: 'Canary10' } },
      'unknown shift "Canary10"; one of CodeDeployDefault.ECSAllAtOnce',
    ],
    [
      'a secret that is a parameter',
      { service: { secrets: { A: 'arn:aws:ssm:eu-west-1:111122223333:parameter/a' } } },
      'a secret is named by its name or ARN in Secrets Manager',
    ],
  ])('%s', (_, variant, message) => {
    expect(build(variant)).toThrow(message);
  });

  it('a way out that there is none of', () => {
    expect(build({ egress: 'nat' as never })).toThrow(
      'GreengateNetwork: egress is one of nat-instance, nat-gateway, endpoints-only, got "nat"',
    );
  });

  it('several props of a service at once', () => {
    const service = { capacity: 'EC2', desiredCount: -1, healthPath: 'health' } as never;
    expect(build({ service })).toThrow(
      'GreengateService: capacity is one of fargate, ec2, got "EC2"; ' +
        'healthPath must be a path that begins with /, got "health"; ' +
        'desiredCount must be a whole number from 0 on, got -1',
    );
  });

  it('a network too small', () => {
    const stack = build({})();
    expect(() => new GreengateNetwork(stack, 'Small', { cidr: '10.0.0.0/24' })).toThrow(
      'needs a CIDR block of /16 to /20 such as 10.20.0.0/16, got "10.0.0.0/24"',
    );
  });

  it('a second service on a load balancer, and a dashboard of nothing', () => {
    const stack = build({})();
    expect(() => stack.balancer.serve({ containerPort: 80, healthPath: '/', pair: false })).toThrow(
      'serves one service',
    );
    expect(() => new GreengateDashboard(stack, 'Empty', { services: [] })).toThrow(
      'needs a service to show',
    );
  });
});
