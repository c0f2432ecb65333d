import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ContainerDefinition, RegisterTaskDefinitionCommandInput } from '@aws-sdk/client-ecs';
import type {
  CreateTaskSetRequest,
  PublishedEvent,
  PulledImage,
  TaskSetView,
} from '../../../simulator/core/services.ts';
import type { Settings } from '../../../simulator/core/settings.ts';
import { EcsModel } from '../../../simulator/ecs/model.ts';
import type { Service } from '../../../simulator/ecs/state.ts';
import type { Task } from '../../../simulator/ecs/task.ts';
import { Elbv2Model } from '../../../simulator/elbv2/model.ts';
import type { Listener, TargetGroup } from '../../../simulator/elbv2/state.ts';
import { createTestWorld, type TestWorld } from '../../support/simulator/fake-world.ts';

/** A server as users write them: it knows nothing of the simulator. */
export const serverSource = `
import http from 'node:http';
const server = http.createServer((request, response) => {
  response.end(JSON.stringify({ version: process.env.VERSION, path: request.url, env: process.env }));
});
server.listen(8080, '0.0.0.0', () => console.log('listening'));
process.on('SIGTERM', () => server.close(() => process.exit(0)));
server.keepAliveTimeout = 1;
`;

export const repository = '111122223333.dkr.ecr.eu-west-1.amazonaws.com/team/shop';

export interface TestImage {
  readonly source?: string;
  readonly command?: readonly string[];
  readonly entrypoint?: readonly string[];
  readonly volumes?: readonly string[];
  /** Of the manifest that an index lists for the platform; the image's own unless given. */
  readonly platformDigest?: string;
}

/** A cluster with a balancer (port 80, groups blue and green), and images that are folders. */
export class EcsFixture {
  readonly world: TestWorld;
  readonly model: EcsModel;
  readonly elbv2: Elbv2Model;
  readonly blue: TargetGroup;
  readonly green: TargetGroup;
  readonly events: PublishedEvent[] = [];
  readonly logs: { group: string; stream: string; message: string }[] = [];
  readonly pulls: string[] = [];
  /** Metrics that services report each minute. */
  readonly held: { name: string; dimensions: object; values: readonly number[] }[] = [];
  /** Of S3, by `bucket/key`. */
  readonly objects = new Map<string, Uint8Array>();
  /** Groups count as balanced although most tests make no listener. */
  balancesAnyGroup = true;
  readonly #listeners = new Set<() => void>();
  readonly #images = new Map<string, PulledImage>();
  readonly #directory = mkdtempSync(join(tmpdir(), 'greengate-ecs-'));

