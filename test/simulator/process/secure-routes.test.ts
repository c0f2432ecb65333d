import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import http2 from 'node:http2';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import type { TargetGroup } from '../../../simulator/elbv2/state.ts';
import { BalancerFixture } from '../elbv2/balancer-fixture.ts';

const routes = new URL('../../../simulator/process/routes.mjs', import.meta.url).href;

let fixture: BalancerFixture;
let directory: string;
beforeEach(() => {
  fixture = new BalancerFixture();
  directory = mkdtempSync(join(tmpdir(), 'greengate-routes-'));
  writeFileSync(join(directory, 'ca.pem'), fixture.acm.authority.certificatePem);
});
afterEach(async () => {
  rmSync(directory, { recursive: true });
  await fixture.stop();
});

/**
 * Runs `code` as a function's process would: connections routed by the network's table, `balancer` being the
 * DNS name, `ca` the local authority; trusting it by itself or not.
 */
async function run(balancer: string, code: string, trust = true): Promise<string> {
  const script = `
    import https from 'node:https'; import http2 from 'node:http2'; import tls from 'node:tls';
    import { createRequire } from 'node:module'; import { readFileSync } from 'node:fs';
    import { installRoutes } from '${routes}';
    const { WebSocket } = createRequire('${import.meta.filename}')('ws');
    installRoutes(${JSON.stringify(fixture.world.network.table())});
    const balancer = '${balancer}';
    const ca = readFileSync('${join(directory, 'ca.pem')}');
    ${code}`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      PATH: process.env.PATH,
      ...(trust && { NODE_EXTRA_CA_CERTS: join(directory, 'ca.pem') }),
    },
  });
  return (await text(child.stdout)).trim();
}

async function balancerFor(group: TargetGroup): Promise<string> {
  const { loadBalancer } = await fixture.secureListener(group);
  return loadBalancer.dnsName;
}

describe("a function's process", () => {
  it.each([
    ['trusts what ACM issued', '', true, '200'],
    ['does not without being told whom to trust', '', false, 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
    ["trusts the authority that a check's tls.ca names", 'ca,', false, '200'],
    ['verifies the name', `servername: balancer,`, true, 'ERR_TLS_CERT_ALTNAME_INVALID'],
  ])('over node:https %s', async (_what, options, trust, expected) => {
    const group = fixture.group('blue');
    await fixture.target(group, '10.0.0.1');
    const balancer = await balancerFor(group);
    const output = await run(
      balancer,
      `https.get({ host: balancer, servername: 'shop.test', agent: false, ${options} },
        (response) => { console.log(response.statusCode); response.resume(); })
        .on('error', (error) => console.log(error.code));`,
      trust,
    );
    expect(output).toBe(expected);
  });

  it('calls gRPC over node:http2', async () => {
    const group = fixture.versionGroup('rpc', 'GRPC');
    const server = http2.createServer();
    server.on('stream', (stream) => {
      stream.respond({ ':status': 200 }, { waitForTrailers: true });
      stream.once('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
      stream.end();
    });
    await fixture.serverTarget(group, '10.0.0.1', server);
    const output = await run(
      await balancerFor(group),
      `const session = http2.connect('https://' + balancer, { servername: 'shop.test' });
       const call = session.request({ ':method': 'POST', ':path': '/a.B/C', 'content-type': 'application/grpc' });
       call.on('trailers', (trailers) => console.log(session.alpnProtocol, trailers['grpc-status']));
       call.on('close', () => session.close());
       call.resume().end();`,
    );
    expect(output).toBe('h2 0');
  });

  it('opens a WebSocket over wss://', async () => {
    const group = fixture.group('blue');
    const server = http.createServer();
    new WebSocketServer({ server }).on('connection', (socket) => socket.send('welcome'));
    await fixture.serverTarget(group, '10.0.0.1', server);
    const output = await run(
      await balancerFor(group),
      `const socket = new WebSocket('wss://' + balancer + '/live', { servername: 'shop.test' });
       socket.on('message', (message) => { console.log(String(message)); socket.close(); });`,
    );
    expect(output).toBe('welcome');
  });
});
