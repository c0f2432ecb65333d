import { describe, expect, it } from 'vitest';
import { judgeRunningDigest } from '../../../functions/core/checks/running-digest-check.ts';
import { seenDigests } from '../../../functions/core/checks/seen-digests.ts';
import { judgeUniformDigest } from '../../../functions/core/checks/uniform-digest-check.ts';
import { digestOf } from '../../support/builders/releases.ts';
import { runningTask, taskSet } from '../../support/fakes/fake-ecs-services.ts';

const [one, two] = [digestOf('1'), digestOf('2')];
const tasks = (...digests: (string | undefined)[]) =>
  digests.map((digest, index) => runningTask(taskSet(), digest, index));
const stateOf = (digest: string | undefined, index: number) => ({
  kind: 'state',
  subject: runningTask(taskSet(), digest, index).taskArn,
  state: digest ?? 'no image digest shown',
});

describe('seenDigests', () => {
  it('reads the container that is asked for, and knows none of a task without it', () => {
    const [task] = tasks(one);

    expect(seenDigests(tasks(one), 'app')).toEqual([{ taskArn: task?.taskArn, digest: one }]);
    expect(seenDigests(tasks(one), 'proxy')).toEqual([
      { taskArn: task?.taskArn, digest: undefined },
    ]);
  });
});

describe('judgeRunningDigest', () => {
  const judge = (expectedTasks: number, ...digests: (string | undefined)[]) =>
    judgeRunningDigest(tasks(...digests), {
      name: 'running digest',
      container: 'app',
      digests: [one, two],
      expectedTasks,
    });

  it('says what runs, task by task, where it passes', () => {
    expect(judge(2, one, two)).toEqual({
      name: 'running digest',
      type: 'running-digest',
      verdict: 'pass',
      sentence: `running digest: expected container app of 2 tasks to run ${one} or ${two}, got 2 of 2 running tasks with that digest`,
      expected: `container app of 2 tasks to run ${one} or ${two}`,
      observed: '2 of 2 running tasks with that digest',
      samples: 2,
      evidence: [stateOf(one, 0), stateOf(two, 1)],
    });
  });

  it.each<[string, number, (string | undefined)[], string, string]>([
    ['more tasks than expected', 1, [one, one], 'pass', '2 of 2'],
    ['no task where none is expected', 0, [], 'inconclusive', '0 of 0'],
    ['one task where none is expected', 0, [one], 'pass', '1 of 1'],
    ['enough right ones beside one that shows none', 1, [one, undefined], 'inconclusive', '1 of 2'],
  ])('with %s', (_, expectedTasks, digests, verdict, share) => {
    expect(judge(expectedTasks, ...digests)).toMatchObject({
      verdict,
      expected: expect.stringContaining(`of ${Math.max(expectedTasks, 1)} tasks`),
      observed: `${share} running tasks with that digest`,
    });
  });

  it('shows which task shows no digest', () => {
    expect(judge(1, undefined).evidence).toEqual([stateOf(undefined, 0)]);
  });
});

describe('judgeUniformDigest', () => {
  const judge = (expectedTasks: number, ...digests: (string | undefined)[]) =>
    judgeUniformDigest(tasks(...digests), {
      name: 'one digest',
      container: 'app',
      image: 'team/shop:v2',
      expectedTasks,
    });

  it('passes with the same digest in every task, and says which', () => {
    expect(judge(2, one, one)).toEqual({
      name: 'one digest',
      type: 'running-digest',
      verdict: 'pass',
      sentence: `one digest: expected container app of 2 tasks to run one and the same digest of team/shop:v2, got ${one} in 2 of 2 running tasks`,
      expected: 'container app of 2 tasks to run one and the same digest of team/shop:v2',
      observed: `${one} in 2 of 2 running tasks`,
      samples: 2,
      evidence: [stateOf(one, 0), stateOf(one, 1)],
    });
  });

  it.each<[string, number, (string | undefined)[], string, string]>([
    ['two digests', 2, [one, two], 'fail', `${one} and ${two} in 2 running tasks`],
    [
      'two digests and a task that shows none',
      3,
      [one, undefined, two],
      'fail',
      `${one} and ${two} in 3 running tasks`,
    ],
    ['fewer tasks than expected', 2, [one], 'inconclusive', `${one} in 1 of 1 running tasks`],
    [
      'a task that shows none beside enough that do',
      1,
      [one, undefined],
      'inconclusive',
      `${one} in 1 of 2 running tasks`,
    ],
    ['no task', 0, [], 'inconclusive', 'no digest in 0 of 0 running tasks'],
    ['more tasks than expected', 1, [one, one], 'pass', `${one} in 2 of 2 running tasks`],
  ])('with %s', (_, expectedTasks, digests, verdict, observed) => {
    expect(judge(expectedTasks, ...digests)).toMatchObject({
      verdict,
      expected: `container app of ${Math.max(expectedTasks, 1)} tasks to run one and the same digest of team/shop:v2`,
      observed,
    });
  });
});
