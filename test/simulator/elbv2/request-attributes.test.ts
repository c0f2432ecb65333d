import http from 'node:http';
import net from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Listener, TargetGroup } from '../../../simulator/elbv2/state.ts';
import { TraceIds } from '../../../simulator/elbv2/trace-id.ts';
import { BalancerFixture } from './balancer-fixture.ts';

let fixture: BalancerFixture;
let listener: Listener;
let group: TargetGroup;
beforeEach(async () => {
  fixture = new BalancerFixture();
  group = fixture.group('blue');
  await fixture.target(group, '10.0.0.1', (request, response) => {
    response.end(JSON.stringify(request.headers));
  });
  listener = await fixture.listener(group, 8040);
});
afterEach(() => fixture.stop());

const seen = (headers: Record<string, string>) =>
  new Promise<http.IncomingHttpHeaders>((resolve, reject) => {
    const { port } = listener.address;
    const sent = http.get({ host: '127.0.0.1', port, headers, agent: false }, async (response) => {
      let text = '';
      for await (const chunk of response) text += chunk;
      resolve(JSON.parse(text) as http.IncomingHttpHeaders);
    });
    sent.on('error', reject);
  });

// ALB guide, "HTTP headers and Application Load Balancers".
it.each([
  ['append', '203.0.113.7, 127.0.0.1'],
  ['preserve', '203.0.113.7'],
  ['remove', undefined],
])('X-Forwarded-For with mode %s arrives as %s', async (mode, arrived) => {
  listener.loadBalancer.attributes.set('routing.http.xff_header_processing.mode', mode);
  const headers = await seen({ 'X-Forwarded-For': '203.0.113.7' });
  expect(headers['x-forwarded-for']).toBe(arrived);
});

it('the Host names the listener’s port unless it is preserved', async () => {
  expect((await seen({ host: 'shop.test' })).host).toBe('shop.test:8040');
  listener.loadBalancer.attributes.set('routing.http.preserve_host_header.enabled', 'true');
  expect((await seen({ host: 'shop.test' })).host).toBe('shop.test');
});

it('header names with other characters than letters, digits and hyphens are dropped on demand', async () => {
  expect(await seen({ x_y: '1', 'x-y': '2' })).toMatchObject({ x_y: '1', 'x-y': '2' });
  const { attributes } = listener.loadBalancer;
  attributes.set('routing.http.drop_invalid_header_fields.enabled', 'true');
  const dropped = await seen({ x_y: '1', 'x-y': '2' });
  expect([dropped.x_y, dropped['x-y']]).toEqual([undefined, '2']);
});

it('a trace id is made, or put in front of the one that came', async () => {
  const root = /^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/;
  expect((await seen({}))['x-amzn-trace-id']).toMatch(root);
  const came = 'Self=1-00000000-1;Root=1-67891233-abcdef012345678912345678;a=b';
  expect((await seen({ 'X-Amzn-Trace-Id': came }))['x-amzn-trace-id']).toMatch(
    /^Self=1-[0-9a-f]{8}-[0-9a-f]{24};Root=1-67891233-abcdef012345678912345678;a=b$/,
  );
  const ids = new TraceIds();
  // 0x67891233 seconds since 1970.
  expect(ids.valueFor(undefined, 1_737_036_339_000).slice(0, 15)).toBe('Root=1-67891233');
  expect(ids.valueFor(undefined, 0)).not.toBe(ids.valueFor(undefined, 0));
});

const raw = (request: string) =>
  new Promise<string>((resolve, reject) => {
    let answer = '';
    const socket = net.connect(listener.address.port, '127.0.0.1', () => socket.write(request));
    socket.on('data', (chunk) => {
      answer += chunk.toString();
    });
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
  });

// ALB guide, "Troubleshoot your Application Load Balancers".
it.each([
  ['GET / HTTP/9.9\r\nHost: a\r\n\r\n', '505 HTTP Version Not Supported'],
  ['nonsense\r\n\r\n', '400 Bad Request'],
  ['GET / HTTP/1.1\r\nConnection: close\r\n\r\n', '400 Bad Request'],
  [
    `GET /${'x'.repeat(16_400)} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`,
    '414 URI Too Long',
  ],
])('%.20s is answered with %s by the balancer itself', async (request, title) => {
  const answer = await raw(request);
  expect(answer.split('\r\n')[0]).toBe(`HTTP/1.1 ${title}`);
  expect(answer).toMatch(/^server: awselb\/2\.0\r$/m);
  expect(answer).toContain(`<center><h1>${title}</h1></center>`);
});

it('a header of more than 16 K is answered with 400 by the balancer itself', async () => {
  const request = (length: number) =>
    `GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX-Long: ${'x'.repeat(length)}\r\n\r\n`;
  const refused = await raw(request(16_385));
  expect(refused.split('\r\n')[0]).toBe('HTTP/1.1 400 Bad Request');
  expect(refused).toMatch(/^server: awselb\/2\.0\r$/m);
  expect((await raw(request(12_000))).split('\r\n')[0]).toBe('HTTP/1.1 200 OK');
});
