import type { UpdateServiceCommandInput } from '@aws-sdk/client-ecs';
import { AwsError } from '../../core/aws-error.ts';
import type { World } from '../../core/world.ts';
import { checkCapacity } from '../requested-capacity.ts';
import { checkServiceNeeds } from '../service-needs.ts';
import { invalidParameter, notSimulated } from '../service-rules.ts';
import type { Services } from '../services.ts';
import type { Service, TaskDefinitionRevision } from '../state.ts';
import type { Tasks } from '../tasks.ts';
import { Announcements } from './announcements.ts';
import { stoppedByUser } from './failure.ts';
import { checkBounds, checkRollingService } from './rolling-rules.ts';
import { RollingService } from './rolling-service.ts';
import { Rollout } from './rollout.ts';
import { isOver, ServiceDeployments } from './service-deployments.ts';
import type { Workload } from './state.ts';
import { startsDeployment, updatedWorkload } from './workload.ts';

/** At most, those that still drain included (aws/containers-roadmap #2836). */
const mostDeployments = 5;

interface Entry {
  workload: Workload;
  readonly rolling: RollingService;
  readonly rollout: Rollout;
}

/** Services under the ECS controller, each with its scheduler and its story (aws-facts 2.6, 2.9). */
export class RollingServices {
  readonly history: ServiceDeployments;
  readonly #world: World;
  readonly #tasks: Tasks;
  readonly #announce: Announcements;
  readonly #entries = new Map<Service, Entry>();
  readonly #observers = new Map<Service, Set<() => void>>();

  constructor(world: World, services: Services, tasks: Tasks) {
    this.#world = world;
    this.#tasks = tasks;
    this.#announce = new Announcements(world, services);
    this.history = new ServiceDeployments(world);
  }

  find(service: Service): RollingService | undefined {
    return this.#entries.get(service)?.rolling;
  }

  /** What the service is to run, or ran last. */
  workload(service: Service): Workload | undefined {
    const entry = this.#entries.get(service);
    // After a rollback that is what the PRIMARY deployment says, not what was asked for.
    return entry?.rolling.primary?.revision.workload ?? entry?.workload;
  }

  rollout(service: Service): Rollout | undefined {
    return this.#entries.get(service)?.rollout;
  }

  /** Begins the first deployment of a service that was just created. */
  create(service: Service, workload: Workload): void {
    const rolling = new RollingService(this.#world, this.#tasks, this.#announce, service, {
      steady: (deployment) => rollout.steady(deployment),
      breakerTripped: (deployment) => rollout.breakerTripped(deployment),
      changed: () => this.#notify(service),
      emptied: () => this.#emptied(service),
    });
    const rollout = new Rollout(this.#world, rolling, this.history, this.#announce);
    this.#entries.set(service, { workload, rolling, rollout });
    rollout.start(this.history.addRevision(service, workload));
  }

  /** The workload that an UpdateService asks a deployment of; undefined when it needs none. Throws AwsError. */
  planUpdate(
    service: Service,
    input: UpdateServiceCommandInput,
    taskDefinition: TaskDefinitionRevision | undefined,
  ): Workload | undefined {
    const { rolling } = this.#get(service);
    const current = this.workload(service) ?? this.#get(service).workload;
    const workload = updatedWorkload(current, input, service.cluster, taskDefinition);
    const { document } = workload.taskDefinition;
    const { networkConfiguration, platformVersion } = workload;
    checkCapacity(workload, document, { ...input, networkConfiguration, platformVersion });
    const { enableExecuteCommand = service.enableExecuteCommand } = input;
    checkServiceNeeds(
      'updated',
      { ...input, enableExecuteCommand },
      document,
      workload.loadBalancers,
    );
    if (!startsDeployment(current, workload, input)) return undefined;
    if (rolling.deployments.length >= mostDeployments) {
      throw invalidParameter(
        `${mostDeployments} active deployments exist, unable to create new deployment.`,
      );
    }
    return workload;
  }

  /** Starts a deployment of the workload under the service's present settings. */
  deploy(service: Service, workload: Workload): void {
    const entry = this.#get(service);
    entry.workload = workload;
    entry.rollout.start(this.history.addRevision(service, workload));
  }

  checkUpdate(service: Service, input: UpdateServiceCommandInput): void {
    checkRollingService(input);
    checkBounds({
      ...service.settings.deploymentConfiguration,
      ...input.deploymentConfiguration,
    });
    const controller = input.deploymentController?.type;
    if (controller !== undefined && controller !== 'ECS') {
      throw notSimulated(`migration to the ${controller} deployment controller`);
    }
  }

  /** Looks at bounds and counts again. */
  reconcile(service: Service): void {
    this.#entries.get(service)?.rolling.look();
  }

  checkDelete(service: Service): void {
    if (this.#get(service).rolling.deployments.length > 1) {
      throw invalidParameter('The service cannot be stopped while deployments are active.');
    }
  }

  /** Stops every task of a DRAINING service. */
  delete(service: Service): void {
    const { rolling, rollout } = this.#get(service);
    rollout.stop();
    rolling.drain();
  }

  /** Rolls back at a user's wish. Throws AwsError ServiceDeploymentNotFoundException or ConflictException. */
  stopServiceDeployment(arn: string): void {
    const found = this.history.find(arn);
    const entry = found && this.#entries.get(found.service);
    if (!found || !entry) {
      throw new AwsError('ServiceDeploymentNotFoundException', 'Service deployment not found.');
    }
    if (isOver(found)) {
      throw new AwsError(
        'ConflictException',
        `Service deployment ${arn} cannot be stopped because it is ${found.status}.`,
      );
    }
    // One that already returns goes on (developer guide, "stopping service deployments").
    if (found.rollback) return;
    const { primary } = entry.rolling;
    if (!primary || !entry.rollout.rollbackTarget) {
      throw new AwsError(
        'ConflictException',
        `Service deployment ${arn} cannot be rolled back because no earlier one completed.`,
      );
    }
    entry.rollout.fail(primary, stoppedByUser, true);
  }

  onChange(service: Service, changed: () => void): () => void {
    const observers = this.#observers.get(service) ?? new Set();
    this.#observers.set(service, observers.add(changed));
    return () => observers.delete(changed);
  }

  stop(): void {
    for (const { rolling, rollout } of this.#entries.values()) {
      rollout.stop();
      rolling.stop();
    }
  }

  #emptied(service: Service): void {
    if (service.status !== 'DRAINING') return;
    service.status = 'INACTIVE';
    this.history.forget(service);
    this.#entries.get(service)?.rolling.stop();
  }

  #get(service: Service): Entry {
    const entry = this.#entries.get(service);
    if (!entry) throw new Error(`Not a rolling service: ${service.arn}`);
    return entry;
  }

  #notify(service: Service): void {
    for (const changed of [...(this.#observers.get(service) ?? [])]) changed();
  }
}
