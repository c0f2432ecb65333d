import type { ServiceConfig } from '../../functions/core/config/schema.ts';
import type { EcsService } from '../../functions/core/ports/ecs-services.ts';
import type { ImageScan } from '../../functions/core/ports/image-scans.ts';
import type { SecretDescription } from '../../functions/core/ports/secret-catalogue.ts';
import type { Finding } from '../../functions/core/preflight/finding.ts';
import type { PreflightCheck } from '../../functions/core/preflight/preflight-check.ts';
import {
  type ReleaseFacts,
  type ReleasePorts,
  releaseFacts,
} from '../../functions/core/preflight/release/release-facts.ts';
import { digestOf, serviceConfig } from './builders/releases.ts';
import { FakeClock } from './fakes/fake-clock.ts';
import {
  codeDeployService,
  FakeEcsServices,
  runningTask,
  taskSet,
} from './fakes/fake-ecs-services.ts';
import { FakeImageRegistry } from './fakes/fake-image-registry.ts';
import { FakeTaskDefinitions } from './fakes/fake-task-definitions.ts';

const registry = '123456789012.dkr.ecr.eu-central-1.amazonaws.com';
const role = (name: string) => `arn:aws:iam::123456789012:role/${name}`;

export const ecsTrust = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Service: 'ecs-tasks.amazonaws.com' },
      Action: 'sts:AssumeRole',
    },
  ],
};

/** A sound service on Fargate with image v1, and v2 pushed: every release check is OK or has nothing to judge. */
export class ReleaseScene {
  readonly clock = new FakeClock();
  readonly images = new FakeImageRegistry();
  readonly services = new FakeEcsServices();
  readonly roles = new Map<string, { arn: string; trustPolicy: unknown }>();
  readonly secrets = new Map<string, SecretDescription>();
  readonly parameters = new Set<string>();
  /** One after the other; the last one stays. */
  scans: (ImageScan | undefined)[] = [
    { status: 'COMPLETE', description: undefined, severityCounts: {} },
  ];
  scansOnPush = false;
  tag: string | undefined = 'v2';
  digest = digestOf('2');
  service: ServiceConfig = serviceConfig();
  document: Readonly<Record<string, unknown>> = {
    family: 'shop',
    cpu: '256',
    memory: '512',
    requiresCompatibilities: ['FARGATE'],
    executionRoleArn: role('execution'),
    taskRoleArn: role('app'),
    containerDefinitions: [
      {
        name: 'app',
        image: `${registry}/team/shop@${digestOf('1')}`,
        portMappings: [{ containerPort: 8080, protocol: 'tcp' }],
      },
    ],
  };
  /** Of each port's method, how often it was called. */
  readonly calls: string[] = [];
  #ecsService: Partial<EcsService> = {};
  #tasksRun = digestOf('1');

  constructor() {
    this.images.push('team/shop', 'v1', digestOf('1'), 1_000);
    this.images.push('team/shop', 'v2', digestOf('2'), 2_000);
    for (const name of ['execution', 'app']) {
      this.roles.set(name, { arn: role(name), trustPolicy: ecsTrust });
    }
  }

  changeDocument(changes: Readonly<Record<string, unknown>>): void {
    this.document = { ...this.document, ...changes };
  }

  changeContainer(changes: Readonly<Record<string, unknown>>): void {
    const [container] = this.document.containerDefinitions as object[];
    this.changeDocument({ containerDefinitions: [{ ...container, ...changes }] });
  }

  changeService(changes: Partial<EcsService>): void {
    this.#ecsService = changes;
  }

  changePreflight(changes: Partial<ServiceConfig['preflight']['vulnerabilities']>): void {
    const { preflight } = this.service;
    this.service = serviceConfig({
      preflight: { ...preflight, vulnerabilities: { ...preflight.vulnerabilities, ...changes } },
    });
  }

  runTasks(digest: string): void {
    this.#tasksRun = digest;
  }

  ports(): ReleasePorts {
    const taskDefinitions = new FakeTaskDefinitions();
    const primary = taskSet({ taskDefinitionArn: taskDefinitions.add(this.document) });
    if (!this.services.services.has('prod/shop')) {
      this.services.services.set('prod/shop', {
        ...codeDeployService([primary]),
        launchType: 'FARGATE',
        capacityProviders: [],
        ...this.#ecsService,
      });
    }
    this.services.tasks.set('prod/shop', [runningTask(primary, this.#tasksRun)]);
    const { scans } = this;
    return {
      images: counted(this.images, this.calls),
      imageScans: counted(
        {
          read: async () => (scans.length > 1 ? scans.shift() : scans[0]),
          scansOnPush: async () => this.scansOnPush,
        },
        this.calls,
      ),
      services: counted(this.services, this.calls),
      taskDefinitions: counted(taskDefinitions, this.calls),
      roles: counted({ find: async (name: string) => this.roles.get(name) }, this.calls),
      secretCatalogue: counted(
        {
          describeSecret: async (id: string) => this.secrets.get(id),
          existingParameters: async (names: readonly string[]) =>
            names.filter((name) => this.parameters.has(name)),
        },
        this.calls,
      ),
      clock: this.clock,
    };
  }

  facts(): ReleaseFacts {
    const { service, tag, digest } = this;
    return releaseFacts({ service, repository: 'team/shop', tag, digest }, this.ports());
  }

  judge(check: PreflightCheck<ReleaseFacts>): Promise<Finding> {
    return check.judge(this.facts());
  }
}

/** The same port, which notes each call by its method and arguments. */
function counted<T extends object>(port: T, calls: string[]): T {
  return new Proxy(port, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== 'function') return member;
      return (...args: unknown[]) => {
        calls.push(`${String(name)} ${JSON.stringify(args)}`);
        return member.apply(target, args);
      };
    },
  });
}
