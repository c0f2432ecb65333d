import {
  AddListenerCertificatesCommand,
  CreateListenerCommand,
  type CreateListenerCommandInput,
  CreateTargetGroupCommand,
  DescribeListenerCertificatesCommand,
  DescribeListenersCommand,
  DescribeTargetGroupsCommand,
  ElasticLoadBalancingV2Client,
  ModifyListenerCommand,
  ModifyTargetGroupCommand,
  RemoveListenerCertificatesCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Listener, TargetGroup } from '../../../simulator/elbv2/state.ts';
import { elbv2Wire } from '../../../simulator/elbv2/wire.ts';
import { type ServedWire, serveWire } from '../../support/simulator/serve-wire.ts';
import { BalancerFixture } from './balancer-fixture.ts';

let fixture: BalancerFixture;
let server: ServedWire;
let client: ElasticLoadBalancingV2Client;
let blue: TargetGroup;
let plain: Listener;
let certificateArn: string;

beforeEach(async () => {
  fixture = new BalancerFixture();
  server = await serveWire(fixture.world, [elbv2Wire(fixture.model, fixture.world)]);
  client = new ElasticLoadBalancingV2Client(server.client);
  blue = fixture.group('blue');
  plain = await fixture.listener(blue);
  certificateArn = fixture.acm.request({ domainName: 'shop.test' }).arn;
});
afterEach(async () => {
  client.destroy();
  await server.stop();
  await fixture.stop();
});

const createHttps = (changes: Partial<CreateListenerCommandInput> = {}) =>
  new CreateListenerCommand({
    LoadBalancerArn: plain.loadBalancer.arn,
    Port: 443,
    Protocol: 'HTTPS',
    Certificates: [{ CertificateArn: certificateArn }],
    DefaultActions: [{ Type: 'forward', TargetGroupArn: blue.arn }],
    ...changes,
  });

describe('HTTPS listeners over the API', () => {
  it('get the API default policy and show their default certificate', async () => {
    const created = await client.send(createHttps());
    expect(created.Listeners?.[0]).toMatchObject({
      Port: 443,
      Protocol: 'HTTPS',
      SslPolicy: 'ELBSecurityPolicy-2016-08',
      Certificates: [{ CertificateArn: certificateArn }],
      MutualAuthentication: { Mode: 'off' },
    });
    expect(created.Listeners?.[0]?.Certificates?.[0]).not.toHaveProperty('IsDefault');
  });

  it('list, add and remove certificates, the default one first', async () => {
    const created = await client.send(createHttps());
    const ListenerArn = created.Listeners?.[0]?.ListenerArn;
    const more = fixture.acm.request({ domainName: 'pay.shop.test' }).arn;
    const Certificates = [{ CertificateArn: more }];
    const added = await client.send(
      new AddListenerCertificatesCommand({ ListenerArn, Certificates }),
    );
    await client.send(new AddListenerCertificatesCommand({ ListenerArn, Certificates }));
    const list = () =>
      client.send(new DescribeListenerCertificatesCommand({ ListenerArn, PageSize: 2 }));
    expect(added.Certificates).toEqual([{ CertificateArn: more, IsDefault: false }]);
    expect((await list()).Certificates).toEqual([
      { CertificateArn: certificateArn, IsDefault: true },
      { CertificateArn: more, IsDefault: false },
    ]);
    await client.send(new RemoveListenerCertificatesCommand({ ListenerArn, Certificates }));
    expect((await list()).Certificates).toHaveLength(1);
  });

  it('change from HTTP and back, losing policy and certificates', async () => {
    const ListenerArn = plain.arn;
    await client.send(
      new ModifyListenerCommand({
        ListenerArn,
        Protocol: 'HTTPS',
        SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-Res-2021-06',
        Certificates: [{ CertificateArn: certificateArn }],
      }),
    );
    const describe = async () =>
      (await client.send(new DescribeListenersCommand({ ListenerArns: [ListenerArn] })))
        .Listeners?.[0];
    expect(await describe()).toMatchObject({
      Protocol: 'HTTPS',
      SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-Res-2021-06',
    });
    await client.send(new ModifyListenerCommand({ ListenerArn, Protocol: 'HTTP' }));
    const { Protocol, SslPolicy, Certificates } = (await describe()) ?? {};
    expect({ Protocol, SslPolicy, Certificates }).toEqual({
      Protocol: 'HTTP',
      SslPolicy: undefined,
      Certificates: undefined,
    });
  });

  const absent = 'arn:aws:acm:eu-west-1:111122223333:certificate/absent';
  it.each<[string, string, () => Partial<CreateListenerCommandInput>]>([
    ['no certificate', 'ValidationError', () => ({ Certificates: [] })],
    [
      'two default certificates',
      'ValidationError',
      () => ({ Certificates: [{ CertificateArn: certificateArn }, { CertificateArn: 'b' }] }),
    ],
    [
      'an unknown certificate',
      'CertificateNotFoundException',
      () => ({ Certificates: [{ CertificateArn: absent }] }),
    ],
    [
      'an unknown policy',
      'SSLPolicyNotFoundException',
      () => ({ SslPolicy: 'ELBSecurityPolicy-2099-01' }),
    ],
    ['certificates on HTTP', 'ValidationError', () => ({ Protocol: 'HTTP' })],
    ['another protocol', 'ValidationError', () => ({ Protocol: 'TLS' })],
    [
      'mutual authentication',
      'NotImplemented',
      () => ({ MutualAuthentication: { Mode: 'passthrough' } }),
    ],
  ])('are refused with %s', async (_what, name, changes) => {
    await expect(client.send(createHttps(changes()))).rejects.toMatchObject({ name });
    expect(fixture.model.listeners.all()).toEqual([plain]);
  });

  it('keep their default certificate and take at most 25 others', async () => {
    const created = await client.send(createHttps());
    const ListenerArn = created.Listeners?.[0]?.ListenerArn;
    const Certificates = Array.from({ length: 26 }, (_each, index) => ({
      CertificateArn: fixture.acm.request({ domainName: `n${index}.shop.test` }).arn,
    }));
    await expect(
      client.send(new AddListenerCertificatesCommand({ ListenerArn, Certificates })),
    ).rejects.toMatchObject({ name: 'TooManyCertificatesException' });
    await expect(
      client.send(
        new RemoveListenerCertificatesCommand({
          ListenerArn,
          Certificates: [{ CertificateArn: certificateArn }],
        }),
      ),
    ).rejects.toMatchObject({ name: 'OperationNotPermittedException' });
  });
});

