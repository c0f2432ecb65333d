import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http2 from 'node:http2';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { secureAssembly, secureTemplate } from '../../../simulator/elbv2/secure-assembly.ts';
import { createSimulator } from '../../../simulator/simulator.ts';

const group = {
  Type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
  Properties: {
    Name: 'shop-blue',
    Port: 8080,
    Protocol: 'HTTP',
    TargetType: 'ip',
    HealthCheckPath: '/health',
    Matcher: { HttpCode: '200' },
  },
};
const template = {
  Resources: {
    Balancer: {
      Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
      Properties: { Name: 'shop', Subnets: ['subnet-a', 'subnet-b'] },
    },
    Blue: group,
    Production: {
      Type: 'AWS::ElasticLoadBalancingV2::Listener',
      Properties: {
        LoadBalancerArn: { Ref: 'Balancer' },
        Port: 443,
        Protocol: 'HTTP',
        DefaultActions: [{ Type: 'forward', TargetGroupArn: { Ref: 'Blue' } }],
      },
    },
  },
};

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'greengate-secure-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

describe('securing a template', () => {
  it('leaves one without listeners as it is', () => {
    const other = { Resources: { Blue: group } };
    expect(secureTemplate(other, { domainName: 'shop.test', protocolVersion: 'GRPC' })).toBe(other);
  });

  it.each([
    [undefined, group.Properties],
    ['HTTP2', { ...group.Properties, ProtocolVersion: 'HTTP2' }],
    [
      'GRPC',
      {
        Name: 'shop-blue',
        Port: 8080,
        Protocol: 'HTTP',
        TargetType: 'ip',
        ProtocolVersion: 'GRPC',
      },
    ],
  ] as const)('gives target groups version %s', (protocolVersion, expected) => {
    const { Resources } = secureTemplate(template, { domainName: 'shop.test', protocolVersion });
    expect(Resources.Blue?.Properties).toEqual(expected);
  });

  it('makes stacks whose listeners speak HTTPS', async () => {
    const file = join(directory, 'Shop.template.json');
    writeFileSync(file, JSON.stringify(template));
    secureAssembly(directory, { domainName: 'shop.test', protocolVersion: 'GRPC' });
    expect(JSON.parse(readFileSync(file, 'utf8')).Resources.Balancer).toEqual(
      template.Resources.Balancer,
    );
    const simulator = await createSimulator();
    try {
      await simulator.deployTemplate(file);
      const [listener] = simulator.listeners();
      const session = http2.connect(`https://${listener?.address}`, {
        servername: 'shop.test',
        ca: simulator.models.acm.authority.certificatePem,
      });
      const status = await new Promise((resolve, reject) => {
        session.once('error', reject);
        const call = session.request({ ':method': 'POST', 'content-type': 'application/grpc' });
        call.once('response', (headers) => resolve(headers[':status']));
        call.end();
      });
      session.destroy();
      expect(status).toBe(503);
    } finally {
      await simulator.stop();
    }
  });
});
