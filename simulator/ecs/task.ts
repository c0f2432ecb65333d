import type { HealthStatus, TaskDefinition, TaskStopCode } from '@aws-sdk/client-ecs';
import type { TimerKind } from '../core/clock.ts';
import type { SocketAddress } from '../core/services.ts';
import type { World } from '../core/world.ts';
import type { TaskPlacement } from './instances/state.ts';
import type { TaskContainer } from './task-container.ts';
import { TaskContainers } from './task-containers.ts';
import { taskHealth } from './task-health.ts';
import type { TaskLaunch } from './task-launch.ts';
import type { TaskNetwork } from './task-network.ts';
import { withOverrides } from './task-overrides.ts';

export type TaskStatus =
  | 'PROVISIONING'
  | 'PENDING'
  | 'ACTIVATING'
  | 'RUNNING'
  | 'DEACTIVATING'
  | 'STOPPING'
  | 'DEPROVISIONING'
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
  /** Its protection ended, or was taken away. */
  unprotected?(task: Task): void;
}

export interface TaskOptions {
  readonly launch: TaskLaunch;
  readonly network: TaskNetwork;
  /** Given for the EC2 launch type. */
  readonly placement: TaskPlacement | undefined;
  readonly observer: TaskObserver;
  /** Kind of the timer that stands for provisioning. */
  readonly timerKind: TimerKind;
  /** Settles once the agent answers; the first process may ask it. */
  readonly agentReady: () => Promise<void>;
}

/** One task: its containers are processes of this machine, made of the pulled images. */
export class Task {
  readonly id: string;
  readonly arn: string;
  readonly launch: TaskLaunch;
  readonly network: TaskNetwork;
  /** Container instance and host ports of the EC2 launch type. */
  readonly placement: TaskPlacement | undefined;
  /** The task definition with the launch's overrides. */
  readonly document: TaskDefinition;
  readonly createdAtMs: number;
  readonly tags: Map<string, string>;
  /** Scale-in and deployments leave it alone until then. */
  protectedUntilMs: number | undefined;
  #cancelProtection: () => void = () => {};
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
  readonly #agentReady: () => Promise<void>;
  readonly #containers: TaskContainers;
  readonly #cancelProvisioning: () => void;
  #essentialHasEnded = false;

