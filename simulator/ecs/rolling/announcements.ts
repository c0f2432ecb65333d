import type { World } from '../../core/world.ts';
import type { Services } from '../services.ts';
import type { Service } from '../state.ts';
import type { Deployment } from './state.ts';

type EventType = 'INFO' | 'WARN' | 'ERROR';

/** What a rolling service says: its own event list and EventBridge (aws-facts 2.6, 2.7). */
export class Announcements {
  readonly #world: World;
  readonly #services: Services;

  constructor(world: World, services: Services) {
    this.#world = world;
    this.#services = services;
  }

  /** Adds `(service NAME) …` to the service's events. */
  say(service: Service, message: string): void {
    this.#services.say(service, `(service ${service.name}) ${message}`);
  }

  /** `ECS Deployment State Change`, whose reason is not always that of DescribeServices. */
  deployment(
    service: Service,
    deployment: Deployment,
    state: 'IN_PROGRESS' | 'COMPLETED' | 'FAILED',
    reason: string,
  ): void {
    this.#publish(service, 'ECS Deployment State Change', {
      eventType: state === 'FAILED' ? 'ERROR' : 'INFO',
      eventName: `SERVICE_DEPLOYMENT_${state}`,
      deploymentId: deployment.id,
      updatedAt: this.#now(),
      reason,
    });
  }

  /** `ECS Service Action`; it has no version (aws-facts 2.7). */
  action(service: Service, eventType: EventType, eventName: string, reason?: string): void {
    this.#publish(service, 'ECS Service Action', {
      eventType,
      eventName,
      clusterArn: service.cluster.arn,
      createdAt: this.#now(),
      ...(reason !== undefined && { reason }),
    });
  }

  #publish(service: Service, detailType: string, detail: unknown): void {
    this.#world.services.events.publish({
      source: 'aws.ecs',
      detailType,
      resources: [service.arn],
      detail,
    });
  }

  #now(): string {
    return new Date(this.#world.clock.now()).toISOString();
  }
}
