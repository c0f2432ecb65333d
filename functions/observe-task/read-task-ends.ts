import type { ServiceConfig } from '../core/config/schema.ts';
import type { TaskEnd } from '../core/fail-fast/stop-reasons.ts';
import type { Log } from '../core/ports/log.ts';
import type { LogTails, StoppedTask, StoppedTasks } from '../core/ports/stopped-tasks.ts';
import type { TaskDefinitions } from '../core/ports/task-definitions.ts';
import { hideCredentials } from '../core/probe/hide-credentials.ts';
import { maskOf } from '../core/probe/mask.ts';
import { plainLine } from '../core/probe/plain-text.ts';
import { shorten } from '../core/probe/shorten.ts';
import { logStreamOf } from '../core/task-definition/log-stream.ts';
import { sensitiveEnvironment } from '../core/task-definition/sensitive-environment.ts';

export interface TaskEndDeps {
  readonly stoppedTasks: StoppedTasks;
  readonly logTails: LogTails;
  readonly taskDefinitions: Pick<TaskDefinitions, 'describe'>;
  readonly log: Log;
}

/** Logs of more tasks would say the same again. */
const tasksWithLog = 3;
/** A line of JSON logs may be long; a person reads its beginning. */
const maxLineLength = 300;

/** The stopped tasks of a task set, the latest with the end of their logs; a log that cannot be read is missing. */
export async function readTaskEnds(
  { cluster, service, container }: ServiceConfig['target'],
  taskSetId: string,
  lines: number,
  deps: TaskEndDeps,
): Promise<TaskEnd[]> {
  const tasks = await deps.stoppedTasks.list(cluster, service, taskSetId);
  const withoutLog = tasks.slice(0, -tasksWithLog).map((task) => ({ ...task, logTail: [] }));
  const latest = await Promise.all(
    tasks.slice(-tasksWithLog).map(async (task) => ({
      ...task,
      logTail: lines === 0 ? [] : await readTail(task, container, lines, deps),
    })),
  );
  return [...withoutLog, ...latest];
}

async function readTail(
  task: StoppedTask,
  container: string,
  lines: number,
  { taskDefinitions, logTails, log }: TaskEndDeps,
): Promise<string[]> {
  try {
    const { document } = await taskDefinitions.describe(task.taskDefinitionArn);
    // The one that failed says most; a task that was stopped for its health says it in the main container.
    const failed = task.containers.find(({ exitCode }) => exitCode !== undefined && exitCode !== 0);
    const name = failed?.name ?? container;
    const stream = logStreamOf(document, name, task.taskArn);
    if (stream === undefined) return [];
    const tail = await logTails.tail(stream.logGroup, stream.logStream, lines);
    // A service that cannot start likes to print what it was configured with.
    const mask = maskOf(sensitiveEnvironment(document, name));
    return tail.map((line) => shorten(plainLine(hideCredentials(mask(line))), maxLineLength));
  } catch (error) {
    // Evidence only: whether the deployment is stopped does not hang on it.
    log.warn('log of a stopped task not read', { taskArn: task.taskArn, error });
    return [];
  }
}
