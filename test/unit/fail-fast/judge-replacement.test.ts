import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeReplacement } from '../../../functions/core/fail-fast/judge-replacement.ts';
import { firstStopMs, taskEnd } from '../../support/builders/stopped-tasks.ts';

const bounds = { stoppedTasks: 3, windowMs: 165_000 };
const judge = (ends: Parameters<typeof judgeReplacement>[0], afterMs: number) =>
  judgeReplacement(ends, firstStopMs + afterMs, bounds);

describe('judgeReplacement', () => {
  it('gives up after three stops, with the reason of the last and all in evidence', () => {
    const last = taskEnd(42_000, { logTail: ['starting', 'Error: no route to db'] });

    expect(judge([taskEnd(), taskEnd(20_000), last], 43_000)).toEqual({
      kind: 'stop',
      sentence:
        '3 tasks of the replacement stopped within 43 s, the last one: Essential container in task exited, exit code 1, container app, last log line "Error: no route to db"',
      evidence: [
        'task 0: Essential container in task exited, exit code 1, container app',
        'task 20000: Essential container in task exited, exit code 1, container app',
        'task 42000: Essential container in task exited, exit code 1, container app, last log line "Error: no route to db"',
      ],
    });
  });

  it('waits after one or two, until two are enough', () => {
    const dueMs = firstStopMs + 165_000;

    expect(judge([taskEnd()], 1_000)).toEqual({ kind: 'look-again', atMs: dueMs });
    expect(judge([taskEnd(), taskEnd(90_000)], 91_000)).toEqual({
      kind: 'look-again',
      atMs: dueMs,
    });
    expect(judge([taskEnd(), taskEnd(90_000)], 165_000)).toMatchObject({ kind: 'stop' });
  });

  it('leaves a single stop to ECS, which has started another task', () => {
    expect(judge([taskEnd()], 165_000)).toEqual({ kind: 'go-on' });
  });

  it('gives up at once where repeating cannot mend it', () => {
    const pull = taskEnd(0, {
      stopCode: 'TaskFailedToStart',
      stoppedReason: 'CannotPullContainerError: team/shop:v9: not found',
      containers: [{ name: 'app', exitCode: undefined, reason: undefined }],
    });

    expect(judge([pull], 500)).toEqual({
      kind: 'stop',
      sentence:
        'a task of the replacement cannot start: CannotPullContainerError: team/shop:v9: not found',
      evidence: ['task 0: CannotPullContainerError: team/shop:v9: not found'],
    });
  });

  it('does not count what people and the scheduler stop', () => {
    const ends = [
      taskEnd(0, { stopCode: 'UserInitiated', stoppedReason: 'because' }),
      taskEnd(1, { stopCode: 'SpotInterruption' }),
      taskEnd(2, {
        stopCode: 'ServiceSchedulerInitiated',
        stoppedReason: 'Scaling activity initiated by (deployment ecs-svc/2)',
      }),
    ];

    expect(judge(ends, 200_000)).toEqual({ kind: 'go-on' });
  });

  it('counts tasks that the scheduler stopped for their health', () => {
    const unhealthy = (afterMs: number) =>
      taskEnd(afterMs, {
        stopCode: 'ServiceSchedulerInitiated',
        stoppedReason: 'Task failed ELB health checks in (target-group arn:…)',
        containers: [{ name: 'app', exitCode: 143, reason: undefined }],
      });

    expect(judge([unhealthy(0), unhealthy(1), unhealthy(2)], 3_000)).toMatchObject({
      kind: 'stop',
    });
  });

  it('never takes a further stop as a reason to go on', () => {
    const offsets = fc.array(fc.nat(300_000), { maxLength: 5 });
    fc.assert(
      fc.property(offsets, fc.nat(300_000), fc.nat(300_000), (earlier, next, nowMs) => {
        const before = judge(
          earlier.map((at) => taskEnd(at)),
          300_000 + nowMs,
        );
        const after = judge(
          [...earlier, next].map((at) => taskEnd(at)),
          300_000 + nowMs,
        );
        expect(before.kind === 'stop' && after.kind !== 'stop').toBe(false);
      }),
    );
  });
});