describe('protocol versions over the API', () => {
  const createGroup = (changes: object = {}) =>
    new CreateTargetGroupCommand({
      Name: 'rpc',
      Protocol: 'HTTP',
      ProtocolVersion: 'GRPC',
      Port: 50_051,
      TargetType: 'ip',
      ...changes,
    });

  it('give a GRPC group its own health check defaults', async () => {
    await client.send(createGroup());
    const { TargetGroups } = await client.send(new DescribeTargetGroupsCommand({ Names: ['rpc'] }));
    expect(TargetGroups?.[0]).toMatchObject({
      ProtocolVersion: 'GRPC',
      HealthCheckPath: '/AWS.ALB/healthcheck',
      Matcher: { GrpcCode: '12' },
    });
    const TargetGroupArn = TargetGroups?.[0]?.TargetGroupArn;
    const modified = await client.send(
      new ModifyTargetGroupCommand({ TargetGroupArn, Matcher: { GrpcCode: '0,12' } }),
    );
    expect(modified.TargetGroups?.[0]?.Matcher).toEqual({ GrpcCode: '0,12' });
  });

  it.each([
    ['an HTTP code for GRPC', { Matcher: { HttpCode: '200' } }],
    ['a GRPC code for HTTP/2', { ProtocolVersion: 'HTTP2', Matcher: { GrpcCode: '0' } }],
    ['a GRPC code that does not exist', { Matcher: { GrpcCode: '100' } }],
    ['an unknown version', { ProtocolVersion: 'HTTP3' }],
  ])('refuse %s', async (_what, changes) => {
    await expect(client.send(createGroup(changes))).rejects.toMatchObject({
      name: 'ValidationError',
    });
  });

  it.each(['GRPC', 'HTTP2'])('keep %s groups off HTTP listeners', async (ProtocolVersion) => {
    const { TargetGroups } = await client.send(createGroup({ ProtocolVersion }));
    const DefaultActions = [
      { Type: 'forward' as const, TargetGroupArn: TargetGroups?.[0]?.TargetGroupArn },
    ];
    const refusal = {
      name: 'InvalidLoadBalancerActionException',
      message: `Listener protocol 'HTTP' is not supported with a target group with the protocol-version '${ProtocolVersion}'`,
    };
    await expect(
      client.send(new ModifyListenerCommand({ ListenerArn: plain.arn, DefaultActions })),
    ).rejects.toMatchObject(refusal);
    const secure = await client.send(createHttps({ DefaultActions }));
    const ListenerArn = secure.Listeners?.[0]?.ListenerArn;
    await expect(
      client.send(new ModifyListenerCommand({ ListenerArn, Protocol: 'HTTP' })),
    ).rejects.toMatchObject(refusal);
  });
});
