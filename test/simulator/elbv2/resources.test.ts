import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ResourceContext } from '../../../simulator/cloudformation/resource-provider.ts';
import { elbv2Resources } from '../../../simulator/elbv2/resources.ts';
import { BalancerFixture } from './balancer-fixture.ts';

let fixture: BalancerFixture;
beforeEach(() => {
  fixture = new BalancerFixture();
});
afterEach(() => fixture.stop());

async function create(name: string, properties: unknown) {
  const provider = elbv2Resources(fixture.model, fixture.world)[
    `AWS::ElasticLoadBalancingV2::${name}`
  ];
  if (!provider) throw new Error(`no provider for ${name}`);
  const context: ResourceContext = {
    world: fixture.world,
    stackName: 'Sample',
    logicalId: name,
    generatedName: (maxLength) => `Sample-${name}-ABCDEFGHIJKL`.slice(0, maxLength),
  };
  return provider.create(provider.properties.parse(properties) as never, context);
}

const group = (path: string) => ({
  Port: '8080',
  Protocol: 'HTTP',
  TargetType: 'ip',
  VpcId: 'vpc-1',
  HealthCheckPath: path,
  HealthCheckIntervalSeconds: 10,
  Matcher: { HttpCode: '200' },
  TargetGroupAttributes: [
    { Key: 'deregistration_delay.timeout_seconds', Value: 5 },
    { Key: 'stickiness.enabled', Value: 'false' },
  ],
});

describe('load balancing resources of a template', () => {
  it('create a balancer, listener, rule and groups that serve requests', async () => {
    const blue = await create('TargetGroup', group('/health'));
    const balancer = await create('LoadBalancer', {
      Name: 'shop',
      Scheme: 'internal',
      Type: 'application',
      Subnets: ['subnet-a'],
      LoadBalancerAttributes: [{ Key: 'deletion_protection.enabled', Value: 'false' }],
    });
    expect(balancer.attributes).toMatchObject({
      DNSName: expect.stringMatching(/^internal-shop-\d{10}\.eu-west-1\.elb\.amazonaws\.com$/),
      LoadBalancerFullName: expect.stringMatching(/^app\/shop\/[0-9a-f]{16}$/),
      CanonicalHostedZoneID: expect.stringMatching(/^Z/),
    });
    const listener = await create('Listener', {
      LoadBalancerArn: balancer.physicalId,
      Port: 80,
      Protocol: 'HTTP',
      DefaultActions: [{ Type: 'forward', TargetGroupArn: blue.physicalId }],
    });
    await create('ListenerRule', {
      ListenerArn: listener.physicalId,
      Priority: 5,
      Conditions: [{ Field: 'path-pattern', PathPatternConfig: { Values: ['/gone'] } }],
      Actions: [
        {
          Type: 'redirect',
          RedirectConfig: { StatusCode: 'HTTP_301', Host: 'new.example', Path: '/#{path}' },
        },
      ],
    });
    expect(blue.attributes).toMatchObject({
      TargetGroupName: 'Sample-TargetGroup-ABCDEFGHIJKL',
      LoadBalancerArns: [balancer.physicalId],
    });
    await fixture.target(fixture.model.targetGroups.get(blue.physicalId).group, '10.0.0.1');
    const served = fixture.model.listeners.get(listener.physicalId);
    expect(await fixture.get(served)).toMatchObject({ status: 200, body: '10.0.0.1' });
    const moved = await fixture.get(served, '/gone?a=1');
    expect(moved.status).toBe(301);
    expect(moved.headers.get('location')).toBe('http://new.example:80/gone?a=1');
  });

  it.each([
    [
      'TargetGroup',
      { ...group('/health'), LambdaMultiValueHeaders: true },
      /LambdaMultiValueHeaders/,
    ],
    [
      'TargetGroup',
      { ...group('/health'), TargetType: 'lambda' },
      /Not simulated: target type lambda/,
    ],
    [
      'TargetGroup',
      { ...group('/health'), Protocol: 'HTTPS' },
      /Not simulated: target group protocol HTTPS/,
    ],
    ['LoadBalancer', { Type: 'network' }, /Not simulated: load balancer type network/],
  ])('refuse a %s with what is not simulated (case %#)', async (name, properties, message) => {
    await expect(create(name, properties)).rejects.toThrow(message);
  });

  it('create an HTTPS listener with a second certificate and a gRPC group', async () => {
    const certificate = (name: string) => fixture.acm.request({ domainName: name }).arn;
    const rpc = await create('TargetGroup', {
      Port: 50051,
      Protocol: 'HTTP',
      ProtocolVersion: 'GRPC',
      TargetType: 'ip',
      Matcher: { GrpcCode: '0-12' },
    });
    const balancer = await create('LoadBalancer', { Name: 'shop', Subnets: ['subnet-a'] });
    const listener = await create('Listener', {
      LoadBalancerArn: balancer.physicalId,
      Port: '443',
      Protocol: 'HTTPS',
      SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06',
      Certificates: [{ CertificateArn: certificate('shop.test') }],
      DefaultActions: [{ Type: 'forward', TargetGroupArn: rpc.physicalId }],
    });
    const more = certificate('pay.shop.test');
    await create('ListenerCertificate', {
      ListenerArn: listener.physicalId,
      Certificates: [{ CertificateArn: more }],
    });
    expect(fixture.model.listeners.get(listener.physicalId).tls).toMatchObject({
      policy: 'ELBSecurityPolicy-TLS13-1-2-2021-06',
      moreCertificateArns: [more],
    });
    expect(fixture.model.targetGroups.get(rpc.physicalId).group.healthCheck).toMatchObject({
      path: '/AWS.ALB/healthcheck',
      matcher: '0-12',
    });
  });
});
