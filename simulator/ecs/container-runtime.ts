import type { TaskDefinition } from '@aws-sdk/client-ecs';
import type { PulledImage, SocketAddress } from '../core/services.ts';
import type { World } from '../core/world.ts';
import { containerCommand } from './container-command.ts';
import { containerEnvironment } from './container-environment.ts';
import { containerFolder } from './container-folder.ts';
import { logLine, mayWriteStream } from './container-logs.ts';
import { containerMounts } from './container-mounts.ts';
import { type ContainerFileSystem, ContainerProcess } from './container-process.ts';
import { execFormatError, isForeign } from './exec-format-error.ts';
import type { ProgramResult } from './health-command/web-programs.ts';
import { agentVariables } from './task-agent.ts';
import type { TaskContainer } from './task-container.ts';
import type { TaskNetwork } from './task-network.ts';
import { ExecutionRole } from './task-roles.ts';
import { units } from './task-size-rules.ts';

const bytesPerMebibyte = 1024 * 1024;

export interface RuntimeTask {
  readonly id: string;
  readonly document: TaskDefinition;
  readonly network: TaskNetwork;
  /** Private to the task. */
  readonly folder: string;
  /** Real addresses by container port of all containers: they share localhost. */
  readonly listening: ReadonlyMap<number, SocketAddress>;
  readonly onListen: (containerPort: number, address: SocketAddress) => void;
}

/** One container made runnable: its files copied, its variables known, started as often as needed. */
export class ContainerRuntime {
  readonly #world: World;
  readonly #task: RuntimeTask;
  readonly #container: TaskContainer;
  readonly #image: PulledImage;
  readonly #fileSystem: ContainerFileSystem;
  readonly environment: Readonly<Record<string, string>>;

  private constructor(
    world: World,
    task: RuntimeTask,
    container: TaskContainer,
    image: PulledImage,
    environment: Readonly<Record<string, string>>,
    fileSystem: ContainerFileSystem,
  ) {
    this.#world = world;
    this.#task = task;
    this.#container = container;
    this.#image = image;
    this.environment = environment;
    this.#fileSystem = fileSystem;
  }

  /** `variables` come from files and secrets. */
  static async prepare(
    world: World,
    task: RuntimeTask,
    container: TaskContainer,
    image: PulledImage,
    variables: {
      readonly files: Readonly<Record<string, string>>;
      readonly secrets: Readonly<Record<string, string>>;
    },
  ): Promise<ContainerRuntime> {
    const mounts = containerMounts(task.document, container.definition);
    const folder = await containerFolder(
      task.folder,
      container.id,
      image,
      mounts,
      container.definition.readonlyRootFilesystem,
    );
    const environment = containerEnvironment(world.identity, task.network, image, {
      definition: container.definition,
      temporaryDirectory: folder.temporaryDirectory,
      agent: agentVariables(
        world,
        { id: task.id, taskRoleArn: task.document.taskRoleArn },
        container.id,
      ),
      ...variables,
    });
    const own = { ...image, rootDirectory: folder.rootDirectory };
    return new ContainerRuntime(world, task, container, own, environment, folder.fileSystem);
  }

  /** Starts the container's own program. Throws Error whose message is the container's reason. */
  start(): ContainerProcess {
    const { definition } = this.#container;
    const foreign = isForeign(this.#image, this.#task.document);
    const ports = foreign ? [] : (definition.portMappings ?? []);
    const role = new ExecutionRole(
      this.#world,
      this.#task.document.executionRoleArn,
      this.#task.id,
    );
    const logged = mayWriteStream(this.#world, role, definition, this.#task.id);
    const process = new ContainerProcess({
      command: foreign
        ? execFormatError(this.#image, definition)
        : containerCommand(this.#image, definition, this.#mountedFolders()),
      environment: this.environment,
      fileSystem: this.#fileSystem,
      routes: this.#world.network.table(),
      ports: ports.flatMap(({ containerPort }) => containerPort ?? []),
      memoryBytes: this.#memoryBytes(),
      onListen: this.#task.onListen,
      onOutput: (line) => {
        if (logged) logLine(this.#world.services.logs, definition, this.#task.id, line);
      },
    });
    for (const [port, address] of this.#task.listening) process.tellSibling(port, address);
    return process;
  }

  /** Runs `node` once more inside the container, for its health check. */
  async node(given: readonly string[], signal: AbortSignal): Promise<ProgramResult> {
    const lines: string[] = [];
    const process = new ContainerProcess({
      command: containerCommand(
        this.#image,
        {
          entryPoint: ['node', ...given],
          workingDirectory: this.#container.definition.workingDirectory,
        },
        this.#mountedFolders(),
      ),
      environment: this.environment,
      fileSystem: this.#fileSystem,
      routes: { ...this.#world.network.table(), ...this.#localhost() },
      ports: [],
      onListen: () => {},
      onOutput: (line) => lines.push(line),
    });
    signal.addEventListener('abort', () => void process.stop(0), { once: true });
    return { exitCode: await process.exited, output: lines.join('\n') };
  }

  /** Where a host and port are, seen from inside the task. */
  resolve(host: string, port: number): SocketAddress | undefined {
    const { privateIp, hostName } = this.#task.network;
    const own = ['localhost', '127.0.0.1', '::1', '0.0.0.0', privateIp, hostName];
    return own.includes(host)
      ? this.#task.listening.get(port)
      : this.#world.network.resolve(host, port);
  }

  #mountedFolders(): string[] {
    return this.#fileSystem.mounts.map(({ folder }) => folder);
  }

  /** The container's own hard limit, else the task's. */
  #memoryBytes(): number | undefined {
    const { memory } = this.#container.definition;
    const taskMemory = this.#task.document.memory;
    const mebibytes = memory ?? (taskMemory === undefined ? undefined : Number(units(taskMemory)));
    return mebibytes === undefined ? undefined : mebibytes * bytesPerMebibyte;
  }

  #localhost(): Record<string, string> {
    return Object.fromEntries(
      [...this.#task.listening].flatMap(([port, address]) =>
        ['127.0.0.1', 'localhost', '::1', '0.0.0.0'].map((host) => [
          `${host}:${port}`,
          `${address.host}:${address.port}`,
        ]),
      ),
    );
  }
}
