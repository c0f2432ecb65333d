import { describe, expect, it } from 'vitest';
import { parseTaskStopped } from '../../../functions/core/events/task-stopped.ts';
import { taskStoppedEvent } from '../../support/builders/task-events.ts';

describe('parseTaskStopped', () => {
  it('reads which task set of which service lost a task', () => {
    expect(parseTaskStopped(taskStoppedEvent())).toEqual({
      kind: 'task-stopped',
      eventId: 'c1b4c1f4-0000-4000-8000-000000000002',
      taskArn: 'arn:aws:ecs:eu-central-1:123456789012:task/prod/0',
      clusterName: 'prod',
      serviceName: 'shop',
      taskSetId: 'ecs-svc/2222222222222222222',
    });
  });

  it.each([
    [{ lastStatus: 'RUNNING' }, 'The task is RUNNING'],
    [{ group: 'family:job' }, 'by "ecs-svc/2222222222222222222" in "family:job"'],
    [{ startedBy: 'somebody' }, 'by "somebody" in "service:shop"'],
    [{ startedBy: null, group: undefined }, 'by "" in ""'],
  ])('ignores a task with %j', (detail, reason) => {
    expect(parseTaskStopped(taskStoppedEvent(detail))).toEqual({
      kind: 'ignored',
      eventId: 'c1b4c1f4-0000-4000-8000-000000000002',
      reason: expect.stringContaining(reason),
    });
  });

  it('names everything that an event lacks', () => {
    const event = taskStoppedEvent({ taskArn: undefined, clusterArn: 1 });

    expect(() => parseTaskStopped(event)).toThrow(
      'Cannot read the event as an ECS task state change: detail.taskArn is missing, expected the ARN of a task; detail.clusterArn is 1, expected the ARN of a cluster',
    );
  });
});
