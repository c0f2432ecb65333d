import {
  CreateActivityCommand,
  DeleteActivityCommand,
  DescribeActivityCommand,
  GetActivityTaskCommand,
  ListActivitiesCommand,
  SendTaskFailureCommand,
  SendTaskSuccessCommand,
} from '@aws-sdk/client-sfn';
import { describe, expect, it } from 'vitest';
import { serviceWorld } from './service-world.ts';

describe('activities', () => {
  const activity = (fields: object = {}) => ({
    Work: {
      Type: 'Task',
      Resource: 'arn:aws:states:eu-west-1:123456789012:activity:by-hand',
      ResultPath: '$.done',
      End: true,
      ...fields,
    },
  });

  async function activityWorld(fields?: object) {
    const world = await serviceWorld();
    const roleArn = await world.role('worker', ['states:*']);
    const made = await world.sfn.send(new CreateActivityCommand({ name: 'by-hand' }));
    const machineArn = await world.create(activity(fields), roleArn);
    return { ...world, machineArn, activityArn: made.activityArn ?? '' };
  }

  it('hand tasks to workers that poll, before or after', async () => {
    const { sfn, activityArn, machineArn, start, ended, history } = await activityWorld();
    const polled = sfn.send(new GetActivityTaskCommand({ activityArn, workerName: 'me' }));
    const executionArn = await start(machineArn, { n: 1 });
    const { taskToken, input } = await polled;
    expect(JSON.parse(input ?? '')).toEqual({ n: 1 });
    await sfn.send(new SendTaskSuccessCommand({ taskToken, output: '"yes"' }));
    expect((await ended(executionArn)).output).toEqual({ n: 1, done: 'yes' });
    const events = await history(executionArn);
    expect(events.slice(2, 5)).toEqual([
      expect.objectContaining({
        type: 'ActivityScheduled',
        activityScheduledEventDetails: {
          resource: activityArn,
          input: '{"n":1}',
          inputDetails: { truncated: false },
        },
      }),
      expect.objectContaining({
        type: 'ActivityStarted',
        activityStartedEventDetails: { workerName: 'me' },
      }),
      expect.objectContaining({
        type: 'ActivitySucceeded',
        activitySucceededEventDetails: { output: '"yes"', outputDetails: { truncated: false } },
      }),
    ]);

    const failing = await start(machineArn, { n: 2 });
    const second = await sfn.send(new GetActivityTaskCommand({ activityArn }));
    await sfn.send(
      new SendTaskFailureCommand({ taskToken: second.taskToken, error: 'Mine', cause: 'no' }),
    );
    expect(await ended(failing)).toMatchObject({ status: 'FAILED', error: 'Mine', cause: 'no' });
  });

  // Task state page: the count begins when ActivityStarted is recorded.
  it('count TimeoutSeconds from when the worker has begun', async () => {
    const { sfn, activityArn, machineArn, start, ended, create, role, history } =
      await activityWorld({ TimeoutSeconds: 10 });
    const executionArn = await start(machineArn);
    const hour = { Hour: { Type: 'Wait', Seconds: 3600, End: true } };
    await ended(await start(await create(hour, await role('waiter', ['states:*']))));
    const { taskToken } = await sfn.send(new GetActivityTaskCommand({ activityArn }));
    expect(taskToken).toMatch(/^AQCE/);
    expect((await ended(executionArn)).error).toBe('States.Timeout');
    const events = await history(executionArn);
    // By the history: time may jump before the answer to the poll is here.
    const [scheduledMs, begunMs, timedOutMs] = ['Scheduled', 'Started', 'TimedOut'].map((what) =>
      events.find(({ type }) => type === `Activity${what}`)?.timestamp?.getTime(),
    );
    expect((begunMs ?? 0) - (scheduledMs ?? 0)).toBeGreaterThan(3_599_000);
    expect(Math.floor(((timedOutMs ?? 0) - (begunMs ?? 0)) / 1_000)).toBe(10);
  });

  it('count heartbeats from when the worker has begun', async () => {
    const { sfn, activityArn, machineArn, start, ended, simulator } = await activityWorld({
      HeartbeatSeconds: 10,
      TimeoutSeconds: 1000,
    });
    const executionArn = await start(machineArn);
    const { taskToken } = await sfn.send(new GetActivityTaskCommand({ activityArn }));
    const begun = simulator.world.clock.now();
    expect((await ended(executionArn)).error).toBe('States.HeartbeatTimeout');
    expect(simulator.world.clock.now() - begun).toBeLessThan(60_000);
    await expect(
      sfn.send(new SendTaskSuccessCommand({ taskToken, output: '1' })),
    ).rejects.toMatchObject({ name: 'TaskTimedOut' });
  });

  it('are created once, listed, described and deleted', async () => {
    const { sfn, activityArn, machineArn, start, ended } = await activityWorld();
    const again = await sfn.send(new CreateActivityCommand({ name: 'by-hand' }));
    expect(again.activityArn).toBe(activityArn);
    const { activities } = await sfn.send(new ListActivitiesCommand({}));
    expect(activities?.map(({ name }) => name)).toEqual(['by-hand']);
    expect(await sfn.send(new DescribeActivityCommand({ activityArn }))).toMatchObject({
      name: 'by-hand',
      creationDate: again.creationDate,
    });
    await sfn.send(new DeleteActivityCommand({ activityArn }));
    await sfn.send(new DeleteActivityCommand({ activityArn }));
    await expect(sfn.send(new DescribeActivityCommand({ activityArn }))).rejects.toMatchObject({
      name: 'ActivityDoesNotExist',
      message: `Activity Does Not Exist: '${activityArn}'`,
    });
    await expect(sfn.send(new GetActivityTaskCommand({ activityArn }))).rejects.toMatchObject({
      name: 'ActivityDoesNotExist',
    });
    expect(await ended(await start(machineArn))).toMatchObject({
      error: 'States.Runtime',
      cause: `An error occurred while executing the state 'Work' (entered at the event id #2). The activity ${activityArn} does not exist.`,
    });
    await expect(sfn.send(new CreateActivityCommand({ name: 'a b$' }))).rejects.toMatchObject({
      name: 'InvalidName',
      message: "Invalid Name: 'a b$'",
    });
  });
});
