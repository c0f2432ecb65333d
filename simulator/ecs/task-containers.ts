import { join } from 'node:path';
import type { TaskDefinition } from '@aws-sdk/client-ecs';
import type { PulledImage, SocketAddress } from '../core/services.ts';
import type { World } from '../core/world.ts';
import { DependencyError, dependenciesMet } from './container-dependencies.ts';
import { removeTaskFolder } from './container-folder.ts';
import { ContainerHealthCheck } from './container-health-check.ts';
import { checkLogStream } from './container-logs.ts';
import { ContainerRuntime, type RuntimeTask } from './container-runtime.ts';
import { readContainerSecrets } from './container-secrets.ts';
import { readEnvironmentFiles } from './environment-files.ts';
import { runHealthCommand } from './health-command/run-health-command.ts';
import { checkImagePull, checkRegistryLogin } from './pull-permission.ts';
import { shouldRestart } from './restart-policy.ts';
import { platformOf } from './runtime-platform.ts';
import { byDigest, endContainer, TaskContainer } from './task-container.ts';
import type { TaskNetwork } from './task-network.ts';
import { ExecutionRole } from './task-roles.ts';

export interface ContainersTask {
  readonly id: string;
  /** With RunTask's overrides applied. */
  readonly document: TaskDefinition;
  readonly network: TaskNetwork;
  /** Image reference to digest, resolved by the first task of a launch. */
  readonly resolvedImages: Map<string, string>;
}

export interface ContainersObserver {
  /** A container changed its status or health. */
  changed(): void;
  listening(containerPort: number, address: SocketAddress): void;
  /** An essential container ended by itself. */
  essentialEnded(container: TaskContainer): void;
}

/** SIGTERM's exit code, which a container gets whose dependencies cannot be met (aws/amazon-ecs-agent #3218). */
const neverStartedExitCode = 143;

/** The containers of one task: pulled, started in the order of their dependencies, checked, restarted, ended. */
export class TaskContainers {
  readonly all: readonly TaskContainer[];
  /** Real addresses by container port, as far as the containers listen. */
  readonly listening = new Map<number, SocketAddress>();
  readonly #world: World;
  readonly #task: ContainersTask;
  readonly #observer: ContainersObserver;
  readonly #folder: string;
  readonly #healthChecks = new Map<TaskContainer, ContainerHealthCheck>();
  /** Settles when nothing is copied any more; only then can the folder go for good. */
  #prepared: Promise<void> = Promise.resolve();
  #ending = false;

  constructor(world: World, task: ContainersTask, observer: ContainersObserver) {
    this.#world = world;
    this.#task = task;
    this.#observer = observer;
    this.#folder = join(world.directory, 'tasks', task.id);
    this.all = (task.document.containerDefinitions ?? []).map(
      (definition) => new TaskContainer(world.ids.uuid(), definition),
    );
  }

