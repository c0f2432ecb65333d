import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SocketAddress } from '../../../simulator/core/services.ts';
import { ContainerProcess } from '../../../simulator/ecs/container-process.ts';
import { eventually } from '../../support/eventually.ts';

let directory: string;
const processes: ContainerProcess[] = [];

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'greengate-task-'));
});
afterEach(async () => {
  await Promise.all(processes.splice(0).map((process) => process.stop(500)));
  rmSync(directory, { recursive: true });
});

async function run(source: string, ports: number[], routes: Record<string, string> = {}) {
  const script = join(directory, `${processes.length}.mjs`);
  writeFileSync(script, source);
  const listening = new Map<number, SocketAddress>();
  const output: string[] = [];
  const process = new ContainerProcess({
    command: { args: [script], cwd: directory },
    environment: { GREETING: 'hello' },
    routes,
    ports,
    onListen: (port, address) => listening.set(port, address),
    onOutput: (line) => output.push(line),
  });
  processes.push(process);
  await process.started();
  return { process, listening, output };
}

const get = async (address: SocketAddress | undefined, path = '/') =>
  (await fetch(`http://${address?.host}:${address?.port}${path}`)).text();

describe('a container process', () => {
  it.each([
    'server.listen(8080)',
    'server.listen("8080", "0.0.0.0")',
    'server.listen({ port: 8080, host: "::" })',
    'server.listen(8080, () => console.log("up"))',
  ])('listens on a free port of loopback after %s', async (listen) => {
    const source = `import http from 'node:http';
      const server = http.createServer((_, response) => response.end(process.env.GREETING));
      ${listen};`;
    const [first, second] = [await run(source, [8080]), await run(source, [8080])];
    const ports = [first, second].map(({ listening }) => listening.get(8080)?.port);
    expect(ports[0]).not.toBe(ports[1]);
    expect(ports).not.toContain(8080);
    expect(await get(second.listening.get(8080))).toBe('hello');
  });

  it('reaches itself on the port it asked for, and others through the simulated network', async () => {
    const stock = http.createServer((request, response) => response.end(request.headers.host));
    await new Promise<void>((resolve) => stock.listen(0, '127.0.0.1', resolve));
    const routes = { 'stock.internal:80': `127.0.0.1:${(stock.address() as AddressInfo).port}` };
    const source = `import http from 'node:http';
      const answer = async (url) => (await fetch(url)).text();
      http.createServer(async (request, response) => {
        if (request.url === '/self') return response.end('myself');
        response.end((await answer('http://localhost:8080/self')) + ' and ' + (await answer('http://stock.internal/')));
      }).listen(8080);`;
    const { listening } = await run(source, [8080], routes);
    expect(await get(listening.get(8080))).toBe('myself and stock.internal');
    stock.closeAllConnections();
    stock.close();
  });

  it('sees neither the machinery nor the environment of this machine', async () => {
    const source = 'console.log(JSON.stringify(Object.keys(process.env))); process.exit(7);';
    const { process, output } = await run(source, [8080]);
    expect(await process.exited).toBe(7);
    expect(JSON.parse(output[0] ?? '')).toEqual(['GREETING']);
  });

  it('is killed when it ignores SIGTERM', async () => {
    const source = `process.on('SIGTERM', () => {}); setInterval(() => {}, 1000);
      (await import('node:http')).createServer().listen(8080);`;
    const { process } = await run(source, [8080]);
    expect(await process.stop(50)).toBe(137);
  });

  it('does not outlive the simulator that started it', async () => {
    const script = join(directory, 'server.mjs');
    writeFileSync(script, "import http from 'node:http'; http.createServer().listen(8080);");
    const preload = new URL('../../../simulator/process/task-preload.mjs', import.meta.url).href;
    const child = spawn(process.execPath, ['--import', preload, script], {
      env: { GREENGATE_TASK: JSON.stringify({ routes: {} }) },
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    });
    const report = child.stdio[3] as Duplex;
    await once(report, 'data');
    report.destroy();
    expect(await once(child, 'exit')).toEqual([137, null]);
  });

  it('does not outlive a killed simulator even when it never comes back to its event loop', async () => {
    const script = join(directory, 'server.mjs');
    const listen = 'http.createServer().listen(8080, () => setImmediate(() => { for (;;); }))';
    writeFileSync(script, `import http from 'node:http'; ${listen};`);
    const preload = new URL('../../../simulator/process/task-preload.mjs', import.meta.url).href;
    const simulator = spawn(process.execPath, [
      '--eval',
      `const child = require('node:child_process').spawn(
        process.execPath, ${JSON.stringify(['--import', preload, script])},
        { env: { GREENGATE_TASK: '{"routes":{}}' }, stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
      child.stdio[3].once('data', () => console.log(child.pid));`,
    ]);
    const [pid] = await once(simulator.stdout, 'data');
    simulator.kill('SIGKILL');
    await eventually(() => expect(() => process.kill(Number(pid), 0)).toThrow('ESRCH'));
  });
});
