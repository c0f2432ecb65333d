import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { createSimulator } from '../../simulator/simulator.ts';

/**
 * One end of the balancer benchmark, in a process of its own. `target` answers, `proxy PORT` is the bare Node.js
 * proxy to compare with, `balancer PORT` is the simulator with one listener. Prints the port it listens at.
 */
const [role = '', upstream = '0'] = process.argv.slice(2);
const body = Buffer.from(JSON.stringify({ status: 'UP', padding: 'x'.repeat(200) }));

let stop = async (): Promise<void> => {};

const starts: Readonly<Record<string, () => Promise<number>>> = {
  target: () =>
    listen(
      http.createServer((_request, response) => {
        response.writeHead(200, {
          'content-type': 'application/json',
          'content-length': body.length,
        });
        response.end(body);
      }),
    ),
  proxy: () => {
    const agent = new http.Agent({ keepAlive: true });
    return listen(
      http.createServer((request, response) => {
        const { method, url, headers } = request;
        const forwarded = http.request(
          { host: '127.0.0.1', port: Number(upstream), method, path: url, headers, agent },
          (answer) => {
            response.writeHead(answer.statusCode ?? 502, answer.headers);
            answer.pipe(response);
          },
        );
        forwarded.on('error', () => response.destroy());
        request.pipe(forwarded);
      }),
    );
  },
  async balancer() {
    const simulator = await createSimulator();
    stop = () => simulator.stop();
    const { elbv2 } = simulator.models;
    const group = elbv2.targetGroups.create({
      name: 'measured',
      protocol: 'HTTP',
      port: 8080,
      targetType: 'ip',
    });
    const address = { host: '127.0.0.1', port: Number(upstream) };
    elbv2.registerTarget(group.arn, { id: '10.0.0.1', port: 8080, address });
    const listener = await elbv2.listeners.create({
      loadBalancer: elbv2.loadBalancers.create({ name: 'measured' }),
      port: 80,
      protocol: 'HTTP',
      defaultActions: [{ Type: 'forward', TargetGroupArn: group.arn }],
    });
    return listener.address.port;
  },
};

const start = starts[role];
if (!start) throw new Error(`No role "${role}"; there are ${Object.keys(starts).join(', ')}`);
process.on('SIGTERM', async () => {
  await stop();
  process.exit(0);
});
console.log(`PORT ${await start()}`);

async function listen(server: http.Server): Promise<number> {
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}
