import type {
  CapacityProviderStrategyItem,
  LaunchType,
  LoadBalancer,
  NetworkConfiguration,
  ServiceRegistry,
} from '@aws-sdk/client-ecs';
import { AwsError } from '../core/aws-error.ts';
import type { TaskSetView } from '../core/services.ts';
import type { World } from '../core/world.ts';
import { placementFailureReason, unplacedMessage } from './instances/unplaced-message.ts';
import type { Services } from './services.ts';
import type { Service, TaskDefinitionRevision, TaskSet } from './state.ts';
import { TaskSetScheduler } from './task-set-scheduler.ts';
import type { Tasks } from './tasks.ts';

export interface CreateTaskSet {
  readonly service: Service;
  readonly taskDefinition: TaskDefinitionRevision;
  readonly loadBalancer: LoadBalancer | undefined;
  /** Default none. */
  readonly serviceRegistries?: readonly ServiceRegistry[] | undefined;
  readonly networkConfiguration: NetworkConfiguration | undefined;
  readonly platformVersion: string;
  readonly externalId: string | undefined;
  readonly launchType: LaunchType | undefined;
  readonly capacityProviderStrategy: readonly CapacityProviderStrategyItem[];
  /** Default 100. */
  readonly scalePercent?: number;
  readonly tags?: Map<string, string>;
  readonly status: 'PRIMARY' | 'ACTIVE';
}

const mostTaskSets = 5;

/** Task sets of all services, each under a scheduler of its own (aws-facts 2.4). */
export class TaskSets {
  readonly #world: World;
  readonly #services: Services;
  readonly #tasks: Tasks;
  readonly #schedulers = new Map<TaskSet, TaskSetScheduler>();
  readonly #observers = new Map<Service, Set<() => void>>();

  constructor(world: World, services: Services, tasks: Tasks) {
    this.#world = world;
    this.#services = services;
    this.#tasks = tasks;
  }

  create(request: CreateTaskSet): TaskSet {
    const { service } = request;
    const { clock, ids } = this.#world;
    if (service.status !== 'ACTIVE') {
      throw new AwsError('ServiceNotActiveException', 'Service was not ACTIVE.');
    }
    const { drainingTaskSetsCount } = this.#world.settings;
    const counted = service.taskSets.filter(
      ({ status }) => drainingTaskSetsCount || status !== 'DRAINING',
    );
    if (counted.length >= mostTaskSets) {
      throw new AwsError(
        'InvalidParameterException',
        `${mostTaskSets} deployments exist on the service. Unable to create new TaskSet. Please delete an existing TaskSet and try again.`,
      );
    }
    const id = `ecs-svc/${ids.digits(19)}`;
    const taskSet: TaskSet = {
      ...request,
      scalePercent: request.scalePercent ?? 100,
      serviceRegistries: request.serviceRegistries ?? [],
      tags: request.tags ?? new Map(),
      id,
      arn: `${service.arn.replace(':service/', ':task-set/')}/${id}`,
      createdAtMs: clock.now(),
      updatedAtMs: clock.now(),
      resolvedImages: new Map(),
      stabilityStatus: 'STABILIZING',
      stabilityStatusAtMs: clock.now(),
    };
    service.taskSets.push(taskSet);
    return taskSet;
  }

