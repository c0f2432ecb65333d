import type { ContainerDefinition, HealthStatus } from '@aws-sdk/client-ecs';
import type { LogsService } from '../core/services.ts';
import type { ContainerProcess } from './container-process.ts';

export interface TaskContainer {
  readonly id: string;
  readonly definition: ContainerDefinition;
  lastStatus: 'PENDING' | 'RUNNING' | 'STOPPED';
  healthStatus: HealthStatus;
  imageDigest?: string;
  exitCode?: number;
  reason?: string;
  process?: ContainerProcess;
}

/** Real milliseconds between SIGTERM and SIGKILL, however long `stopTimeout` is. */
export const longestStopMs = 2_000;
const defaultStopTimeoutSeconds = 30;

/** SIGTERM, then SIGKILL after the container's stop timeout. */
export async function endContainer(container: TaskContainer): Promise<void> {
  if (container.process) {
    const timeoutMs = (container.definition.stopTimeout ?? defaultStopTimeoutSeconds) * 1_000;
    container.exitCode = await container.process.stop(Math.min(timeoutMs, longestStopMs));
  }
  container.lastStatus = 'STOPPED';
}

/** `repository@digest` of an image reference with a tag, a digest or neither. */
export function byDigest(image: string, digest: string): string {
  const withoutDigest = image.split('@', 1)[0] ?? image;
  return `${withoutDigest.replace(/:[^:/]+$/, '')}@${digest}`;
}

/** One line of output to the log stream that the awslogs driver would write: `PREFIX/CONTAINER/TASK`. */
export function logLine(
  logs: LogsService,
  definition: ContainerDefinition,
  taskId: string,
  line: string,
): void {
  const { logDriver, options = {} } = definition.logConfiguration ?? {};
  const group = options['awslogs-group'];
  if (logDriver !== 'awslogs' || group === undefined) return;
  const prefix = options['awslogs-stream-prefix'];
  const stream = [prefix, definition.name, taskId].filter(Boolean).join('/');
  logs.append(group, stream, line);
}
