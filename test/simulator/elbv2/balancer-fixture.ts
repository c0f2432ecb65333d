import http, { type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SocketAddress } from '../../../simulator/core/services.ts';
import { Elbv2Model } from '../../../simulator/elbv2/model.ts';
import type { Listener, TargetGroup } from '../../../simulator/elbv2/state.ts';
import { createTestWorld, type TestWorld } from '../../support/simulator/fake-world.ts';

export interface Metric {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly value: number;
}

/** A balancer with two target groups and one listener on port 80 that forwards to the first. */
export class BalancerFixture {
  readonly world: TestWorld;
  readonly model: Elbv2Model;
  readonly metrics: Metric[] = [];
  readonly #servers: http.Server[] = [];

  constructor() {
    this.world = createTestWorld({
      services: { cloudwatch: { putMetric: (metric) => void this.metrics.push(metric) } },
    });
    this.model = new Elbv2Model(this.world);
  }

  group(name: string, attributes: Record<string, string> = {}): TargetGroup {
    return this.model.targetGroups.create({
      name,
      protocol: 'HTTP',
      port: 8080,
      targetType: 'ip',
      HealthCheckPath: '/health',
      HealthCheckIntervalSeconds: 10,
      HealthyThresholdCount: 3,
      UnhealthyThresholdCount: 2,
      attributes: Object.entries(attributes).map(([Key, Value]) => ({ Key, Value })),
    });
  }

  async listener(group: TargetGroup, port = 80, loadBalancerName = 'shop'): Promise<Listener> {
    const known = this.model.loadBalancers.all().find(({ name }) => name === loadBalancerName);
    return this.model.listeners.create({
      loadBalancer: known ?? this.model.loadBalancers.create({ name: loadBalancerName }),
      port,
      protocol: 'HTTP',
      defaultActions: [{ Type: 'forward', TargetGroupArn: group.arn }],
    });
  }

  /** A real server on loopback. */
  async server(answer: RequestListener): Promise<SocketAddress> {
    const server = http.createServer(answer);
    this.#servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return { host: '127.0.0.1', port: (server.address() as AddressInfo).port };
  }

  /** Registers a server that answers every request with its name. */
  async target(group: TargetGroup, id: string, answer?: RequestListener): Promise<void> {
    const address = await this.server(answer ?? ((_request, response) => void response.end(id)));
    this.model.registerTarget(group.arn, { id, port: 8080, address });
  }

  state(group: TargetGroup, id: string): string | undefined {
    return this.model.targetHealth(group.arn).find(({ targetId }) => targetId === id)?.state;
  }

  /** Resolves once the target is in that state; the vitest timeout says if it never is. */
  reached(group: TargetGroup, id: string, state: string | undefined): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (this.state(group, id) !== state) return;
        unsubscribe();
        resolve();
      };
      const unsubscribe = this.model.onTargetHealth(group.arn, look);
      look();
    });
  }

  async get(listener: Listener, path = '/', headers: Record<string, string> = {}) {
    const { host, port } = this.model.listenerAddress(listener.arn);
    const response = await fetch(`http://${host}:${port}${path}`, { headers, redirect: 'manual' });
    return { status: response.status, headers: response.headers, body: await response.text() };
  }

  async stop(): Promise<void> {
    await this.model.stop();
    this.world.clock.stop();
    for (const server of this.#servers) {
      server.closeAllConnections();
      server.close();
    }
  }
}
