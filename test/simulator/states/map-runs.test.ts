import {
  DescribeMapRunCommand,
  ListExecutionsCommand,
  ListMapRunsCommand,
  RedriveExecutionCommand,
  StopExecutionCommand,
  UpdateMapRunCommand,
} from '@aws-sdk/client-sfn';
import { describe, expect, it } from 'vitest';
import { distributed, mapWorld, s3 } from './map-world.ts';

/** Reads an object of the item's name: fails until it is there. */
const fetching = {
  Fetch: {
    Type: 'Task',
    Resource: 'arn:aws:states:::aws-sdk:s3:getObject',
    Parameters: { Bucket: 'data', 'Key.$': '$' },
    ResultSelector: { 'body.$': '$.Body' },
    End: true,
  },
};
const waiting = { Rest: { Type: 'Wait', Seconds: 3_600, End: true } };

/** A Map Run of hour-long children that is under way. */
async function running(fields: object, items: readonly number[]) {
  const world = await mapWorld();
  const { simulator, sfn, create, start, role } = world;
  const release = simulator.world.clock.hold('the test looks at what runs');
  const executionArn = await start(await create(distributed(waiting, fields), role), items);
  const { mapRuns = [] } = await sfn.send(new ListMapRunsCommand({ executionArn }));
  const mapRunArn = mapRuns[0]?.mapRunArn ?? '';
  const described = () => sfn.send(new DescribeMapRunCommand({ mapRunArn }));
  return { ...world, executionArn, mapRunArn, described, release };
}