  start(taskSet: TaskSet): void {
    const scheduler = new TaskSetScheduler(this.#world, this.#tasks, taskSet, {
      taskSetChanged: (changed) => this.#taskSetChanged(changed),
      becameSteady: (steady) => this.#becameSteady(steady),
      unplaced: ({ service }, reason) => {
        this.#services.say(service, `(service ${service.name}) ${unplacedMessage(reason)}`);
        this.#publish('ECS Service Action', service.arn, {
          eventType: 'ERROR',
          eventName: 'SERVICE_TASK_PLACEMENT_FAILURE',
          clusterArn: service.cluster.arn,
          reason: placementFailureReason(reason),
          createdAt: new Date(this.#world.clock.now()).toISOString(),
        });
      },
      say: (from, message) =>
        this.#services.say(
          from.service,
          `(service ${from.service.name}, taskSet ${from.id}) ${message}`,
        ),
    });
    this.#schedulers.set(taskSet, scheduler);
    scheduler.reconcile();
  }

  get(service: Service, reference: string): TaskSet {
    const taskSet = service.taskSets.find(({ id, arn }) => id === reference || arn === reference);
    if (!taskSet) {
      throw new AwsError('TaskSetNotFoundException', 'The specified task set does not exist.');
    }
    return taskSet;
  }

  /** Moves the PRIMARY mark; the former one becomes ACTIVE. */
  makePrimary(taskSet: TaskSet): void {
    if (taskSet.status === 'DRAINING') {
      throw new AwsError('InvalidParameterException', 'A DRAINING task set cannot become PRIMARY.');
    }
    for (const other of taskSet.service.taskSets) {
      if (other !== taskSet && other.status !== 'PRIMARY') continue;
      other.status = other === taskSet ? 'PRIMARY' : 'ACTIVE';
      other.updatedAtMs = this.#world.clock.now();
    }
    this.#notify(taskSet.service);
  }

  scale(taskSet: TaskSet, percent: number): void {
    taskSet.scalePercent = percent;
    taskSet.updatedAtMs = this.#world.clock.now();
    this.#schedulers.get(taskSet)?.reconcile();
  }

  /** Drains and stops the set's tasks; it is forgotten once they are gone. */
  delete(taskSet: TaskSet): void {
    taskSet.status = 'DRAINING';
    taskSet.updatedAtMs = this.#world.clock.now();
    this.#schedulers.get(taskSet)?.reconcile();
  }

  reconcile(service: Service): void {
    for (const taskSet of [...service.taskSets]) this.#schedulers.get(taskSet)?.reconcile();
  }

  counts(taskSet: TaskSet): {
    computedDesiredCount: number;
    pendingCount: number;
    runningCount: number;
  } {
    const scheduler = this.#schedulers.get(taskSet);
    return {
      computedDesiredCount: scheduler?.computedDesiredCount ?? 0,
      pendingCount: scheduler?.pendingCount ?? 0,
      runningCount: scheduler?.runningCount ?? 0,
    };
  }

  view(taskSet: TaskSet): TaskSetView {
    return {
      id: taskSet.id,
      taskSetArn: taskSet.arn,
      externalId: taskSet.externalId,
      status: taskSet.status,
      taskDefinition: taskSet.taskDefinition.arn,
      ...this.counts(taskSet),
      stabilityStatus: taskSet.stabilityStatus,
      targetGroupArn: taskSet.loadBalancer?.targetGroupArn,
    };
  }

  onChange(service: Service, changed: () => void): () => void {
    const observers = this.#observers.get(service) ?? new Set();
    this.#observers.set(service, observers.add(changed));
    return () => observers.delete(changed);
  }

  /** Nothing is started any more. */
  stop(): void {
    for (const scheduler of this.#schedulers.values()) scheduler.stop();
  }

  #taskSetChanged(taskSet: TaskSet): void {
    const scheduler = this.#schedulers.get(taskSet);
    const { service } = taskSet;
    if (taskSet.status === 'DRAINING' && scheduler && !scheduler.hasTasks) {
      scheduler.stop();
      this.#schedulers.delete(taskSet);
      service.taskSets = service.taskSets.filter((other) => other !== taskSet);
      if (service.status === 'DRAINING' && service.taskSets.length === 0)
        service.status = 'INACTIVE';
    }
    this.#notify(service);
  }

  #notify(service: Service): void {
    for (const changed of [...(this.#observers.get(service) ?? [])]) changed();
  }

  #becameSteady(taskSet: TaskSet): void {
    const { service } = taskSet;
    this.#services.say(service, `(service ${service.name}) has reached a steady state.`);
    this.#publish('ECS Service Action', service.arn, {
      eventType: 'INFO',
      eventName: 'TASKSET_STEADY_STATE',
      clusterArn: service.cluster.arn,
      taskSetArns: [taskSet.arn],
      createdAt: new Date(this.#world.clock.now()).toISOString(),
    });
  }

  #publish(detailType: string, resource: string, detail: unknown): void {
    this.#world.services.events.publish({
      source: 'aws.ecs',
      detailType,
      resources: [resource],
      detail,
    });
  }
}
