import type { HealthStatus, TaskStopCode } from '@aws-sdk/client-ecs';
import type { TimerKind } from '../core/clock.ts';
import type { PulledImage, SocketAddress } from '../core/services.ts';
import type { World } from '../core/world.ts';
import { containerCommand } from './container-command.ts';
import { containerEnvironment } from './container-environment.ts';
import { ContainerProcess } from './container-process.ts';
import { type ContainerSecrets, readContainerSecrets } from './container-secrets.ts';
import { execFormatError, isForeign } from './exec-format-error.ts';
import { platformOf } from './runtime-platform.ts';
import {
  byDigest,
  endContainer,
  logLine,
  longestStopMs,
  type TaskContainer,
} from './task-container.ts';
import { taskHealth } from './task-health.ts';
import type { TaskLaunch } from './task-launch.ts';
import type { TaskNetwork } from './task-network.ts';

export type TaskStatus =
  | 'PROVISIONING'
  | 'PENDING'
  | 'RUNNING'
  | 'DEACTIVATING'
  | 'STOPPING'
  | 'STOPPED';

export interface StopCause {
  readonly code: TaskStopCode;
  readonly reason: string;
}

export interface TaskObserver {
  /** After every change of status, desired status or a container. */
  changed(task: Task): void;
  /** A running task's container began to listen late, or on a further port. */
  listening(task: Task): void;
  /** Takes a running task's targets out of the load balancer; settles when they have drained. */
  drained(task: Task): Promise<void>;
}

export interface TaskOptions {
  readonly launch: TaskLaunch;
  readonly network: TaskNetwork;
  readonly observer: TaskObserver;
  /** Kind of the timer that stands for provisioning. */
  readonly timerKind: TimerKind;
}

/** One task: its containers are processes of this machine, made of the pulled images. */
export class Task {
  readonly id: string;
  readonly arn: string;
  readonly launch: TaskLaunch;
  readonly network: TaskNetwork;
  readonly containers: readonly TaskContainer[];
  readonly createdAtMs: number;
  /** Real addresses by container port, as far as the containers listen. */
  readonly listening = new Map<number, SocketAddress>();
  lastStatus: TaskStatus = 'PROVISIONING';
  desiredStatus: 'RUNNING' | 'STOPPED' = 'RUNNING';
  version = 1;
  pullStartedAtMs: number | undefined;
  pullStoppedAtMs: number | undefined;
  startedAtMs: number | undefined;
  stoppingAtMs: number | undefined;
  stoppedAtMs: number | undefined;
  stopCause: StopCause | undefined;
  readonly #world: World;
  readonly #observer: TaskObserver;
  readonly #cancelProvisioning: () => void;

  constructor(world: World, options: TaskOptions) {
    const { launch, network, observer, timerKind } = options;
    const { cluster } = launch;
    this.#world = world;
    this.#observer = observer;
    this.launch = launch;
    this.network = network;
    this.createdAtMs = world.clock.now();
    this.id = world.ids.hex(32);
    this.arn = cluster.arn.replace(':cluster/', ':task/').concat(`/${this.id}`);
    this.containers = (launch.taskDefinition.document.containerDefinitions ?? []).map(
      (definition) => ({
        id: world.ids.uuid(),
        definition,
        lastStatus: 'PENDING',
        healthStatus: 'UNKNOWN',
      }),
    );
    this.#cancelProvisioning = world.clock.schedule(
      world.settings.taskStartMs,
      () => void world.clock.during(`start of task ${this.id}`, () => this.#start()),
      timerKind,
    );
  }

  /** Of its container health checks; UNKNOWN for good when it has none. */
  get healthStatus(): HealthStatus {
    return taskHealth(this.containers);
  }

  get isStarting(): boolean {
    return this.lastStatus === 'PROVISIONING' || this.lastStatus === 'PENDING';
  }

  get isStopping(): boolean {
    return this.desiredStatus === 'STOPPED';
  }

  get isRunning(): boolean {
    return this.lastStatus === 'RUNNING' && this.desiredStatus === 'RUNNING';
  }

  /** Drains, then ends the containers; settles when the task is STOPPED. Stopping twice changes nothing. */
  async stop(cause: StopCause): Promise<void> {
    if (this.desiredStatus === 'STOPPED') return;
    const wasRunning = this.isRunning;
    this.#beginStop(cause);
    this.#cancelProvisioning();
    if (wasRunning) {
      this.#become('DEACTIVATING');
      await this.#observer.drained(this);
    }
    if (this.lastStatus === 'STOPPED') return;
    await this.#world.clock.during(`stop of task ${this.id}`, () => this.#end());
  }

