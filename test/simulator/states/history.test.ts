import { describe, expect, it } from 'vitest';
import { ExecutionHistory } from '../../../simulator/states/executions/history.ts';
import { call, eventLine, invokeWithToken, workflowWorld } from './workflow-world.ts';

describe('execution history', () => {
  it('of a callback task lists schedule, start, submission and answer in order', async () => {
    const { start, ended, model, world } = workflowWorld({
      keep: ({ token }: { token: string }) => {
        world.clock.schedule(1_000, () => model.tokens.succeed(token, '"done"'));
        return 'kept';
      },
    });
    const execution = await ended(
      start({
        Ask: {
          Type: 'Task',
          Resource: invokeWithToken,
          Arguments: {
            FunctionName: 'keep',
            Payload: { token: '{% $states.context.Task.Token %}' },
          },
          TimeoutSeconds: 60,
          HeartbeatSeconds: 30,
          End: true,
        },
      }),
    );
    expect(eventLine(execution)).toEqual([
      'ExecutionStarted<0',
      'TaskStateEntered<0',
      'TaskScheduled<2',
      'TaskStarted<3',
      'TaskSubmitted<4',
      'TaskSucceeded<5',
      'TaskStateExited<6',
      'ExecutionSucceeded<7',
    ]);
    const { events } = execution.history;
    expect(events.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(events[2]?.taskScheduledEventDetails).toMatchObject({
      resourceType: 'lambda',
      resource: 'invoke.waitForTaskToken',
      region: 'eu-west-1',
      timeoutInSeconds: 60,
      heartbeatInSeconds: 30,
    });
    expect(events[5]?.taskSucceededEventDetails?.output).toBe('"done"');
  });

  it('of a caught error goes from TaskFailed through the exit to the next state', async () => {
    const { run } = workflowWorld();
    const Catch = [{ ErrorEquals: ['States.ALL'], Next: 'Done' }];
    const execution = await run({
      Call: call('missing', { Catch, Next: 'Done' }),
      Done: { Type: 'Succeed' },
    });
    expect(eventLine(execution).slice(3)).toEqual([
      'TaskStarted<3',
      'TaskFailed<4',
      'TaskStateExited<5',
      'SucceedStateEntered<6',
      'SucceedStateExited<7',
      'ExecutionSucceeded<8',
    ]);
  });

  it('of a failing Map names the failed and the aborted iterations', async () => {
    const One = {
      Type: 'Choice',
      Choices: [{ Condition: '{% $states.input = 1 %}', Next: 'Bad' }],
      Default: 'Hour',
    };
    const States = {
      One,
      Bad: { Type: 'Fail', Error: 'Odd' },
      Hour: { Type: 'Wait', Seconds: 3600, End: true },
    };
    const { run } = workflowWorld();
    const execution = await run(
      { Each: { Type: 'Map', ItemProcessor: { StartAt: 'One', States }, End: true } },
      [0, 1],
    );
    expect(eventLine(execution)).toEqual([
      'ExecutionStarted<0',
      'MapStateEntered<0',
      'MapStateStarted<2',
      'MapIterationStarted<3',
      'ChoiceStateEntered<4',
      'MapIterationStarted<3',
      'ChoiceStateEntered<6',
      'ChoiceStateExited<5',
      'WaitStateEntered<8',
      'ChoiceStateExited<7',
      'FailStateEntered<10',
      'MapIterationFailed<11',
      'WaitStateAborted<9',
      'MapIterationAborted<9',
      'MapStateFailed<11',
      'ExecutionFailed<15',
    ]);
  });

  const items = {
    Type: 'Map',
    MaxConcurrency: 1,
    ItemProcessor: { StartAt: 'P', States: { P: { Type: 'Pass', End: true } } },
    End: true,
  };

  // As recorded by LocalStack (test_map_state): ends of iterations and the success stand beside the line.
  it('of a Map strings its iterations one after the other', async () => {
    const { run } = workflowWorld();
    expect(eventLine(await run({ Each: items }, ['a', 'b'])).slice(2)).toEqual([
      'MapStateStarted<2',
      'MapIterationStarted<3',
      'PassStateEntered<4',
      'PassStateExited<5',
      'MapIterationSucceeded<6',
      'MapIterationStarted<6',
      'PassStateEntered<8',
      'PassStateExited<9',
      'MapIterationSucceeded<10',
      'MapStateSucceeded<11',
      'MapStateExited<11',
      'ExecutionSucceeded<13',
    ]);
  });

  // As recorded by LocalStack (test_map_state_retry).
  it('of a Map that is tried again has one MapStateFailed, at its end', async () => {
    const { run } = workflowWorld();
    const States = { P: { Type: 'Fail', Error: 'Odd' } };
    const Retry = [{ ErrorEquals: ['Odd'], MaxAttempts: 1 }];
    const failing = { ...items, ItemProcessor: { StartAt: 'P', States }, Retry };
    expect(eventLine(await run({ Each: failing }, ['a'])).slice(2)).toEqual([
      'MapStateStarted<2',
      'MapIterationStarted<3',
      'FailStateEntered<4',
      'MapIterationFailed<5',
      'MapStateStarted<5',
      'MapIterationStarted<7',
      'FailStateEntered<8',
      'MapIterationFailed<9',
      'MapStateFailed<9',
      'ExecutionFailed<11',
    ]);
  });

  it('of a Parallel has its success beside the line and its failure once', async () => {
    const { run } = workflowWorld();
    const both = (state: object, Retry: object[] = []) => ({
      Both: {
        Type: 'Parallel',
        Branches: [{ StartAt: 'P', States: { P: state } }],
        Retry,
        End: true,
      },
    });
    expect(eventLine(await run(both({ Type: 'Succeed' }))).slice(2)).toEqual([
      'ParallelStateStarted<2',
      'SucceedStateEntered<3',
      'SucceedStateExited<4',
      'ParallelStateSucceeded<5',
      'ParallelStateExited<5',
      'ExecutionSucceeded<7',
    ]);
    const again = [{ ErrorEquals: ['Odd'], MaxAttempts: 1 }];
    const failed = await run(both({ Type: 'Fail', Error: 'Odd' }, again));
    expect(eventLine(failed).slice(2)).toEqual([
      'ParallelStateStarted<2',
      'FailStateEntered<3',
      'ParallelStateStarted<4',
      'FailStateEntered<5',
      'ParallelStateFailed<6',
      'ExecutionFailed<7',
    ]);
  });

  it('of a query error has EvaluationFailed with state and field before the failure', async () => {
    const { run } = workflowWorld();
    const { history, ending } = await run({
      Read: { Type: 'Pass', Output: { a: ['{% $states.input.gone %}'] }, End: true },
    });
    const cause =
      "An error occurred while executing the state 'Read' (entered at the event id #2). " +
      "The JSONata expression '$states.input.gone' specified for the field 'Output/a[0]' returned nothing (undefined).";
    expect(history.events[2]).toMatchObject({
      type: 'EvaluationFailed',
      evaluationFailedEventDetails: {
        error: 'States.QueryEvaluationError',
        cause,
        location: 'Output/a[0]',
        state: 'Read',
      },
    });
    expect(ending?.cause).toBe(cause);
  });

  it('carries assigned variables as JSON texts in the exit event', async () => {
    const { run } = workflowWorld();
    const { history } = await run({ Set: { Type: 'Pass', Assign: { a: [1], b: 'x' }, End: true } });
    expect(history.events[2]?.stateExitedEventDetails).toMatchObject({
      assignedVariables: { a: '[1]', b: '"x"' },
    });
  });

  it('of an execution past its own TimeoutSeconds ends with ExecutionTimedOut alone', async () => {
    const { run } = workflowWorld();
    const execution = await run(
      { Hour: { Type: 'Wait', Seconds: 3600, End: true } },
      {},
      { TimeoutSeconds: 60 },
    );
    expect(eventLine(execution)).toEqual([
      'ExecutionStarted<0',
      'WaitStateEntered<0',
      'ExecutionTimedOut<0',
    ]);
    expect(execution.ending).toMatchObject({ status: 'TIMED_OUT' });
    expect(execution.ending).not.toHaveProperty('error');
  });

  it('leaves no timer behind when an execution is stopped', async () => {
    const { start, model, world } = workflowWorld();
    const execution = start({ Hour: { Type: 'Wait', Seconds: 3600, End: true } });
    model.executions.stop(execution.arn);
    await world.clock.sleep(10_000);
    expect(world.clock.skippedMs).toBeLessThanOrEqual(10_000);
    expect(eventLine(execution).at(-1)).toBe('ExecutionAborted<0');
  });

  it('holds 25,000 events and keeps the last for the end (aws-facts 5.2)', () => {
    const history = new ExecutionHistory(() => 0);
    for (let id = 1; id < 25_000; id++) history.append('PassStateEntered', id - 1);
    expect(() => history.append('PassStateEntered', 24_999)).toThrow('25000');
    history.close('ExecutionFailed', 24_999);
    expect(history.events).toHaveLength(25_000);
  });

  it('of an endless loop fails the execution with States.Runtime', async () => {
    const { run } = workflowWorld();
    const Count = { Type: 'Pass', Next: 'Count' };
    const Choose = {
      Type: 'Choice',
      Choices: [{ Condition: '{% true %}', Next: 'Count' }],
      Default: 'Done',
    };
    const execution = await run({
      Count: { ...Count, Next: 'Choose' },
      Choose,
      Done: { Type: 'Succeed' },
    });
    expect(execution.ending).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
    expect(execution.history.events).toHaveLength(25_000);
  });
});
