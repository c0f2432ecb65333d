import https from 'node:https';
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSimulator, type Simulator } from '../../../simulator/simulator.ts';

let simulator: Simulator;
beforeEach(async () => {
  simulator = await createSimulator();
});
afterEach(() => simulator.stop());

const control = (path: string, init?: RequestInit) =>
  fetch(`${simulator.endpoint}/_greengate/${path}`, init);
const order = async (body: unknown) => {
  const response = await control('certificates', { method: 'POST', body: JSON.stringify(body) });
  return { status: response.status, body: (await response.json()) as Record<string, string> };
};

/** An HTTPS listener made with the SDK alone; resolves with what a client of curl's kind sees. */
async function visit(certificateArn: string | undefined, ca: string): Promise<number | string> {
  const client = new ElasticLoadBalancingV2Client({
    endpoint: simulator.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'me', secretAccessKey: 'me' },
  });
  const { LoadBalancers } = await client.send(
    new CreateLoadBalancerCommand({
      Name: 'shop',
      Subnets: simulator.models.ec2.all('subnet').map(({ id }) => id),
    }),
  );
  await client.send(
    new CreateListenerCommand({
      LoadBalancerArn: LoadBalancers?.[0]?.LoadBalancerArn,
      Port: 443,
      Protocol: 'HTTPS',
      Certificates: [{ CertificateArn: certificateArn }],
      DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '204' } }],
    }),
  );
  client.destroy();
  const [listener] = simulator.listeners();
  expect(listener?.protocol).toBe('HTTPS');
  return new Promise((resolve) => {
    https
      .get(`https://${listener?.address}`, { servername: 'shop.test', ca, agent: false }, (r) =>
        resolve(r.resume().statusCode ?? 0),
      )
      .once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
  });
}

describe('certificates of the control API', () => {
  it.each([
    ['a trusted one', {}, 204],
    ['an expired one', { notAfter: '2020-01-01T00:00:00Z' }, 'CERT_HAS_EXPIRED'],
    ['one nobody trusts', { authority: 'unknown' }, 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
    ['one for another name', { domainNames: ['other.test'] }, 'ERR_TLS_CERT_ALTNAME_INVALID'],
  ])('%s serves a listener as ordered', async (_what, changes, seen) => {
    const made = await order({ domainNames: ['shop.test'], ...changes });
    const ca = await (await control('ca.pem')).text();
    expect(await visit(made.body.certificateArn, ca)).toBe(seen);
  });

  it('are listed without their keys', async () => {
    const made = await order({
      domainNames: ['shop.test'],
      notBefore: '2026-01-01T00:00:00Z',
      notAfter: '2027-01-01T00:00:00Z',
    });
    const listed = await (await control('certificates')).json();
    expect(listed).toEqual([made.body]);
    expect(made.body).toMatchObject({
      type: 'IMPORTED',
      domainNames: ['shop.test'],
      notBefore: '2026-01-01T00:00:00.000Z',
      notAfter: '2027-01-01T00:00:00.000Z',
    });
    expect(JSON.stringify(listed)).not.toContain('PRIVATE KEY');
  });

  it.each([
    ['no name', { domainNames: [] }, 'domainNames'],
    ['a date that is none', { domainNames: ['a.test'], notAfter: 'yesterday' }, 'notAfter'],
    ['an unknown member', { domainNames: ['a.test'], days: 3 }, 'days'],
    [
      'an end before its beginning',
      {
        domainNames: ['a.test'],
        notBefore: '2026-02-02T00:00:00Z',
        notAfter: '2026-02-01T00:00:00Z',
      },
      'cannot end',
    ],
  ])('are refused with %s', async (_what, body, part) => {
    const answer = await order(body);
    expect(answer.status).toBe(400);
    expect(answer.body.message).toContain(part);
  });
});
