import { describe, expect, it } from 'vitest';
import { outputOf, workflowWorld } from './workflow-world.ts';

const waiting = { Rest: { Type: 'Wait', Seconds: 60, End: true } };
const code = (expected: string) => expect.objectContaining({ code: expected });

describe('StartExecution (aws-facts 5.1)', () => {
  it('with the same name and input returns the running execution', () => {
    const { create, startMachine } = workflowWorld();
    const machine = create(waiting);
    const first = startMachine(machine, { n: 1 }, 'release-1');
    expect(startMachine(machine, { n: 1 }, 'release-1')).toBe(first);
  });

  it('with the same name and other input gives ExecutionAlreadyExists', () => {
    const { create, startMachine } = workflowWorld();
    const machine = create(waiting);
    startMachine(machine, { n: 1 }, 'release-1');
    expect(() => startMachine(machine, { n: 2 }, 'release-1')).toThrow(
      code('ExecutionAlreadyExists'),
    );
  });

  it('with the name of a closed execution gives ExecutionAlreadyExists even for the same input', async () => {
    const { create, startMachine, ended } = workflowWorld();
    const machine = create(waiting);
    await ended(startMachine(machine, { n: 1 }, 'release-1'));
    expect(() => startMachine(machine, { n: 1 }, 'release-1')).toThrow(
      code('ExecutionAlreadyExists'),
    );
  });

  it('without a name generates a uuid', () => {
    const { start } = workflowWorld();
    expect(start(waiting).arn).toMatch(
      /^arn:aws:states:eu-west-1:111122223333:execution:machine-1:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
    );
  });

  it.each(['', 'a b', 'a:b', 'a/b', 'a*', 'x'.repeat(81), 'a\u0007'])(
    'refuses the name %j with InvalidName',
    (name) => {
      const { create, startMachine } = workflowWorld();
      const machine = create(waiting);
      expect(() => startMachine(machine, {}, name)).toThrow(code('InvalidName'));
    },
  );

  it.each(['not json', '', `"${'x'.repeat(262_144)}"`])('refuses bad input %#', (input) => {
    const { create, model } = workflowWorld();
    const machine = model.machines.get(create(waiting));
    expect(() => model.executions.start({ machine, input })).toThrow(code('InvalidExecutionInput'));
  });

  it('of an unknown machine gives StateMachineDoesNotExist, of nonsense InvalidArn', () => {
    const { create, startMachine } = workflowWorld();
    const machine = create(waiting);
    expect(() => startMachine(`${machine}x`)).toThrow(code('StateMachineDoesNotExist'));
    expect(() => startMachine('machine-1')).toThrow(code('InvalidArn'));
  });
});

describe('executions', () => {
  it('publish every status change and journal their way', async () => {
    const { run, events, world } = workflowWorld();
    const execution = await run(waiting, { n: 1 });
    expect(
      events.map(({ source, detail }) => [source, (detail as { status: string }).status]),
    ).toEqual([
      ['aws.states', 'RUNNING'],
      ['aws.states', 'SUCCEEDED'],
    ]);
    expect(events[1]?.detail).toMatchObject({
      executionArn: execution.arn,
      input: '{"n":1}',
      output: '{"n":1}',
      redriveStatus: 'NOT_REDRIVABLE',
    });
    expect(world.journal.entries.map(({ kind }) => kind)).toEqual([
      'execution.started',
      'execution.state-entered',
      'execution.state-exited',
      'execution.ended',
    ]);
  });

  it('list newest first, by status and by redrive', async () => {
    const { create, startMachine, ended, model } = workflowWorld();
    const machineArn = create({ Stop: { Type: 'Fail' } });
    const [first, second] = [startMachine(machineArn), startMachine(machineArn)];
    await Promise.all([ended(first), ended(second)]);
    model.executions.redrive(first.arn);
    await ended(first);
    const list = (filter: object) => model.executions.list({ machineArn, ...filter });
    expect(list({})).toEqual([second, first]);
    expect(list({ redriven: 'REDRIVEN' })).toEqual([first]);
    expect(list({ redriven: 'NOT_REDRIVEN' })).toEqual([second]);
    expect(list({ status: 'SUCCEEDED' })).toEqual([]);
  });

  it('of a deleted machine end at their next transition, and the machine with them', async () => {
    const { start, ended, model } = workflowWorld();
    const execution = start({
      Rest: { Type: 'Wait', Seconds: 60, Next: 'Never' },
      Never: { Type: 'Succeed' },
    });
    const { arn } = execution.machine;
    model.deleteStateMachine(arn);
    expect(() => model.startExecution({ stateMachineArn: arn, input: {} })).toThrow(
      code('StateMachineDeleting'),
    );
    await ended(execution);
    expect(execution.status).toBe('ABORTED');
    expect(() => model.machines.get(arn)).toThrow(code('StateMachineDoesNotExist'));
  });

  it('see their own context object', async () => {
    const { run } = workflowWorld();
    const execution = await run(
      { Look: { Type: 'Pass', Output: '{% $states.context %}', End: true } },
      { n: 1 },
    );
    expect(outputOf(execution)).toEqual({
      Execution: {
        Id: execution.arn,
        Input: { n: 1 },
        Name: execution.name,
        RoleArn: 'arn:aws:iam::111122223333:role/workflow',
        StartTime: new Date(execution.startMs).toISOString(),
        RedriveCount: 0,
      },
      State: { Name: 'Look', EnteredTime: expect.stringMatching(/Z$/), RetryCount: 0 },
      StateMachine: { Id: execution.machine.arn, Name: 'machine-1' },
    });
  });
});
