import type { CreateServiceCommandInput, UpdateServiceCommandInput } from '@aws-sdk/client-ecs';
import { arn } from '../core/arns.ts';
import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import { checkCreateService, checkUpdateService, invalidParameter } from './service-rules.ts';
import type { Cluster, Service, ServiceSettings } from './state.ts';
import { tagMap } from './tags.ts';

const longestEventList = 100;
const repeatedEventMs = 6 * 3_600_000;

/** Services by cluster: what they are; their task sets do the work. */
export class Services {
  readonly #world: World;
  readonly #byArn = new Map<string, Service>();

  constructor(world: World) {
    this.#world = world;
  }

  create(cluster: Cluster, input: CreateServiceCommandInput, createdBy: string): Service {
    checkCreateService(input);
    const name = input.serviceName ?? '';
    if (this.find(cluster, name)?.status === 'ACTIVE') {
      throw invalidParameter('Creation of service was not idempotent.');
    }
    const { identity, clock } = this.#world;
    const service: Service = {
      arn: arn(identity, 'ecs', `service/${cluster.name}/${name}`),
      name,
      cluster,
      createdAtMs: clock.now(),
      createdBy: arn({ ...identity, region: '' }, 'iam', `role/${createdBy}`),
      settings: {
        desiredCount: input.desiredCount ?? 1,
        healthCheckGracePeriodSeconds: input.healthCheckGracePeriodSeconds ?? 0,
        deploymentConfiguration: {
          maximumPercent: 200,
          minimumHealthyPercent: 100,
          ...input.deploymentConfiguration,
        },
        placementConstraints: input.placementConstraints ?? [],
        placementStrategy: input.placementStrategy ?? [],
        enableECSManagedTags: input.enableECSManagedTags ?? false,
        propagateTags: input.propagateTags ?? 'NONE',
      },
      enableExecuteCommand: input.enableExecuteCommand ?? false,
      tags: tagMap(input.tags),
      status: 'ACTIVE',
      events: [],
      taskSets: [],
      tasks: new Set(),
    };
    this.#byArn.set(service.arn, service);
    return service;
  }

  /** Applies what UpdateService may change under CODE_DEPLOY. */
  update(service: Service, input: UpdateServiceCommandInput): void {
    checkUpdateService(input);
    if (service.status !== 'ACTIVE') {
      throw new AwsError('ServiceNotActiveException', 'Service was not ACTIVE.');
    }
    const changes: {
      -readonly [Member in keyof ServiceSettings]: ServiceSettings[Member] | undefined;
    } = {
      desiredCount: input.desiredCount,
      healthCheckGracePeriodSeconds: input.healthCheckGracePeriodSeconds,
      deploymentConfiguration: input.deploymentConfiguration && {
        ...service.settings.deploymentConfiguration,
        ...input.deploymentConfiguration,
      },
      placementConstraints: input.placementConstraints,
      placementStrategy: input.placementStrategy,
      enableECSManagedTags: input.enableECSManagedTags,
      propagateTags: input.propagateTags,
    };
    const given = Object.entries(changes).filter(([, value]) => value !== undefined);
    Object.assign(service.settings, Object.fromEntries(given));
  }

  all(): Service[] {
    return [...this.#byArn.values()];
  }

  ofCluster(cluster: Cluster): Service[] {
    return this.all().filter((service) => service.cluster === cluster);
  }

  /** By name or ARN. */
  find(cluster: Cluster, reference: string): Service | undefined {
    return this.ofCluster(cluster).find(({ name, arn }) => name === reference || arn === reference);
  }

  get(cluster: Cluster, reference: string | undefined): Service {
    const service = this.find(cluster, reference ?? '');
    if (!service) throw new AwsError('ServiceNotFoundException', 'Service not found.');
    return service;
  }

  /** Adds to the service's event list: the latest 100, none repeated within six hours (aws-facts 2.6). */
  say(service: Service, message: string): void {
    const createdAtMs = this.#world.clock.now();
    const repeated = service.events.some(
      (event) => event.message === message && createdAtMs - event.createdAtMs < repeatedEventMs,
    );
    if (repeated) return;
    service.events.unshift({ id: this.#world.ids.uuid(), createdAtMs, message });
    service.events.length = Math.min(service.events.length, longestEventList);
  }
}
