import { CreateActivityCommand, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { describe, expect, it } from 'vitest';
import { serviceWorld } from './service-world.ts';

const optimized = (action: string, fields: object) => ({
  Call: { Type: 'Task', Resource: `arn:aws:states:::${action}`, End: true, ...fields },
});

describe('states:startExecution', () => {
  const child = { Work: { Type: 'Pass', Result: { done: true }, End: true } };

  async function parentOf(states: object, pattern: string) {
    const world = await serviceWorld();
    const roleArn = await world.role('worker', ['states:*']);
    const StateMachineArn = await world.create(states, roleArn);
    const parent = optimized(`states:startExecution${pattern}`, {
      Parameters: { StateMachineArn, Input: { 'n.$': '$.n' }, Name: 'child' },
    });
    return { ...world, parentArn: await world.create(parent, roleArn) };
  }

  it('goes on at once without a suffix', async () => {
    const { parentArn, start, ended } = await parentOf(
      { Long: { Type: 'Wait', Seconds: 600, End: true } },
      '',
    );
    const { output } = await ended(await start(parentArn, { n: 1 }));
    expect(output).toMatchObject({
      ExecutionArn: expect.stringMatching(/:execution:machine-1:child$/),
      StartDate: expect.any(Number),
    });
  });

  it.each([
    ['.sync', '{"done":true}', '{"n":1}'],
    ['.sync:2', { done: true }, { n: 1 }],
  ])('%s waits for the child and gives its output', async (pattern, Output, Input) => {
    const { parentArn, start, ended, history } = await parentOf(child, pattern);
    const executionArn = await start(parentArn, { n: 1 });
    expect((await ended(executionArn)).output).toMatchObject({
      Name: 'child',
      Status: 'SUCCEEDED',
      Output,
      Input,
      StopDate: expect.any(Number),
    });
    const events = await history(executionArn);
    expect(events.map(({ type }) => type)).toEqual([
      'ExecutionStarted',
      'TaskStateEntered',
      'TaskScheduled',
      'TaskStarted',
      'TaskSubmitted',
      'TaskSucceeded',
      'TaskStateExited',
      'ExecutionSucceeded',
    ]);
    expect(events[4]?.taskSubmittedEventDetails).toMatchObject({
      resourceType: 'states',
      resource: `startExecution${pattern}`,
    });
  });

  it('fails with States.TaskFailed when the child fails', async () => {
    const { parentArn, start, ended } = await parentOf(
      { Work: { Type: 'Fail', Error: 'Own', Cause: 'why' } },
      '.sync:2',
    );
    const { error, cause } = await ended(await start(parentArn, { n: 1 }));
    expect(error).toBe('States.TaskFailed');
    expect(JSON.parse(cause ?? '')).toMatchObject({ Status: 'FAILED', Error: 'Own', Cause: 'why' });
  });

  it('stops the child when the parent is stopped', async () => {
    const activityArn = 'arn:aws:states:eu-west-1:123456789012:activity:by-hand';
    const world = await parentOf(
      { Hang: { Type: 'Task', Resource: activityArn, End: true } },
      '.sync',
    );
    const { parentArn, start, ended, history, sfn } = world;
    await sfn.send(new CreateActivityCommand({ name: 'by-hand' }));
    const executionArn = await start(parentArn, { n: 1 });
    while (!(await history(executionArn)).some(({ type }) => type === 'TaskSubmitted'));
    await sfn.send(new StopExecutionCommand({ executionArn }));
    const childArn = executionArn.replace(/execution:.*/, 'execution:machine-1:child');
    expect((await ended(childArn)).status).toBe('ABORTED');
  });
});
