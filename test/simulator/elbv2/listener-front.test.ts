import http from 'node:http';
import net from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FinishedRequest } from '../../../simulator/elbv2/finished-request.ts';
import { BalancerFixture } from './balancer-fixture.ts';

let fixture: BalancerFixture;
beforeEach(() => {
  fixture = new BalancerFixture();
});
afterEach(() => fixture.stop());

function observed(): FinishedRequest[] {
  const requests: FinishedRequest[] = [];
  fixture.model.onRequest((request) => requests.push(request));
  return requests;
}

describe('a listener', () => {
  it('is routed by its AWS-shaped name and port', async () => {
    const listener = await fixture.listener(fixture.group('blue'), 8443);
    const { dnsName } = listener.loadBalancer;
    expect(dnsName).toMatch(/^shop-\d{10}\.eu-west-1\.elb\.amazonaws\.com$/);
    expect(fixture.world.network.resolve(dnsName, 8443)).toEqual(
      fixture.model.listenerAddress(listener.arn),
    );
  });

  it('splits requests exactly by weight and sends none to weight 0', async () => {
    const [blue, green] = [fixture.group('blue'), fixture.group('green')];
    const listener = await fixture.listener(blue);
    await fixture.target(blue, '10.0.0.1');
    await fixture.target(green, '10.0.0.2');
    const share = async (blueWeight: number, greenWeight: number) => {
      fixture.model.setWeights(listener.arn, [
        { targetGroupArn: blue.arn, weight: blueWeight },
        { targetGroupArn: green.arn, weight: greenWeight },
      ]);
      const bodies: string[] = [];
      for (let sent = 0; sent < 40; sent++) bodies.push((await fixture.get(listener)).body);
      return bodies.filter((body) => body === '10.0.0.2').length;
    };
    expect(await share(90, 10)).toBe(4);
    expect(await share(100, 0)).toBe(0);
    expect(await share(0, 100)).toBe(40);
  });

  it('takes healthy targets in turn and leaves out an unhealthy one', async () => {
    const group = fixture.group('blue');
    const listener = await fixture.listener(group);
    await fixture.target(group, '10.0.0.1');
    await fixture.target(group, '10.0.0.2');
    await fixture.target(
      group,
      '10.0.0.3',
      (_request, response) => void response.writeHead(500).end(),
    );
    await fixture.reached(group, '10.0.0.3', 'unhealthy');
    const bodies = new Set<string>();
    for (let sent = 0; sent < 6; sent++) bodies.add((await fixture.get(listener)).body);
    expect([...bodies].sort()).toEqual(['10.0.0.1', '10.0.0.2']);
  });

  it('fails open when every target is unhealthy', async () => {
    const group = fixture.group('blue');
    const listener = await fixture.listener(group);
    await fixture.target(group, '10.0.0.1', (request, response) => {
      response.writeHead(request.url === '/health' ? 500 : 200).end('still here');
    });
    await fixture.reached(group, '10.0.0.1', 'unhealthy');
    expect(await fixture.get(listener)).toMatchObject({ status: 200, body: 'still here' });
  });

  it('answers 503 without targets and 502 when the target refuses or resets', async () => {
    const group = fixture.group('blue');
    const listener = await fixture.listener(group);
    const requests = observed();
    expect((await fixture.get(listener)).status).toBe(503);
    const address = { host: '127.0.0.1', port: 1 };
    fixture.model.registerTarget(group.arn, { id: '10.0.0.1', port: 8080, address });
    expect((await fixture.get(listener)).status).toBe(502);
    fixture.model.registerTarget(group.arn, {
      id: '10.0.0.1',
      port: 8080,
      address: await fixture.server((request) => request.socket.destroy()),
    });
    expect((await fixture.get(listener)).status).toBe(502);
    expect(requests.map(({ status, targetId }) => [status, targetId])).toEqual([
      [503, undefined],
      [502, '10.0.0.1'],
      [502, '10.0.0.1'],
    ]);
  });

  it.each([
    ['30 forwarders', 'GET', 30, 200],
    ['31 forwarders', 'GET', 31, 463],
    ['TRACE', 'TRACE', 1, 405],
  ])('answers a request with %s by itself where AWS does', async (_what, method, count, status) => {
    const group = fixture.group('blue');
    const listener = await fixture.listener(group);
    await fixture.target(group, '10.0.0.1');
    const forwarders = Array.from({ length: count }, (_each, n) => `10.1.0.${n}`).join(', ');
    const seen = await new Promise((resolve) => {
      const headers = { 'X-Forwarded-For': forwarders };
      http
        .request({ ...listener.address, method, headers }, (response) =>
          resolve(response.resume().statusCode),
        )
        .end();
    });
    expect(seen).toBe(status);
  });

  it('answers 504 when the target stays silent longer than the idle timeout', async () => {
    const group = fixture.group('blue');
    const listener = await fixture.listener(group);
    listener.loadBalancer.attributes.set('idle_timeout.timeout_seconds', '1');
    await fixture.target(group, '10.0.0.1', () => {});
    expect((await fixture.get(listener)).status).toBe(504);
  });

  it('adds forwarding headers, keeps Host and drops hop-by-hop headers', async () => {
    const group = fixture.group('blue');
    const listener = await fixture.listener(group);
    await fixture.target(group, '10.0.0.1', (request, response) => {
      response.setHeader('Connection', 'close, X-Internal');
      response.setHeader('X-Internal', 'secret');
      response.end(JSON.stringify(request.headers));
    });
    const { host, port } = listener.address;
    const answer = await new Promise<{ headers: http.IncomingHttpHeaders; body: string }>(
      (resolve) => {
        const headers = {
          Host: 'shop.example',
          'X-Forwarded-For': '203.0.113.7',
          Connection: 'X-Hop, keep-alive',
          'X-Hop': '1',
          TE: 'trailers',
        };
        http.get({ host, port, headers }, (response) => {
          let body = '';
          response.on('data', (chunk) => {
            body += chunk;
          });
          response.on('end', () => resolve({ headers: response.headers, body }));
        });
      },
    );
    const seen = JSON.parse(answer.body);
    expect(seen).toMatchObject({
      host: 'shop.example',
      'x-forwarded-for': '203.0.113.7, 127.0.0.1',
      'x-forwarded-proto': 'http',
      'x-forwarded-port': '80',
    });
    expect(seen).not.toHaveProperty('x-hop');
    expect(seen).not.toHaveProperty('te');
    expect(answer.headers).not.toHaveProperty('x-internal');
  });

  it('streams a request body and a response body', async () => {
    const group = fixture.group('blue');
    const listener = await fixture.listener(group);
    await fixture.target(group, '10.0.0.1', (request, response) => void request.pipe(response));
    const { host, port } = listener.address;
    const body = 'x'.repeat(300_000);
    const response = await fetch(`http://${host}:${port}/echo`, { method: 'POST', body });
    expect(await response.text()).toBe(body);
  });

  it('reports a client that went away as 460 and aborts the request to the target', async () => {
    const group = fixture.group('blue');
    const listener = await fixture.listener(group);
    let closed = () => {};
    const aborted = new Promise<void>((resolve) => {
      closed = resolve;
    });
    let arrived = () => {};
    const reached = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    await fixture.target(group, '10.0.0.1', (request, response) => {
      if (request.url !== '/slow') return void response.end();
      response.on('close', closed);
      arrived();
    });
    const finished = new Promise<FinishedRequest>((resolve) => {
      fixture.model.onRequest(resolve);
    });
    const { host, port } = listener.address;
    const client = net.connect(port, host, () =>
      client.write('GET /slow HTTP/1.1\r\nHost: a\r\n\r\n'),
    );
    await reached;
    client.destroy();
    await aborted;
    expect(await finished).toMatchObject({ status: 460, path: '/slow' });
  });

  it('does not hold the virtual clock for client traffic', async () => {
    const group = fixture.group('blue');
    const listener = await fixture.listener(group);
    let respond = () => {};
    let arrived = () => {};
    const reached = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    await fixture.target(group, '10.0.0.1', (request, response) => {
      if (request.url === '/health') return void response.end();
      respond = () => response.end('late');
      arrived();
    });
    const pending = fixture.get(listener, '/?a=1');
    await reached;
    await fixture.world.clock.sleep(3_600_000);
    respond();
    expect((await pending).body).toBe('late');
  });

  it('reports requests to observers and as metrics of balancer and group', async () => {
    const group = fixture.group('blue');
    const listener = await fixture.listener(group);
    const requests = observed();
    await fixture.target(
      group,
      '10.0.0.1',
      (_request, response) => void response.writeHead(500).end(),
    );
    await fixture.get(listener, '/products?page=2', { 'user-agent': 'shopper/1' });
    expect(requests).toEqual([
      {
        listenerArn: listener.arn,
        listenerPort: 80,
        targetGroupName: 'blue',
        targetId: '10.0.0.1',
        status: 500,
        userAgent: 'shopper/1',
        durationMs: expect.any(Number),
        path: '/products',
        protocol: 'http/1.1',
      },
    ]);
    const LoadBalancer = listener.loadBalancer.fullName;
    const counted = fixture.metrics.filter(({ name }) => name === 'HTTPCode_Target_5XX_Count');
    expect(counted.map(({ dimensions }) => dimensions)).toEqual([
      { LoadBalancer },
      { LoadBalancer, TargetGroup: group.fullName },
    ]);
  });
});
