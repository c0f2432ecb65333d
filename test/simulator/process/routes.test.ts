import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer, type Server, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, it } from 'vitest';

const routes = new URL('../../../simulator/process/routes.mjs', import.meta.url).href;

let server: Server;
let received: Buffer[];
beforeEach(async () => {
  received = [];
  server = createServer((socket: Socket) => {
    socket.on('error', () => {});
    socket.once('data', (data) => {
      received.push(data);
      socket.end('HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 2\r\n\r\nok');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(() => {
  server.close();
});

/** Runs `code` in a process of its own, since the routes patch node:net. */
async function run(code: string): Promise<string> {
  const { port } = server.address() as AddressInfo;
  const table = {
    'Shop.elb.amazonaws.com:80': `127.0.0.1:${port}`,
    '10.0.0.5:443': `127.0.0.1:${port}`,
  };
  const script = `
    import net from 'node:net'; import tls from 'node:tls'; import http from 'node:http';
    import { installRoutes, setRoutes } from '${routes}';
    installRoutes(${JSON.stringify(table)});
    const real = ${port};
    const failure = (socket) => new Promise((resolve) => socket.once('error', (error) => resolve(error.code)));
    ${code}`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return (await text(child.stdout)).trim();
}

it.each([
  ['an options object', `net.connect({ host: 'shop.elb.amazonaws.com', port: 80 }, done)`],
  ['port and host', `net.connect(80, 'SHOP.elb.amazonaws.com', done)`],
  [
    'a socket of its own',
    `new net.Socket().connect({ host: 'shop.elb.amazonaws.com', port: '80' }, done)`,
  ],
])('a connection by %s reaches the routed socket', async (_, connect) => {
  const output = await run(`
    const done = () => { console.log('connected', socket.remotePort === real); socket.end('x'); };
    const socket = ${connect};
    socket.on('data', () => {});`);
  expect(output).toBe('connected true');
});

it('TLS keeps the server name that the code asked for', async () => {
  await run(`
    const socket = tls.connect({ host: '10.0.0.5', port: 443, servername: 'shop.example.com' });
    await failure(socket);`);
  expect(Buffer.concat(received).includes('shop.example.com')).toBe(true);
});

it('an agent of node:http keeps the Host header', async () => {
  await run(`
    const agent = new http.Agent({ keepAlive: true });
    await new Promise((resolve) =>
      http.get({ host: 'shop.elb.amazonaws.com', path: '/health', agent }, (r) => r.resume().on('end', resolve)));
    agent.destroy();`);
  expect(String(received[0])).toMatch(
    /^GET \/health HTTP\/1\.1\r\nHost: shop\.elb\.amazonaws\.com\r\n/,
  );
});

it('a new table replaces the old one, and what is in none is refused', async () => {
  const output = await run(`
    setRoutes({ '10.0.0.6:80': '127.0.0.1:' + real });
    console.log(await failure(net.connect(443, '10.0.0.5')));
    console.log(await failure(net.connect(80, 'shop.elb.amazonaws.com')));
    console.log(await (await fetch('http://10.0.0.6/')).text());`);
  expect(output.split('\n')).toEqual(['ECONNREFUSED', 'ENOTFOUND', 'ok']);
});

it('loopback and unix sockets are left alone', async () => {
  const output = await run(`
    console.log(await (await fetch('http://127.0.0.1:' + real)).text());
    console.log(await failure(net.connect('/tmp/greengate-no-such-socket')));`);
  expect(output.split('\n')).toEqual(['ok', 'ENOENT']);
});
