import type { ServiceRegistry } from '@aws-sdk/client-ecs';
import type { World } from '../core/world.ts';
import type { Task } from './task.ts';
import { passesContainerChecks } from './task-health.ts';

type Attributes = Record<string, string>;

/** Running tasks as instances of their service's registry (developer guide, "Service discovery"). */
export class TaskRegistrations {
  readonly #world: World;
  readonly #registered = new Map<Task, Attributes>();

  constructor(world: World) {
    this.#world = world;
  }

  /** Registers a task that runs, keeps its health, and takes it out once it is to stop. */
  changed(task: Task): void {
    const [registry] = task.launch.serviceRegistries ?? [];
    if (!registry) return;
    const { servicediscovery } = this.#world.services;
    const { registryArn = '' } = registry;
    if (!task.isRunning) {
      if (this.#registered.delete(task)) servicediscovery.deregisterInstance(registryArn, task.id);
      return;
    }
    const { keepsHealth = false } = servicediscovery.registry(registryArn) ?? {};
    // ECS reports what the containers' checks say (same page, HealthCheckCustomConfig); without one a task passes.
    const status = passesContainerChecks(task.containers) ? 'HEALTHY' : 'UNHEALTHY';
    const attributes = this.#registered.get(task) ?? {
      ...attributesOf(task, registry, this.#world.identity.region),
      ...(keepsHealth && { AWS_INIT_HEALTH_STATUS: status }),
    };
    this.#registered.set(task, attributes);
    servicediscovery.registerInstance(registryArn, {
      id: task.id,
      attributes,
      health: keepsHealth ? status : undefined,
    });
  }
}

function attributesOf(
  { launch, network, placement }: Task,
  { containerPort, port }: ServiceRegistry,
  REGION: string,
): Attributes {
  const { instance, bindings = [] } = placement ?? {};
  const bound = bindings.find((binding) => binding.containerPort === containerPort)?.hostPort;
  const awsvpc = network.mode === 'awsvpc';
  const registered = awsvpc ? (port ?? containerPort) : (bound ?? containerPort);
  return {
    AWS_INSTANCE_IPV4: awsvpc || !instance ? network.privateIp : instance.privateIp,
    ...(registered !== undefined && { AWS_INSTANCE_PORT: String(registered) }),
    AVAILABILITY_ZONE: network.availabilityZone,
    REGION,
    ECS_CLUSTER_NAME: launch.cluster.name,
    ECS_SERVICE_NAME: launch.group.replace(/^service:/, ''),
    ECS_TASK_DEFINITION_FAMILY: launch.taskDefinition.family,
    // Not of tasks on Fargate.
    ...(instance && { EC2_INSTANCE_ID: instance.ec2InstanceId }),
  };
}
