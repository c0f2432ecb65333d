import type { CreateServiceCommandInput, UpdateServiceCommandInput } from '@aws-sdk/client-ecs';
import { arn } from '../core/arns.ts';
import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import { callingPrincipal } from '../sts/caller-identity.ts';
import type { Caller } from '../wire/operation.ts';
import { defaultDeploymentConfiguration } from './deployment-configuration.ts';
import { checkExternalUpdate } from './external-rules.ts';
import { serviceRole } from './service-role.ts';
import {
  checkCreateService,
  checkDesiredCount,
  checkFailureDetection,
  checkUpdateService,
  invalidParameter,
} from './service-rules.ts';
import type { Cluster, Service, ServiceSettings } from './state.ts';
import { tagMap } from './tags.ts';

const longestEventList = 100;
const steadyMessage = 'has reached a steady state.';
const deed = /registered \d|has begun draining|has started|has stopped|deployment /;

/** Services by cluster: what they are; their task sets do the work. */
export class Services {
  readonly #world: World;
  readonly #byArn = new Map<string, Service>();

  constructor(world: World) {
    this.#world = world;
  }

  create(
    cluster: Cluster,
    input: CreateServiceCommandInput,
    caller: Caller | undefined,
    networkMode?: string,
  ): Service {
    checkCreateService(input);
    const roleArn = serviceRole(this.#world, input, networkMode);
    const name = input.serviceName ?? '';
    const known = this.find(cluster, name);
    if (known?.status === 'ACTIVE') {
      throw invalidParameter('Creation of service was not idempotent.');
    }
    if (known?.status === 'DRAINING') {
      throw invalidParameter('Unable to Start a service that is still Draining.');
    }
    const controller = input.deploymentController?.type ?? 'ECS';
    const { identity, clock } = this.#world;
    const service: Service = {
      arn: arn(identity, 'ecs', `service/${cluster.name}/${name}`),
      name,
      controller,
      cluster,
      createdAtMs: clock.now(),
      roleArn,
      // A role's sessions are shown as the role.
      createdBy: callingPrincipal(caller, identity.accountId).entityArn,
      settings: {
        desiredCount: input.desiredCount ?? 1,
        healthCheckGracePeriodSeconds: input.healthCheckGracePeriodSeconds ?? 0,
        deploymentConfiguration: {
          ...defaultDeploymentConfiguration(controller),
          ...input.deploymentConfiguration,
        },
        placementConstraints: input.placementConstraints ?? [],
        placementStrategy: input.placementStrategy ?? [],
        enableECSManagedTags: input.enableECSManagedTags ?? false,
        propagateTags: input.propagateTags ?? 'NONE',
      },
      clientToken: input.clientToken,
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

  /** Applies what UpdateService may change without a deployment; under CODE_DEPLOY that is all it may. */
  update(service: Service, input: UpdateServiceCommandInput): void {
    if (service.controller === 'CODE_DEPLOY') checkUpdateService(input);
    if (service.controller === 'EXTERNAL') checkExternalUpdate(input);
    checkFailureDetection(service.controller, input);
    checkDesiredCount(input.desiredCount);
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
    service.enableExecuteCommand = input.enableExecuteCommand ?? service.enableExecuteCommand;
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
    if (!service) throw serviceNotFound();
    return service;
  }

  /**
   * Adds to the service's event list: the latest 100, and no problem again within six hours unless it was
   * resolved meanwhile (aws-facts 2.6); what the scheduler does is told every time.
   */
  say(service: Service, message: string): void {
    const { clock, settings } = this.#world;
    const createdAtMs = clock.now();
    const { repeatedServiceEventMs } = settings;
    const resolved = service.events.findIndex((event) => event.message.endsWith(steadyMessage));
    const sinceThen = resolved < 0 ? service.events : service.events.slice(0, resolved || 1);
    const repeated = sinceThen.some(
      (event) =>
        event.message === message && createdAtMs - event.createdAtMs < repeatedServiceEventMs,
    );
    if (repeated && !deed.test(message)) return;
    service.events.unshift({ id: this.#world.ids.uuid(), createdAtMs, message });
    service.events.length = Math.min(service.events.length, longestEventList);
  }
}

export function serviceNotFound(): AwsError {
  return new AwsError('ServiceNotFoundException', 'Service not found.');
}
