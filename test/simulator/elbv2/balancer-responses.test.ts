import net from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Listener } from '../../../simulator/elbv2/state.ts';
import { BalancerFixture } from './balancer-fixture.ts';

let fixture: BalancerFixture;
beforeEach(() => {
  fixture = new BalancerFixture();
});
afterEach(() => fixture.stop());

/** The whole answer as it stands on the wire, status line included. */
const raw = (listener: Listener, lines: string[]) =>
  new Promise<string>((resolve, reject) => {
    let answer = '';
    const socket = net.connect(listener.address.port, '127.0.0.1', () =>
      socket.write([...lines, 'Connection: close', '', ''].join('\r\n')),
    );
    socket.on('data', (chunk) => {
      answer += chunk.toString();
    });
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
  });

const page = (title: string) =>
  `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n</body>\r\n</html>\r\n`;

// zalando-incubator/kube-ingress-aws-controller #120.
it('a group without targets is told in the balancer’s words', async () => {
  const listener = await fixture.listener(fixture.group('blue'), 80);
  const answer = await raw(listener, ['GET / HTTP/1.1', 'Host: shop.test']);
  expect(answer.split('\r\n')[0]).toBe('HTTP/1.1 503 Service Temporarily Unavailable');
  expect(answer).toMatch(/^content-length: 162\r$/m);
  expect(answer.endsWith(page('503 Service Temporarily Unavailable'))).toBe(true);
});

it('a silent target is told in the balancer’s words', async () => {
  const group = fixture.group('blue');
  const listener = await fixture.listener(group, 80);
  await fixture.target(group, '10.0.0.1', () => {});
  listener.loadBalancer.attributes.set('idle_timeout.timeout_seconds', '1');
  const answer = await raw(listener, ['GET / HTTP/1.1', 'Host: shop.test']);
  expect(answer.split('\r\n')[0]).toBe('HTTP/1.1 504 Gateway Time-out');
  expect(answer.endsWith(page('504 Gateway Time-out'))).toBe(true);
});

// Recorded in internetstandards/Internet.nl #1291, kubernetes-sigs/aws-load-balancer-controller #2541.
it('a redirect comes with a page', async () => {
  const listener = await fixture.listener(fixture.group('blue'), 80);
  fixture.model.listeners.modify(listener.arn, {
    defaultActions: [
      {
        Type: 'redirect',
        RedirectConfig: { StatusCode: 'HTTP_301', Protocol: 'HTTPS', Port: '443' },
      },
    ],
  });
  const answer = await raw(listener, ['GET / HTTP/1.1', 'Host: shop.test']);
  expect(answer.split('\r\n')[0]).toBe('HTTP/1.1 301 Moved Permanently');
  expect(answer).toMatch(/^location: https:\/\/shop\.test:443\/\r$/m);
  expect(answer).toMatch(/^content-type: text\/html\r$/m);
  expect(answer).toMatch(/^content-length: 134\r$/m);
  expect(answer.endsWith(page('301 Moved Permanently'))).toBe(true);
});
