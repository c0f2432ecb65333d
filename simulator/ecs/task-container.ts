import type { ContainerDefinition, HealthStatus } from '@aws-sdk/client-ecs';
import type { ContainerProcess } from './container-process.ts';

const defaultStopTimeoutSeconds = 30;

/** One container of a task; whoever waits for what it does is told of every change. */
export class TaskContainer {
  readonly id: string;
  readonly definition: ContainerDefinition;
  lastStatus: 'PENDING' | 'RUNNING' | 'STOPPED' = 'PENDING';
  healthStatus: HealthStatus = 'UNKNOWN';
  imageDigest?: string;
  exitCode?: number;
  reason?: string;
  process?: ContainerProcess;
  startedAtMs?: number;
  restartCount = 0;
  readonly #waiting = new Set<() => void>();

  constructor(id: string, definition: ContainerDefinition) {
    this.id = id;
    this.definition = definition;
  }

  get isEssential(): boolean {
    return this.definition.essential !== false;
  }

  changed(): void {
    for (const look of [...this.#waiting]) look();
  }

  /** Calls `look` after every change until it answers true. */
  watch(look: () => boolean): void {
    const watcher = () => {
      if (look()) this.#waiting.delete(watcher);
    };
    this.#waiting.add(watcher);
    watcher();
  }
}

/** SIGTERM, then SIGKILL after the container's stop timeout, cut to so many real milliseconds. */
export async function endContainer(container: TaskContainer, longestMs: number): Promise<void> {
  if (container.process && container.lastStatus !== 'STOPPED') {
    const timeoutMs = (container.definition.stopTimeout ?? defaultStopTimeoutSeconds) * 1_000;
    container.exitCode = await container.process.stop(Math.min(timeoutMs, longestMs));
  }
  container.lastStatus = 'STOPPED';
  container.changed();
}

/** `repository@digest` of an image reference with a tag, a digest or neither. */
export function byDigest(image: string, digest: string): string {
  const withoutDigest = image.split('@', 1)[0] ?? image;
  return `${withoutDigest.replace(/:[^:/]+$/, '')}@${digest}`;
}
