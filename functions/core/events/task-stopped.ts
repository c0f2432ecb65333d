import type { IgnoredEvent } from './image-push.ts';
import { MemberReader } from './member-reader.ts';
import { clusterArnRule, eventIdRule, taskArnRule } from './text-rules.ts';

/** A task of a task set ended. */
export interface TaskStopped {
  readonly kind: 'task-stopped';
  readonly eventId: string;
  readonly taskArn: string;
  readonly clusterName: string;
  /** Name of the ECS service. */
  readonly serviceName: string;
  /** `ecs-svc/…`: the task set that started it (aws-facts 2.4). */
  readonly taskSetId: string;
}

/**
 * Reads an `ECS Task State Change` whose task is STOPPED (aws-facts 2.7). Tasks that no service's task set
 * started are ignored. Throws InvalidEventError that names everything that is wrong.
 */
export function parseTaskStopped(event: unknown): TaskStopped | IgnoredEvent {
  const envelope = MemberReader.of(event);
  const eventId = envelope.text('id', eventIdRule);
  const detail = envelope.members('detail');
  const lastStatus = detail.text('lastStatus');
  const taskArn = detail.text('taskArn', taskArnRule);
  const clusterArn = detail.text('clusterArn', clusterArnRule);
  const group = detail.optionalText('group') ?? '';
  const startedBy = detail.optionalText('startedBy') ?? '';
  envelope.finish('the event as an ECS task state change');
  const ignored = (reason: string) => ({ kind: 'ignored', eventId, reason }) as const;
  if (lastStatus !== 'STOPPED') return ignored(`The task is ${lastStatus}`);
  const serviceName = /^service:([A-Za-z0-9_-]{1,255})$/.exec(group)?.[1];
  if (serviceName === undefined || !/^ecs-svc\/\d{1,40}$/.test(startedBy)) {
    return ignored(`The task was started by "${startedBy}" in "${group}", not by a task set`);
  }
  const clusterName = clusterArn.slice(clusterArn.lastIndexOf('/') + 1);
  return { kind: 'task-stopped', eventId, taskArn, clusterName, serviceName, taskSetId: startedBy };
}
