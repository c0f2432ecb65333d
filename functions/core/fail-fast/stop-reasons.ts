import type { StoppedTask } from '../ports/stopped-tasks.ts';
import { toldText } from '../probe/told-text.ts';

/** A stopped task with the end of its log. */
export interface TaskEnd extends StoppedTask {
  readonly logTail: readonly string[];
}

/** Stops that people and the platform bring about, and that say nothing of the image. */
const notItsFault = ['UserInitiated', 'SpotInterruption', 'TerminationNotice'];

/** Whether a stop speaks against the image; the scheduler also stops tasks to scale in or to place them anew. */
export function isFailure({ stopCode, stoppedReason = '' }: StoppedTask): boolean {
  if (stopCode === 'ServiceSchedulerInitiated') return /health check/i.test(stoppedReason);
  return !notItsFault.includes(stopCode ?? '');
}

/**
 * What repeating cannot mend: the image or a secret is not there, is not allowed, or is for another machine
 * (aws-facts 2.8; the stopped tasks error messages of the ECS guide).
 */
const definite: readonly RegExp[] = [
  /CannotPullContainerError.*(?:not found|manifest unknown|does not exist|descriptor|no matching manifest|access denied|not authorized)/is,
  /ResourceInitializationError.*(?:ResourceNotFoundException|AccessDeniedException|InvalidParameter|invalid ssm parameters|can't find the specified secret)/is,
  /CannotStartContainerError.*(?:executable file not found|exec format error|no such file or directory|permission denied)/is,
  // A manifest for another architecture is pulled, and only the container's log tells.
  /exec format error/i,
];

/** Whether one such stop is enough to give up. */
export function isDefinite(task: TaskEnd): boolean {
  const said = [
    task.stoppedReason,
    ...task.containers.map(({ reason }) => reason),
    ...task.logTail,
  ];
  return said.some((text) => text !== undefined && definite.some((rule) => rule.test(text)));
}

/** One line for people, e.g. `exit code 1 of container app (Essential container in task exited)`. */
export function explainStop(task: TaskEnd): string {
  const { stopCode, stoppedReason, containers, logTail } = task;
  const ended = containers.find(({ exitCode, reason }) => reason !== undefined || exitCode);
  const container =
    ended === undefined
      ? undefined
      : [
          ended.exitCode === undefined ? undefined : `exit code ${ended.exitCode}`,
          `container ${ended.name}`,
          ended.reason,
        ];
  const parts = [stoppedReason ?? stopCode ?? 'no reason given', ...(container ?? [])];
  const last = logTail.at(-1);
  return [
    // Reasons quote errors of AWS, which may have several lines.
    ...parts.flatMap((part) => (part === undefined ? [] : toldText(part))),
    ...(last ? [`last log line "${last}"`] : []),
  ].join(', ');
}