  constructor(settings: Partial<Settings> = {}) {
    this.world = createTestWorld({
      settings,
      directory: this.#directory,
      services: {
        cloudwatch: {
          putMetric: () => {},
          holdMetric: (metric) => void this.held.push(metric),
        },
        ec2: { subnet: () => undefined },
        ecr: { pull: (reference) => this.#pull(reference) },
        events: { publish: (event) => this.#published(event) },
        s3: { getObject: (bucket, key) => this.objects.get(`${bucket}/${key}`) },
        logs: {
          hasGroup: (group) => group !== '/missing',
          append: (group, stream, message) => void this.logs.push({ group, stream, message }),
        },
      },
    });
    this.elbv2 = new Elbv2Model(this.world);
    const balancerOf = this.elbv2.loadBalancerOfTargetGroup.bind(this.elbv2);
    this.elbv2.loadBalancerOfTargetGroup = (arn) =>
      this.balancesAnyGroup ? 'balanced' : balancerOf(arn);
    this.model = new EcsModel(this.world);
    this.world.provide('elbv2', this.elbv2);
    this.world.provide('ecs', this.model);
    this.blue = this.#group('blue');
    this.green = this.#group('green');
    this.model.clusters.create({ name: 'sample' });
  }

  /** Makes `repository:tag` pullable and returns the reference. */
  image(tag: string, { source = serverSource, ...given }: TestImage = {}): string {
    const rootDirectory = join(this.#directory, tag);
    mkdirSync(join(rootDirectory, 'app'), { recursive: true });
    writeFileSync(join(rootDirectory, 'app', 'server.mjs'), source);
    const digest = `sha256:${Buffer.from(tag).toString('hex').padEnd(64, '0')}`;
    const image: PulledImage = {
      digest,
      platformDigest: given.platformDigest ?? digest,
      platform: { os: 'linux', architecture: 'arm64' },
      rootDirectory,
      entrypoint: given.entrypoint ?? [],
      command: given.command ?? ['node', 'server.mjs'],
      environment: { VERSION: tag },
      workingDirectory: '/app',
      ...(given.volumes && { volumes: given.volumes }),
    };
    this.#images.set(`${repository}:${tag}`, image);
    this.#images.set(`${repository}@${digest}`, image);
    return `${repository}:${tag}`;
  }

  taskDefinition(
    container: Partial<ContainerDefinition>,
    more: Partial<RegisterTaskDefinitionCommandInput> = {},
  ): string {
    return this.model.taskDefinitions.register(taskDefinitionInput(container, more)).arn;
  }

  async listener(port = 80): Promise<Listener> {
    const [known] = this.elbv2.loadBalancers.all();
    return this.elbv2.listeners.create({
      loadBalancer: known ?? this.elbv2.loadBalancers.create({ name: 'shop' }),
      port,
      protocol: 'HTTP',
      defaultActions: [{ Type: 'forward', TargetGroupArn: this.blue.arn }],
    });
  }

  service(taskDefinition: string, desiredCount = 1, gracePeriodSeconds = 0): Service {
    return this.model.createService({
      cluster: 'sample',
      serviceName: 'shop',
      taskDefinition,
      desiredCount,
      launchType: 'FARGATE',
      deploymentController: { type: 'CODE_DEPLOY' },
      healthCheckGracePeriodSeconds: gracePeriodSeconds,
      loadBalancers: [{ targetGroupArn: this.blue.arn, containerName: 'app', containerPort: 8080 }],
      networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-a', 'subnet-b'] } },
    });
  }

  replacement(
    taskDefinition: string,
    externalId = 'd-000000001',
    overrides: Partial<CreateTaskSetRequest> = {},
  ): TaskSetView {
    return this.model.createTaskSet({
      cluster: 'sample',
      service: 'shop',
      taskDefinition,
      externalId,
      targetGroupArn: this.green.arn,
      containerName: 'app',
      containerPort: 8080,
      ...overrides,
    });
  }

  view(id: string): TaskSetView | undefined {
    return this.model.service('sample', 'shop')?.taskSets.find((taskSet) => taskSet.id === id);
  }

  nextEvent(): Promise<void> {
    return new Promise((resolve) => this.#listeners.add(resolve));
  }

  /** Resolves once `holds` does, looked at after every change of the service's task sets. */
  until(holds: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (!holds()) return;
        unsubscribe();
        resolve();
      };
      const unsubscribe = this.model.onTaskSetChange('sample', 'shop', look);
      look();
    });
  }

  tasks(service: Service): Task[] {
    return [...service.tasks];
  }

  async get(listener: Listener, path = '/'): Promise<{ status: number; body: string }> {
    const { host, port } = this.elbv2.listenerAddress(listener.arn);
    const response = await fetch(`http://${host}:${port}${path}`);
    return { status: response.status, body: await response.text() };
  }

  async stop(): Promise<void> {
    await this.model.stop();
    await this.elbv2.stop();
    this.world.clock.stop();
    rmSync(this.#directory, { recursive: true, force: true });
  }

  #group(name: string): TargetGroup {
    return this.elbv2.targetGroups.create({
      name,
      protocol: 'HTTP',
      port: 8080,
      targetType: 'ip',
      HealthCheckPath: '/health',
      HealthCheckIntervalSeconds: 10,
      attributes: [{ Key: 'deregistration_delay.timeout_seconds', Value: '30' }],
    });
  }

  #published(event: PublishedEvent): string {
    this.events.push(event);
    for (const told of this.#listeners) told();
    this.#listeners.clear();
    return String(this.events.length);
  }

  async #pull(reference: string): Promise<PulledImage> {
    this.pulls.push(reference);
    const image = this.#images.get(reference);
    if (image) return image;
    throw new Error(`CannotPullContainerError: ${reference}: not found`);
  }
}

export function taskDefinitionInput(
  container: Partial<ContainerDefinition>,
  more: Partial<RegisterTaskDefinitionCommandInput> = {},
): RegisterTaskDefinitionCommandInput {
  return {
    family: 'shop',
    networkMode: 'awsvpc',
    requiresCompatibilities: ['FARGATE'],
    cpu: '256',
    memory: '512',
    executionRoleArn: 'arn:aws:iam::111122223333:role/execution',
    runtimePlatform: { cpuArchitecture: 'ARM64', operatingSystemFamily: 'LINUX' },
    containerDefinitions: [
      {
        name: 'app',
        image: `${repository}:v1`,
        portMappings: [{ containerPort: 8080 }],
        logConfiguration: {
          logDriver: 'awslogs',
          options: {
            'awslogs-group': '/shop',
            'awslogs-region': 'eu-west-1',
            'awslogs-stream-prefix': 'shop',
          },
        },
        ...container,
      },
    ],
    ...more,
  };
}
