import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  checkHealthCommand,
  type HealthCommandHost,
  runHealthCommand,
} from '../../../../simulator/ecs/health-command/run-health-command.ts';

let server: http.Server;
let port: number;
beforeAll(async () => {
  server = http.createServer((request, response) => {
    if (request.url === '/moved') return response.writeHead(302, { location: '/ready' }).end();
    if (request.url === '/slow') return;
    if (request.url === '/method')
      return response.end(`${request.method} ${request.headers['x-a']}`);
    response.statusCode = request.url === '/ready' ? 200 : 503;
    response.end('{"status":"UP"}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const nodeCalls: (readonly string[])[] = [];
const host: HealthCommandHost = {
  environment: { PORT: '8080' },
  signal: new AbortController().signal,
  resolve: (name, wanted) =>
    name === 'localhost' && wanted === 8080 ? { host: '127.0.0.1', port } : undefined,
  node: async (given) => {
    nodeCalls.push(given);
    return { exitCode: Number(given[1]), output: '' };
  },
};
const shell = (line: string) => runHealthCommand(['CMD-SHELL', line], host);

describe('a health command', () => {
  it.each([
    ['curl -f http://localhost:8080/ready || exit 1', 0],
    ['curl -fsS localhost:$PORT/broken || exit 1', 1],
    ['curl -f http://localhost:8080/broken', 22],
    ['curl -s http://localhost:8080/broken', 0],
    ['curl -f http://localhost:9999/', 7],
    ['curl -f http://elsewhere.example/', 6],
    ['curl -m 0.05 http://localhost:8080/slow', 28],
    ['curl -fL http://localhost:8080/moved', 0],
    ['wget -q --spider http://localhost:8080/ready', 0],
    ['wget --no-verbose --tries=1 --spider http://localhost:8080/broken || exit 1', 1],
    ['wget -qO- http://localhost:8080/ready | grep -q UP', 0],
    ['curl -s http://localhost:8080/ready | grep -q DOWN', 1],
    ['curl -s http://localhost:8080/ready > /dev/null | grep UP', 1],
    ['curl -s -X POST -H "x-a: b" http://localhost:8080/method | grep -q "POST b"', 0],
    ['nc -z localhost 8080', 0],
    ['nc -z localhost 9999 || exit 3', 3],
    ['! false && true', 0],
    ['false; true', 0],
    ['true || exit 4', 0],
    ['exit 5; true', 5],
    ['node -e 7', 7],
  ])('%s ends with %i', async (line, exitCode) => {
    expect(await shell(line)).toBe(exitCode);
  });

  it('runs a program directly after CMD, by its path as well', async () => {
    expect(await runHealthCommand(['CMD', '/usr/bin/node', 'check.mjs', '2'], host)).toBe(2);
    expect(nodeCalls.at(-1)).toEqual(['check.mjs', '2']);
    expect(await runHealthCommand(['CMD', '/bin/sh', '-c', 'exit 6'], host)).toBe(6);
  });

  it.each([
    [['CMD-SHELL', 'pg_isready -U app'], 'the program pg_isready'],
    [['CMD', '/usr/bin/redis-cli', 'ping'], 'the program /usr/bin/redis-cli'],
    [['CMD', 'sh', '-c', 'true && mysqladmin ping'], 'the program mysqladmin'],
    [['NONE'], 'a health check that begins with NONE'],
  ])('refuses %j by name before it runs', (command, problem) => {
    expect(() => checkHealthCommand(command)).toThrow(problem);
  });

  it('refuses options that would change what is asked', async () => {
    await expect(shell('curl --data x localhost:8080/ready')).rejects.toThrow('curl --data');
    await expect(shell('curl -o /etc/cron.d/x localhost:8080/ready')).rejects.toThrow(
      'output to the file /etc/cron.d/x',
    );
  });
});