  /** Ends the processes at once, without the story: the simulator stops. */
  async kill(): Promise<void> {
    this.#cancelProvisioning();
    this.desiredStatus = 'STOPPED';
    this.lastStatus = 'STOPPED';
    await Promise.all(this.containers.map(({ process }) => process?.stop(longestStopMs)));
  }

  async #start(): Promise<void> {
    this.#become('PENDING');
    try {
      const { document } = this.launch.taskDefinition;
      const secrets = readContainerSecrets(this.#world, document, this.id);
      const images = await this.#pull();
      if (this.isStopping) return;
      await this.#startContainers(images, secrets);
    } catch (error) {
      await this.#failedToStart(error instanceof Error ? error.message : String(error));
      return;
    }
    if (this.isStopping) return;
    this.startedAtMs = this.#world.clock.now();
    this.#become('RUNNING');
    for (const container of this.containers) this.#watch(container);
  }

  async #pull(): Promise<PulledImage[]> {
    const platform = platformOf(this.launch.taskDefinition.document);
    this.pullStartedAtMs = this.#world.clock.now();
    const images: PulledImage[] = [];
    for (const container of this.containers) {
      const { image = '', versionConsistency } = container.definition;
      const resolved = this.launch.resolvedImages.get(image);
      const pulled = await this.#world.services.ecr.pull(resolved ?? image, platform);
      if (versionConsistency !== 'disabled') {
        this.launch.resolvedImages.set(image, byDigest(image, pulled.digest));
      }
      container.imageDigest = pulled.digest;
      images.push(pulled);
    }
    this.pullStoppedAtMs = this.#world.clock.now();
    return images;
  }

  async #startContainers(images: readonly PulledImage[], secrets: ContainerSecrets): Promise<void> {
    for (const [index, container] of this.containers.entries()) {
      const image = images[index];
      if (!image) continue;
      const { definition } = container;
      const foreign = isForeign(image, this.launch.taskDefinition.document);
      const ports = foreign ? [] : (definition.portMappings ?? []);
      container.process = new ContainerProcess({
        command: foreign ? execFormatError(image, definition) : containerCommand(image, definition),
        environment: {
          ...containerEnvironment(this.#world.identity, this.network, image, definition),
          ...secrets.get(definition),
        },
        routes: this.#world.network.table(),
        ports: ports.flatMap(({ containerPort }) => containerPort ?? []),
        onListen: (port, address) => {
          this.listening.set(port, address);
          this.#world.network.route(this.network.privateIp, port, address);
          if (this.isRunning) this.#observer.listening(this);
        },
        onOutput: (line) => logLine(this.#world.services.logs, definition, this.id, line),
      });
      container.lastStatus = 'RUNNING';
    }
    await Promise.all(this.containers.map(({ process }) => process?.started()));
  }

  #watch(container: TaskContainer): void {
    void container.process?.exited.then(async (exitCode) => {
      if (this.lastStatus === 'STOPPED') return;
      container.exitCode = exitCode;
      container.lastStatus = 'STOPPED';
      if (this.isStopping) return;
      if (container.definition.essential === false) {
        this.#become('RUNNING');
        return;
      }
      this.#beginStop({
        code: 'EssentialContainerExited',
        reason: 'Essential container in task exited',
      });
      void this.#observer.drained(this);
      await this.#world.clock.during(`end of task ${this.id}`, () => this.#end());
    });
  }

  async #failedToStart(reason: string): Promise<void> {
    if (this.isStopping) return;
    // Without an image there is no container yet that could have a reason of its own.
    if (!reason.startsWith('ResourceInitializationError')) {
      for (const container of this.containers) container.reason ??= reason;
    }
    this.#beginStop({ code: 'TaskFailedToStart', reason });
    await this.#end();
  }

  #beginStop(cause: StopCause): void {
    this.desiredStatus = 'STOPPED';
    this.stopCause = cause;
    this.stoppingAtMs = this.#world.clock.now();
  }

  async #end(): Promise<void> {
    this.#become('STOPPING');
    await Promise.all(this.containers.map((container) => endContainer(container)));
    for (const port of this.listening.keys()) {
      this.#world.network.unroute(this.network.privateIp, port);
    }
    this.stoppedAtMs = this.#world.clock.now();
    this.#become('STOPPED');
  }

  #become(status: TaskStatus): void {
    if (this.lastStatus === 'STOPPED') return;
    this.lastStatus = status;
    this.version++;
    this.#observer.changed(this);
  }
}