  /** Reads secrets and files, pulls every image. Rejects with Error whose message is the task's stopped reason. */
  prepare(times: { pulling(): void; pulled(): void }): Promise<ContainerRuntime[]> {
    const prepared = this.#prepare(times);
    this.#prepared = prepared.then(
      () => {},
      () => {},
    );
    return prepared;
  }

  async #prepare(times: { pulling(): void; pulled(): void }): Promise<ContainerRuntime[]> {
    const { document, id } = this.#task;
    const role = new ExecutionRole(this.#world, document.executionRoleArn, id);
    const secrets = readContainerSecrets(this.#world, document, role);
    const files = this.all.map(({ definition }) =>
      readEnvironmentFiles(this.#world, definition, role),
    );
    for (const { definition } of this.all) checkLogStream(this.#world, role, definition, id);
    checkRegistryLogin(
      role,
      this.all.map(({ definition }) => definition.image ?? ''),
    );
    times.pulling();
    const images: PulledImage[] = [];
    for (const container of this.all) images.push(await this.#pull(container, role));
    times.pulled();
    // One after the other: the first whose image has a VOLUME where a shared one is mounted fills it.
    const runtimes: ContainerRuntime[] = [];
    for (const [index, container] of this.all.entries()) {
      const variables = {
        files: files[index] ?? {},
        secrets: secrets.get(container.definition) ?? {},
      };
      const image = images[index] as PulledImage;
      runtimes.push(
        await ContainerRuntime.prepare(
          this.#world,
          this.#runtimeTask(),
          container,
          image,
          variables,
        ),
      );
    }
    return runtimes;
  }

  /**
   * Starts every container once its dependencies allow; settles when each has started, or will not. Rejects
   * with Error whose message is the reason when an essential one could not be started.
   */
  async start(runtimes: readonly ContainerRuntime[]): Promise<void> {
    await Promise.all(
      this.all.map((container, index) =>
        this.#startInOrder(container, runtimes[index] as ContainerRuntime),
      ),
    );
  }

  /** Ends all, those that depend on others first (API reference, dependsOn). */
  async end(): Promise<void> {
    this.#ending = true;
    for (const check of this.#healthChecks.values()) check.stop();
    const ends = new Map<TaskContainer, Promise<void>>();
    const end = (container: TaskContainer): Promise<void> => {
      const known = ends.get(container);
      if (known !== undefined) return known;
      const dependents = this.all.filter(({ definition }) =>
        definition.dependsOn?.some(
          ({ containerName }) => containerName === container.definition.name,
        ),
      );
      const ended = Promise.all(dependents.map(end)).then(() =>
        endContainer(container, this.#world.settings.containerStopMs),
      );
      ends.set(container, ended);
      return ended;
    };
    await Promise.all(this.all.map(end));
    await this.#prepared;
    await removeTaskFolder(this.#folder);
  }

  /** Ends the processes at once. */
  async kill(): Promise<void> {
    this.#ending = true;
    for (const check of this.#healthChecks.values()) check.stop();
    const { containerStopMs } = this.#world.settings;
    await Promise.all(this.all.map(({ process }) => process?.stop(containerStopMs)));
    await this.#prepared;
    await removeTaskFolder(this.#folder);
  }

  async #pull(container: TaskContainer, role: ExecutionRole): Promise<PulledImage> {
    const { image = '', versionConsistency } = container.definition;
    const { resolvedImages, document } = this.#task;
    const reference = resolvedImages.get(image) ?? image;
    checkImagePull(this.#world, role, reference);
    const pulled = await this.#world.services.ecr.pull(reference, platformOf(document));
    if (versionConsistency !== 'disabled') {
      resolvedImages.set(image, byDigest(image, pulled.digest));
    }
    const { indexImageDigest } = this.#world.settings;
    container.imageDigest = indexImageDigest === 'index' ? pulled.digest : pulled.platformDigest;
    return pulled;
  }

  async #startInOrder(container: TaskContainer, runtime: ContainerRuntime): Promise<void> {
    try {
      await dependenciesMet(this.#world, container, this.all);
      if (this.#ending) return;
      await this.#launch(container, runtime);
    } catch (error) {
      if (this.#ending) return;
      container.reason = error instanceof Error ? error.message : String(error);
      if (error instanceof DependencyError) container.exitCode = neverStartedExitCode;
      container.lastStatus = 'STOPPED';
      container.changed();
      if (container.isEssential) throw error;
    }
  }

  async #launch(container: TaskContainer, runtime: ContainerRuntime): Promise<void> {
    await this.#world.clock.during(`start of container ${container.definition.name}`, async () => {
      const process = runtime.start();
      container.process = process;
      container.startedAtMs = this.#world.clock.now();
      container.lastStatus = 'RUNNING';
      container.healthStatus = 'UNKNOWN';
      void process.exited.then((exitCode) => this.#ended(container, runtime, exitCode));
      await process.started();
      container.changed();
    });
    if (this.#ending || container.lastStatus === 'STOPPED') return;
    this.#holdForThoseThatWait(container);
    this.#check(container, runtime);
  }

  /** Its end comes in real time: no timeout of those that wait for it may be jumped to meanwhile. */
  #holdForThoseThatWait(container: TaskContainer): void {
    const { name } = container.definition;
    const isAwaited = this.all.some(({ definition }) =>
      definition.dependsOn?.some(
        ({ containerName, condition }) =>
          containerName === name && (condition === 'COMPLETE' || condition === 'SUCCESS'),
      ),
    );
    if (!isAwaited) return;
    const release = this.#world.clock.hold(`container ${name}, whose end is awaited`);
    const giveUp = setTimeout(release, this.#world.settings.dependencyHoldMs);
    void container.process?.exited.then(() => {
      clearTimeout(giveUp);
      // The promises of those that waited come first.
      setImmediate(release);
    });
  }

  #check(container: TaskContainer, runtime: ContainerRuntime): void {
    const { healthCheck } = container.definition;
    if (!healthCheck) return;
    this.#healthChecks.get(container)?.stop();
    const check = new ContainerHealthCheck(this.#world, healthCheck, {
      run: (signal) =>
        runHealthCommand(healthCheck.command, {
          environment: runtime.environment,
          signal,
          resolve: (host, port) => runtime.resolve(host, port),
          node: (given) => runtime.node(given, signal),
        }),
      changed: (status) => {
        container.healthStatus = status;
        container.changed();
        this.#observer.changed();
      },
    });
    this.#healthChecks.set(container, check);
  }

  #ended(container: TaskContainer, runtime: ContainerRuntime, exitCode: number): void {
    this.#healthChecks.get(container)?.stop();
    container.exitCode = exitCode;
    if (container.process?.outOfMemory) {
      container.reason = 'OutOfMemoryError: Container killed due to memory usage';
    }
    if (!this.#ending && shouldRestart(container, exitCode, this.#world.clock.now())) {
      container.restartCount++;
      this.#launch(container, runtime).catch(() => {});
      return;
    }
    container.lastStatus = 'STOPPED';
    container.changed();
    if (this.#ending) return;
    if (container.isEssential) this.#observer.essentialEnded(container);
    else this.#observer.changed();
  }

  #runtimeTask(): RuntimeTask {
    const { id, document, network } = this.#task;
    return {
      id,
      document,
      network,
      folder: this.#folder,
      listening: this.listening,
      onListen: (containerPort, address) => {
        this.listening.set(containerPort, address);
        for (const { process } of this.all) process?.tellSibling(containerPort, address);
        this.#observer.listening(containerPort, address);
      },
    };
  }
}