describe('a Map Run', () => {
  it('starts more children when its concurrency is raised', async () => {
    const { sfn, mapRunArn, described, release, ended, executionArn } = await running(
      { MaxConcurrency: 1 },
      [1, 2, 3],
    );
    expect((await described()).executionCounts).toMatchObject({ running: 1, pending: 2 });
    await sfn.send(
      new UpdateMapRunCommand({ mapRunArn, maxConcurrency: 2, toleratedFailureCount: 4 }),
    );
    expect(await described()).toMatchObject({
      maxConcurrency: 2,
      toleratedFailureCount: 4,
      executionCounts: { running: 2, pending: 1 },
    });
    release();
    expect((await ended(executionArn)).output).toEqual([1, 2, 3]);
    await expect(
      sfn.send(new UpdateMapRunCommand({ mapRunArn, maxConcurrency: 5 })),
    ).rejects.toMatchObject({
      name: 'ValidationException',
      reason: 'CANNOT_UPDATE_COMPLETED_MAP_RUN',
    });
  });

  it('aborts its children with the execution that is stopped', async () => {
    const { sfn, executionArn, mapRunArn, described, release } = await running(
      { MaxConcurrency: 2 },
      [1, 2, 3],
    );
    await sfn.send(new StopExecutionCommand({ executionArn, error: 'Enough' }));
    expect(await described()).toMatchObject({
      status: 'ABORTED',
      stopDate: expect.any(Date),
      executionCounts: { aborted: 2, pending: 1, running: 0 },
    });
    const { executions } = await sfn.send(
      new ListExecutionsCommand({ mapRunArn, statusFilter: 'ABORTED' }),
    );
    expect(executions).toHaveLength(2);
    release();
  });

  it('counts a child that is stopped by hand as a failure', async () => {
    const { sfn, executionArn, mapRunArn, release, ended } = await running({}, [1]);
    const { executions = [] } = await sfn.send(new ListExecutionsCommand({ mapRunArn }));
    const child = executions[0]?.executionArn;
    await sfn.send(new StopExecutionCommand({ executionArn: child }));
    release();
    expect((await ended(executionArn)).error).toBe('States.ExceedToleratedFailureThreshold');
  });

  it('repeats only what did not succeed in a redrive', async () => {
    const { run, role, put, sfn, mapRunOf, history, ended, simulator } = await mapWorld();
    await put('a', 'A');
    const states = distributed(fetching, { MaxConcurrency: 1 });
    const { executionArn = '', status } = await run(states, role, ['a', 'b', 'c']);
    expect(status).toBe('FAILED');
    const { mapRunArn } = await mapRunOf(executionArn);
    const children = simulator.models.states.executions.list({ mapRunArn });
    await expect(
      sfn.send(new RedriveExecutionCommand({ executionArn: children[0]?.arn })),
    ).rejects.toMatchObject({ name: 'ExecutionNotRedrivable' });

    await put('b', 'B');
    await put('c', 'C');
    await sfn.send(new RedriveExecutionCommand({ executionArn }));
    expect((await ended(executionArn)).output).toEqual([
      { body: 'A' },
      { body: 'B' },
      { body: 'C' },
    ]);
    const events = await history(executionArn);
    expect(events.find(({ type }) => type === 'MapRunRedriven')).toMatchObject({
      mapRunRedrivenEventDetails: { mapRunArn, redriveCount: 1 },
    });
    expect(await mapRunOf(executionArn)).toMatchObject({
      mapRunArn,
      redriveCount: 1,
      redriveDate: expect.any(Date),
      status: 'SUCCEEDED',
      executionCounts: { succeeded: 3, failed: 0, total: 3 },
    });
    // The one that had failed went on, the one that had not begun began.
    const redriven = await sfn.send(
      new ListExecutionsCommand({ mapRunArn, redriveFilter: 'REDRIVEN' }),
    );
    expect(redriven.executions).toHaveLength(1);
  });

  it('starts Express children anew in a redrive', async () => {
    const { run, role, put, sfn, ended, simulator, mapRunOf } = await mapWorld();
    const states = distributed(fetching, {}, { ExecutionType: 'EXPRESS' });
    const { executionArn = '' } = await run(states, role, ['a']);
    await put('a', 'A');
    await sfn.send(new RedriveExecutionCommand({ executionArn }));
    expect((await ended(executionArn)).output).toEqual([{ body: 'A' }]);
    const { mapRunArn } = await mapRunOf(executionArn);
    expect(simulator.models.states.executions.list({ mapRunArn })).toHaveLength(2);
  });

  it('reads its items anew in a redrive when it could not read them', async () => {
    const { run, role, put, sfn, ended } = await mapWorld();
    const reader = {
      Resource: s3('getObject'),
      ReaderConfig: { InputType: 'JSON' },
      Parameters: { Bucket: 'data', Key: 'late' },
    };
    const states = distributed({ A: { Type: 'Pass', End: true } }, { ItemReader: reader });
    const { executionArn = '' } = await run(states, role);
    await put('late', '[1]');
    await sfn.send(new RedriveExecutionCommand({ executionArn }));
    expect((await ended(executionArn)).output).toEqual([1]);
  });

  it('is aborted with its state when a branch beside it fails', async () => {
    const { run, role, history } = await mapWorld();
    const failingLater = {
      Soon: { Type: 'Wait', Seconds: 5, Next: 'Bad' },
      Bad: { Type: 'Fail', Error: 'Own' },
    };
    const branch = (States: object) => ({ StartAt: Object.keys(States)[0], States });
    const states = {
      Both: {
        Type: 'Parallel',
        Branches: [branch(distributed(waiting)), branch(failingLater)],
        End: true,
      },
    };
    const ended = await run(states, role, [1]);
    expect(ended.error).toBe('Own');
    const types = (await history(ended.executionArn ?? '')).map(({ type }) => type);
    expect(types).toEqual(expect.arrayContaining(['MapRunAborted', 'MapStateAborted']));
  });
});

it('refuses Map Runs that are not there, and updates without a change', async () => {
  const { sfn, mapRunArn, release } = await running({}, [1]);
  const refusals: [string, object, string][] = [
    ['nonsense', {}, 'InvalidArn'],
    [`${mapRunArn}1`, {}, 'ResourceNotFound'],
    [mapRunArn, {}, 'ValidationException'],
  ];
  for (const [arn, changes, name] of refusals) {
    await expect(
      sfn.send(new UpdateMapRunCommand({ mapRunArn: arn, ...changes })),
    ).rejects.toMatchObject({ name });
  }
  await expect(
    sfn.send(new ListExecutionsCommand({ mapRunArn, stateMachineArn: mapRunArn })),
  ).rejects.toMatchObject({ name: 'ValidationException' });
  release();
});
