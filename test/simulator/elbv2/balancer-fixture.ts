import http, { type RequestListener } from 'node:http';
import type net from 'node:net';
import type { AddressInfo } from 'node:net';
import { AcmModel } from '../../../simulator/acm/model.ts';
import type { SocketAddress } from '../../../simulator/core/services.ts';
import { Elbv2Model } from '../../../simulator/elbv2/model.ts';
import type { Listener, ProtocolVersion, TargetGroup } from '../../../simulator/elbv2/state.ts';
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
  readonly acm: AcmModel;
  readonly metrics: Metric[] = [];
  /** What is reported each minute from then on. */
  readonly held: (Omit<Metric, 'value'> & { readonly values: readonly number[] })[] = [];
  readonly #servers: net.Server[] = [];
  readonly #sockets = new Set<net.Socket>();

  constructor() {
    this.world = createTestWorld({
      services: {
        ec2: { subnet: () => undefined },
        cloudwatch: {
          putMetric: (metric) => void this.metrics.push(metric),
          holdMetric: (metric) => void this.held.push(metric),
        },
      },
    });
    this.model = new Elbv2Model(this.world);
    this.acm = new AcmModel(this.world);
    this.world.provide('acm', this.acm);
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

  /** A group whose targets are spoken to in HTTP/2 or gRPC; only HTTPS listeners take it. */
  versionGroup(name: string, protocolVersion: ProtocolVersion): TargetGroup {
    const HealthCheckIntervalSeconds = 10;
    return this.model.targetGroups.create({
      name,
      protocol: 'HTTP',
      protocolVersion,
      port: 8080,
      targetType: 'ip',
      HealthCheckIntervalSeconds,
    });
  }

  /** An HTTPS listener on port 443 with a certificate for shop.test, unless another is given. */
  async secureListener(
    group: TargetGroup,
    options: { certificateArn?: string; sslPolicy?: string } = {},
  ): Promise<Listener> {
    const certificateArn =
      options.certificateArn ?? this.acm.request({ domainName: 'shop.test' }).arn;
    return this.model.listeners.create({
      loadBalancer: this.model.loadBalancers.create({ name: 'shop' }),
      port: 443,
      protocol: 'HTTPS',
      certificates: [{ CertificateArn: certificateArn }],
      sslPolicy: options.sslPolicy,
      defaultActions: [{ Type: 'forward', TargetGroupArn: group.arn }],
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

  /** A real HTTP/1.1 server on loopback. */
  server(answer: RequestListener): Promise<SocketAddress> {
    return this.listen(http.createServer(answer));
  }

  /** Any server, on a free port of loopback. */
  async listen(server: net.Server): Promise<SocketAddress> {
    this.#servers.push(server);
    server.on('connection', (socket) => this.#sockets.add(socket));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return { host: '127.0.0.1', port: (server.address() as AddressInfo).port };
  }

  /** Registers any server as a target. */
  async serverTarget(group: TargetGroup, id: string, server: net.Server): Promise<void> {
    const address = await this.listen(server);
    this.model.registerTarget(group.arn, { id, port: 8080, address });
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
    for (const socket of this.#sockets) socket.destroy();
    for (const server of this.#servers) server.close();
  }
}
