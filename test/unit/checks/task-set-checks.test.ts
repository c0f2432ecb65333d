import { describe, expect, it } from 'vitest';
import { judgePrimaryTaskSet } from '../../../functions/core/checks/primary-task-set-check.ts';
import { judgeServingTaskSet } from '../../../functions/core/checks/serving-task-set-check.ts';
import { judgeSoleTaskSet } from '../../../functions/core/checks/sole-task-set-check.ts';
import { judgeTaskSet, taskSetIsSteady } from '../../../functions/core/checks/task-set-check.ts';
import type { TaskSet } from '../../../functions/core/ports/ecs-services.ts';
import { taskSet } from '../../support/fakes/fake-ecs-services.ts';
import { blueGroup } from '../../support/fakes/fake-load-balancing.ts';

const { taskSetArn } = taskSet();

describe('judgeTaskSet', () => {
  it.each<[string, Partial<TaskSet>, boolean]>([
    ['steady with one task of one', { computedDesiredCount: 1, runningCount: 1 }, true],
    ['steady with more tasks than computed', { runningCount: 3 }, false],
    ['complete and not yet steady', { stabilityStatus: 'STABILIZING' }, false],
    ['steady at no task', { computedDesiredCount: 0, runningCount: 0 }, false],
  ])('holds a task set that is %s for steady or not', (_, changes, steady) => {
    expect(taskSetIsSteady(taskSet(changes))).toBe(steady);
  });

  it('counts every kind of task of one that is not steady', () => {
    const stabilizing = taskSet({
      stabilityStatus: 'STABILIZING',
      runningCount: 1,
      pendingCount: 3,
      computedDesiredCount: 4,
    });

    expect(judgeTaskSet('replacement task set', 'd-1', stabilizing)).toEqual({
      name: 'replacement task set',
      type: 'task-set',
      verdict: 'fail',
      sentence:
        'replacement task set: expected a task set of d-1 in STEADY_STATE with every desired task running, got STABILIZING, 1 running of 4 desired, 3 pending',
      expected: 'a task set of d-1 in STEADY_STATE with every desired task running',
      observed: 'STABILIZING, 1 running of 4 desired, 3 pending',
      samples: 1,
      evidence: [
        {
          kind: 'state',
          subject: taskSetArn,
          state: 'STABILIZING, 1 running of 4 desired, 3 pending',
        },
      ],
    });
  });

  it('has nothing to show for a deployment without a task set', () => {
    expect(taskSetIsSteady(undefined)).toBe(false);
    expect(judgeTaskSet('replacement task set', 'd-1', undefined)).toMatchObject({
      observed: 'no task set of this deployment',
      samples: 0,
      evidence: [],
    });
  });
});

describe('judgePrimaryTaskSet', () => {
  it.each<[string, TaskSet | undefined, string, string]>([
    ['the original', taskSet(), 'pass', 'ecs-svc/1111111111111111111 of d-ORIGINAL1'],
    [
      'one that no deployment made',
      taskSet({ externalId: undefined }),
      'pass',
      'ecs-svc/1111111111111111111 of no deployment',
    ],
    [
      'that of the failed deployment',
      taskSet({ externalId: 'd-FAILED111' }),
      'fail',
      'ecs-svc/1111111111111111111 of d-FAILED111',
    ],
    [
      'an original whose tasks are gone',
      taskSet({ runningCount: 0 }),
      'fail',
      'ecs-svc/1111111111111111111 of d-ORIGINAL1 without a running task',
    ],
    [
      'an original that is to run none',
      taskSet({ runningCount: 0, computedDesiredCount: 0 }),
      'pass',
      'ecs-svc/1111111111111111111 of d-ORIGINAL1',
    ],
    ['none', undefined, 'fail', 'no PRIMARY task set'],
  ])('with %s as PRIMARY', (_, primary, verdict, observed) => {
    const expected = 'the original task set to be PRIMARY, not that of d-FAILED111';

    expect(judgePrimaryTaskSet('d-FAILED111', primary)).toEqual({
      name: 'primary task set',
      type: 'task-set',
      verdict,
      sentence: `primary task set: expected ${expected}, got ${observed}`,
      expected,
      observed,
      samples: primary === undefined ? 0 : 1,
      evidence:
        primary === undefined ? [] : [{ kind: 'state', subject: taskSetArn, state: 'PRIMARY' }],
    });
  });
});

describe('judgeServingTaskSet', () => {
  it.each([
    ['the task definition of the release', 'arn:task-definition/shop:4', 'pass'],
    ['that of another revision', 'arn:task-definition/shop:3', 'fail'],
  ])('with %s in production', (_, taskDefinitionArn, verdict) => {
    const primary = taskSet({ taskDefinitionArn });
    const expected = 'the PRIMARY task set to run arn:task-definition/shop:4';
    const observed = `${taskDefinitionArn} in ecs-svc/1111111111111111111`;

    expect(judgeServingTaskSet('arn:task-definition/shop:4', primary)).toEqual({
      name: 'primary task set',
      type: 'task-set',
      verdict,
      sentence: `primary task set: expected ${expected}, got ${observed}`,
      expected,
      observed,
      samples: 1,
      evidence: [{ kind: 'state', subject: taskSetArn, state: observed }],
    });
  });
});

describe('judgeSoleTaskSet', () => {
  const own = taskSet({ id: 'ecs-svc/own', externalId: 'd-1' });
  const left = (changes: Partial<TaskSet> = {}) =>
    taskSet({ id: 'ecs-svc/left', taskSetArn: 'arn:left', status: 'ACTIVE', ...changes });
  const judge = (...others: TaskSet[]) =>
    judgeSoleTaskSet(blueGroup, [own, ...others], ({ externalId }) => externalId === 'd-1');

  it.each<[string, Partial<TaskSet>]>([
    ['is DRAINING', { status: 'DRAINING' }],
    ['has no tasks', { runningCount: 0, pendingCount: 0 }],
    ['stands behind the other group', { targetGroupArn: 'arn:other' }],
  ])('passes beside a task set that %s', (_, changes) => {
    expect(judge(left(changes))).toEqual({
      name: 'task sets',
      type: 'task-set',
      verdict: 'pass',
      sentence: 'task sets: expected no tasks of another task set behind shop-blue, got none',
      expected: 'no tasks of another task set behind shop-blue',
      observed: 'none',
      samples: 2,
      evidence: [],
    });
  });

  it.each<[string, Partial<TaskSet>, string]>([
    ['tasks that run', { runningCount: 2, pendingCount: 0 }, '2 of ecs-svc/left (d-ORIGINAL1)'],
    ['tasks that start', { runningCount: 0, pendingCount: 1 }, '1 of ecs-svc/left (d-ORIGINAL1)'],
    [
      'both, of no deployment',
      { runningCount: 2, pendingCount: 3, externalId: undefined },
      '5 of ecs-svc/left (no deployment)',
    ],
  ])('fails beside a task set with %s, and says how to mend it', (_, changes, observed) => {
    expect(judge(left(changes))).toMatchObject({
      verdict: 'fail',
      sentence: `task sets: expected no tasks of another task set behind shop-blue, got ${observed}; delete what an earlier deployment left there`,
      observed,
      evidence: [{ kind: 'state', subject: 'arn:left', state: 'ACTIVE' }],
    });
  });

  it('names each of several', () => {
    expect(judge(left(), left({ id: 'ecs-svc/older' })).observed).toBe(
      '2 of ecs-svc/left (d-ORIGINAL1), 2 of ecs-svc/older (d-ORIGINAL1)',
    );
  });
});