  constructor(world: World, options: TaskOptions) {
    const { launch, network, placement, observer, timerKind, agentReady } = options;
    const { cluster } = launch;
    this.#world = world;
    this.#observer = observer;
    this.#agentReady = agentReady;
    this.launch = launch;
    this.tags = new Map(launch.tags);
    this.network = network;
    this.placement = placement;
    this.createdAtMs = world.clock.now();
    this.id = world.ids.hex(32);
    this.arn = cluster.arn.replace(':cluster/', ':task/').concat(`/${this.id}`);
    this.document = onPlatformOf(
      placement,
      withOverrides(launch.taskDefinition.document, launch.overrides),
    );
    const { resolvedImages } = launch;
    this.#containers = new TaskContainers(
      world,
      { id: this.id, document: this.document, network, resolvedImages },
      {
        changed: () => this.#become(this.lastStatus),
        listening: (port, address) => this.#listens(port, address),
        essentialEnded: () => void this.#essentialEnded(),
      },
    );
    this.#cancelProvisioning = world.clock.schedule(
      world.settings.taskStartMs,
      () => void this.#start(),
      timerKind,
    );
  }

  /** Of its container health checks; UNKNOWN for good when it has none. */
  get healthStatus(): HealthStatus {
    return taskHealth(this.containers);
  }

  get containers(): readonly TaskContainer[] {
    return this.#containers.all;
  }

  /** Real addresses by container port, as far as the containers listen. */
  get listening(): ReadonlyMap<number, SocketAddress> {
    return this.#containers.listening;
  }

  /** Protected from scale-in by UpdateTaskProtection. */
  get isProtected(): boolean {
    return this.protectedUntilMs !== undefined && this.protectedUntilMs > this.#world.clock.now();
  }

  /** Until that instant, in epoch milliseconds; undefined ends it now. */
  protect(untilMs: number | undefined): void {
    const wasProtected = this.isProtected;
    this.#cancelProtection();
    this.protectedUntilMs = untilMs;
    if (untilMs === undefined) {
      if (wasProtected) this.#observer.unprotected?.(this);
      return;
    }
    this.#cancelProtection = this.#world.clock.schedule(
      untilMs - this.#world.clock.now(),
      () => this.#observer.unprotected?.(this),
      // Nobody's wait: an idle worker that protects itself must not make time jump.
      'background',
    );
  }

  get isStarting(): boolean {
    return ['PROVISIONING', 'PENDING', 'ACTIVATING'].includes(this.lastStatus);
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
    this.#cancelProtection();
    this.#cancelProvisioning();
    this.desiredStatus = 'STOPPED';
    this.lastStatus = 'STOPPED';
    await this.#containers.kill();
  }

  async #start(): Promise<void> {
    const { clock } = this.#world;
    try {
      const runtimes = await clock.during(`pull of task ${this.id}`, async () => {
        this.#become('PENDING');
        await this.#agentReady();
        return this.#containers.prepare({
          pulling: () => {
            this.pullStartedAtMs = clock.now();
          },
          pulled: () => {
            this.pullStoppedAtMs = clock.now();
          },
        });
      });
      if (this.isStopping) return;
      await this.#containers.start(runtimes);
    } catch (error) {
      await this.#failedToStart(error instanceof Error ? error.message : String(error));
      return;
    }
    if (this.isStopping) return;
    this.#become('ACTIVATING');
    this.startedAtMs = clock.now();
    this.#become('RUNNING');
    if (this.#essentialHasEnded) await this.#essentialEnded();
  }

  async #essentialEnded(): Promise<void> {
    this.#essentialHasEnded = true;
    // What crashes at once was RUNNING nevertheless, unless others still wait for it.
    const waits = this.containers.some(({ lastStatus }) => lastStatus === 'PENDING');
    if (this.isStopping || (this.isStarting && !waits)) return;
    this.#beginStop({
      code: 'EssentialContainerExited',
      reason: 'Essential container in task exited',
    });
    void this.#observer.drained(this);
    await this.#world.clock.during(`end of task ${this.id}`, () => this.#end());
  }

  async #failedToStart(reason: string): Promise<void> {
    if (this.isStopping) return;
    // Without an image there is no container yet that could have a reason of its own.
    if (!reason.startsWith('ResourceInitializationError')) {
      for (const container of this.containers) {
        if (container.lastStatus !== 'RUNNING') container.reason ??= reason;
      }
    }
    this.#beginStop({ code: 'TaskFailedToStart', reason });
    await this.#world.clock.during(`end of task ${this.id}`, () => this.#end());
  }

  #beginStop(cause: StopCause): void {
    this.desiredStatus = 'STOPPED';
    this.#cancelProtection();
    this.stopCause = cause;
    this.stoppingAtMs = this.#world.clock.now();
  }

  async #end(): Promise<void> {
    this.#become('STOPPING');
    await this.#containers.end();
    for (const port of this.listening.keys()) {
      for (const [host, hostPort] of this.#addresses(port)) {
        this.#world.network.unroute(host, hostPort);
      }
    }
    this.#become('DEPROVISIONING');
    this.stoppedAtMs = this.#world.clock.now();
    this.#become('STOPPED');
  }

  #listens(port: number, address: SocketAddress): void {
    for (const [host, hostPort] of this.#addresses(port)) {
      this.#world.network.route(host, hostPort, address);
    }
    if (this.isRunning) this.#observer.listening(this);
  }

  /** Where others reach a container's port: the task's own address, and the instance's at the port it is bound to. */
  #addresses(port: number): (readonly [host: string, port: number])[] {
    const { instance, bindings = [] } = this.placement ?? {};
    return [
      [this.network.privateIp, port],
      ...bindings
        .filter(({ containerPort }) => instance && containerPort === port)
        .map(({ hostPort }) => [instance?.privateIp ?? '', hostPort] as const),
    ];
  }

  #become(status: TaskStatus): void {
    if (this.lastStatus === 'STOPPED') return;
    this.lastStatus = status;
    this.version++;
    this.#observer.changed(this);
  }
}

/** On EC2 a task that names no platform pulls for that of its instance. */
function onPlatformOf(
  placement: TaskPlacement | undefined,
  document: TaskDefinition,
): TaskDefinition {
  if (!placement || document.runtimePlatform) return document;
  const arm = placement.instance.capacity.architecture === 'arm64';
  return { ...document, runtimePlatform: { cpuArchitecture: arm ? 'ARM64' : 'X86_64' } };
}
