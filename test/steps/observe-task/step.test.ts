import { beforeEach, describe, expect, it } from 'vitest';
import { parseTaskStopped } from '../../../functions/core/events/task-stopped.ts';
import type { StoppedTask } from '../../../functions/core/ports/stopped-tasks.ts';
import { observeTask } from '../../../functions/observe-task/step.ts';
import { BlueGreenScene, deploymentId } from '../../support/blue-green-scene.ts';
import { firstStopMs, taskEnd } from '../../support/builders/stopped-tasks.ts';
import { taskStoppedEvent } from '../../support/builders/task-events.ts';
import { ownDescription } from '../../support/builders/tracked-deployments.ts';

let scene: BlueGreenScene;
let stopped: StoppedTask[];
let tails: string[];
const stopKey = `deployments/${deploymentId}/stop-request.json`;

beforeEach(() => {
  scene = new BlueGreenScene();
  scene.deployments.change(deploymentId, { description: ownDescription });
  scene.clock.advance(firstStopMs + 1_000 - scene.clock.now());
  stopped = [];
  tails = [];
});

function observe(detail: Readonly<Record<string, unknown>> = {}) {
  return observeTask(parseTaskStopped(taskStoppedEvent(detail)), {
    config: scene.config,
    services: scene.services,
    deployments: scene.deployments,
    taskDefinitions: scene.taskDefinitions,
    records: scene.records,
    clock: scene.clock,
    log: scene.log,
    signal: scene.signal,
    stoppedTasks: { list: async () => stopped },
    logTails: {
      tail: async (group, stream, lines) => {
        tails.push(`${group} ${stream} ${lines}`);
        return ['started', `Error: ${'x'.repeat(400)}`];
      },
    },
  });
}

describe('a replacement that keeps crashing', () => {
  it('is given up after three stops, with stop code, exit code and log in the reason', async () => {
    stopped = [taskEnd(0), taskEnd(10), taskEnd(20)];

    await expect(observe()).resolves.toMatchObject({ kind: 'stopping', deploymentId });

    expect(scene.deployments.stopped).toEqual([deploymentId]);
    expect(scene.records.stored(stopKey)).toMatchObject({
      cause: 'replacement-failing',
      sentence: expect.stringMatching(/^3 tasks of the replacement stopped within 1 s, the last/),
      evidence: [
        expect.stringContaining('exit code 1'),
        expect.stringContaining('task 10: '),
        expect.stringContaining('task 20: '),
      ],
    });
  });

  it('is given up after two once the window has passed, by the call that saw the first', async () => {
    stopped = [taskEnd(0)];
    scene.clock.duringSleep = () => void stopped.push(taskEnd(120_000));

    await expect(observe()).resolves.toMatchObject({ kind: 'stopping' });

    expect(scene.clock.now() - firstStopMs).toBeLessThanOrEqual(180_000);
  });

  it('is stopped again, with the first reason, when the event comes twice', async () => {
    stopped = [taskEnd(0), taskEnd(10), taskEnd(20)];
    await observe();
    stopped.push(taskEnd(30));
    await observe();

    expect(scene.records.stored(stopKey)).toMatchObject({
      sentence: expect.stringMatching(/^3 tasks/),
    });
  });
});

describe('a replacement that is only slow, or stumbled once', () => {
  it('is left alone', async () => {
    stopped = [taskEnd(0)];

    await expect(observe()).resolves.toMatchObject({ kind: 'watched' });

    expect(scene.deployments.stopped).toEqual([]);
  });

  it('is not stopped when it serves production by the time of the second look', async () => {
    stopped = [taskEnd(0)];
    scene.clock.duringSleep = () => {
      stopped.push(taskEnd(100_000));
      scene.allowTraffic();
    };

    await expect(observe()).resolves.toEqual({
      kind: 'watched',
      reason: 'Task set ecs-svc/2222222222222222222 serves production',
    });
    expect(scene.deployments.stopped).toEqual([]);
  });
});

describe('what is not ours to stop', () => {
  beforeEach(() => {
    stopped = [taskEnd(0), taskEnd(10), taskEnd(20)];
  });

  it.each<[string, () => void, string]>([
    ['another service', () => undefined, 'No service is configured for prod/other'],
    ['the original', () => undefined, 'Task set ecs-svc/1111111111111111111 serves production'],
    [
      'a deployment of somebody else',
      () => scene.deployments.change(deploymentId, { description: 'by hand' }),
      'was not started by Greengate',
    ],
    [
      'a rollback',
      () => scene.deployments.change(deploymentId, { creator: 'codeDeployRollback' }),
      'was not started by Greengate',
    ],
    [
      'a deployment that is over',
      () => scene.deployments.change(deploymentId, { status: 'Failed' }),
      `Deployment ${deploymentId} is Failed already`,
    ],
    ['a task set that is gone', () => scene.setTaskSets(scene.original), 'is gone'],
  ])('is %s', async (what, change, reason) => {
    change();
    const detail =
      what === 'another service'
        ? { group: 'service:other' }
        : what === 'the original'
          ? { startedBy: 'ecs-svc/1111111111111111111' }
          : {};

    await expect(observe(detail)).resolves.toEqual({
      kind: 'ignored',
      reason: expect.stringContaining(reason),
    });
    expect(scene.deployments.stopped).toEqual([]);
  });
});

describe('the log of a stopped task', () => {
  const logging = {
    family: 'shop',
    containerDefinitions: [
      {
        name: 'app',
        logConfiguration: {
          logDriver: 'awslogs',
          options: { 'awslogs-group': '/shop', 'awslogs-stream-prefix': 'ecs' },
        },
      },
    ],
  };

  it('is read of the last three, and cut to what a person reads', async () => {
    const taskDefinitionArn = scene.taskDefinitions.add(logging);
    stopped = [0, 10, 20, 30].map((at) => taskEnd(at, { taskDefinitionArn }));

    await observe();

    expect(tails).toEqual(['/shop ecs/app/10 5', '/shop ecs/app/20 5', '/shop ecs/app/30 5']);
    expect(scene.records.stored(stopKey)).toMatchObject({
      sentence: expect.stringMatching(/last log line "Error: x{293}…"$/),
    });
  });

  it('may be unreadable: the deployment is stopped all the same', async () => {
    stopped = [0, 10, 20].map((at) => taskEnd(at, { taskDefinitionArn: 'arn:gone' }));

    await expect(observe()).resolves.toMatchObject({ kind: 'stopping' });
  });
});
