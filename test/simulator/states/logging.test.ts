import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  DeleteLogGroupCommand,
  DescribeLogStreamsCommand,
  GetLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import {
  CreateStateMachineCommand,
  type LoggingConfiguration,
  SFNClient,
  StartSyncExecutionCommand,
  UpdateStateMachineCommand,
} from '@aws-sdk/client-sfn';
import { describe, expect, it } from 'vitest';
import { serviceWorld } from './service-world.ts';

const groupArn = 'arn:aws:logs:eu-west-1:123456789012:log-group:/aws/vendedlogs/states/w:*';
const logGroupName = '/aws/vendedlogs/states/w';

/** One whose operations need no host called `sync-…`. */
class HostlessClient extends SFNClient {
  constructor(config: object) {
    super({ ...config, disableHostPrefix: true });
  }
}

const to = (level: LoggingConfiguration['level'], includeExecutionData = false) => ({
  level,
  includeExecutionData,
  destinations: [{ cloudWatchLogsLogGroup: { logGroupArn: groupArn } }],
});

async function loggingWorld() {
  const base = await serviceWorld();
  const logs = base.client(CloudWatchLogsClient as new (config: object) => CloudWatchLogsClient);
  await logs.send(new CreateLogGroupCommand({ logGroupName }));
  const roleArn = await base.role('logging', ['logs:*']);
  const createWith = async (
    states: object,
    loggingConfiguration: LoggingConfiguration,
    fields: Partial<CreateStateMachineCommand['input']> = {},
  ) => {
    const definition = JSON.stringify({ StartAt: Object.keys(states)[0], States: states });
    const { stateMachineArn = '' } = await base.sfn.send(
      new CreateStateMachineCommand({
        name: 'logged',
        definition,
        roleArn,
        loggingConfiguration,
        ...fields,
      }),
    );
    return stateMachineArn;
  };
  const streams = async () => {
    const { logStreams = [] } = await logs.send(new DescribeLogStreamsCommand({ logGroupName }));
    return logStreams.map((one) => one.logStreamName ?? '');
  };
  const logged = async () => {
    const logStreamName = (await streams()).find((name) => name.startsWith('states/'));
    if (logStreamName === undefined) return [];
    const { events = [] } = await logs.send(
      new GetLogEventsCommand({ logGroupName, logStreamName, startFromHead: true }),
    );
    return events.map(({ message = '' }) => JSON.parse(message));
  };
  return { ...base, logs, roleArn, createWith, streams, logged };
}

const failing = { Bad: { Type: 'Fail', Error: 'Own', Cause: 'why' } };
const passing = { Hand: { Type: 'Pass', Result: { a: 1 }, End: true } };

describe('execution logs', () => {
  it('have every event with its data as texts', async () => {
    const { createWith, start, ended, logged, streams, roleArn } = await loggingWorld();
    const executionArn = await start(await createWith(passing, to('ALL', true)), { x: 1 });
    const { startDate } = await ended(executionArn);
    const events = await logged();
    expect(events.map(({ id, type, previous_event_id }) => [id, type, previous_event_id])).toEqual([
      ['1', 'ExecutionStarted', '0'],
      ['2', 'PassStateEntered', '0'],
      ['3', 'PassStateExited', '2'],
      ['4', 'ExecutionSucceeded', '3'],
    ]);
    expect(events[0]).toEqual({
      id: '1',
      type: 'ExecutionStarted',
      details: { input: '{"x":1}', inputDetails: { truncated: false }, roleArn },
      previous_event_id: '0',
      event_timestamp: expect.stringMatching(/^\d{13}$/),
      execution_arn: executionArn,
      redrive_count: '0',
    });
    expect(Math.abs(Number(events[0].event_timestamp) - Number(startDate))).toBeLessThan(1_000);
    expect(events[2].details).toEqual({
      name: 'Hand',
      output: '{"a":1}',
      outputDetails: { truncated: false },
    });
    expect((await streams()).sort()).toEqual([
      'log_stream_created_by_aws_to_validate_log_delivery_subscriptions',
      expect.stringMatching(/^states\/logged\/\d{4}(-\d{2}){4}\/[0-9a-f]{8}$/),
    ]);
  });

  it.each([
    ['ALL', ['ExecutionStarted', 'FailStateEntered', 'ExecutionFailed']],
    ['ERROR', ['FailStateEntered', 'ExecutionFailed']],
    ['FATAL', ['ExecutionFailed']],
    ['OFF', []],
  ] as const)('at level %s have %j of a failure, without data', async (level, types) => {
    const { createWith, start, ended, logged } = await loggingWorld();
    await ended(await start(await createWith(failing, to(level)), { secret: 1 }));
    const events = await logged();
    expect(events.map(({ type }) => type)).toEqual(types);
    expect(JSON.stringify(events)).not.toContain('secret');
    if (level !== 'OFF') expect(events.at(-1).details).toEqual({ error: 'Own', cause: 'why' });
  });

  it('cut data off that is too long for an event', async () => {
    const { createWith, start, ended, logged } = await loggingWorld();
    const text = '"'.repeat(100_000);
    await ended(await start(await createWith(failing, to('ALL', true)), { text }));
    const [{ details }] = await logged();
    expect(details.inputDetails).toEqual({ truncated: true });
    expect(JSON.stringify(details.input).length).toBeLessThanOrEqual(248 * 1_024);
    expect(JSON.stringify(details.input).length).toBeGreaterThan(247 * 1_024);
  });

  it('are the only history of Express workflows', async () => {
    const { createWith, logged, client } = await loggingWorld();
    const stateMachineArn = await createWith(passing, to('ALL'), { type: 'EXPRESS' });
    const sync = client(HostlessClient);
    const { executionArn } = await sync.send(new StartSyncExecutionCommand({ stateMachineArn }));
    const events = await logged();
    expect(events).toHaveLength(4);
    expect(events[3]).toMatchObject({ execution_arn: executionArn, details: {} });
  });

  it('go on without a log group that was deleted', async () => {
    const { createWith, start, ended, logs } = await loggingWorld();
    const arn = await createWith(passing, to('ALL'));
    await logs.send(new DeleteLogGroupCommand({ logGroupName }));
    expect((await ended(await start(arn))).status).toBe('SUCCEEDED');
  });
});

describe('a logging configuration', () => {
  const other = groupArn.replace('/w:', '/other:');
  it.each([
    [{ level: 'ALL' }, 'Must specify exactly one Log Destination.'],
    [{ level: 'ERROR', destinations: [] }, 'Must specify exactly one Log Destination.'],
    [
      { ...to('ALL'), destinations: [...to('ALL').destinations, ...to('ALL').destinations] },
      'Must specify exactly one Log Destination.',
    ],
    [
      { level: 'ALL', destinations: [{ cloudWatchLogsLogGroup: { logGroupArn: other } }] },
      'Log Destination not found.',
    ],
  ] as [LoggingConfiguration, string][])('refuses %j', async (configuration, problem) => {
    const { createWith } = await loggingWorld();
    await expect(createWith(passing, configuration)).rejects.toMatchObject({
      name: 'InvalidLoggingConfiguration',
      message: `Invalid Logging Configuration: ${problem}`,
    });
  });

  it('needs a role that may set the delivery up, in updates as well', async () => {
    const { createWith, role, sfn } = await loggingWorld();
    const roleArn = await role('poor', ['logs:PutLogEvents']);
    const denied = {
      name: 'AccessDeniedException',
      message: 'The state machine IAM Role is not authorized to access the Log Destination',
    };
    await expect(createWith(passing, to('ALL'), { roleArn })).rejects.toMatchObject(denied);
    const stateMachineArn = await createWith(passing, to('OFF'), { roleArn });
    const update = (loggingConfiguration: LoggingConfiguration) =>
      sfn.send(new UpdateStateMachineCommand({ stateMachineArn, loggingConfiguration }));
    await expect(update(to('FATAL'))).rejects.toMatchObject(denied);
  });

  it('makes a revision only where it changes something', async () => {
    const { createWith, sfn } = await loggingWorld();
    const stateMachineArn = await createWith(passing, to('ALL'));
    const update = async (loggingConfiguration: LoggingConfiguration) =>
      (await sfn.send(new UpdateStateMachineCommand({ stateMachineArn, loggingConfiguration })))
        .revisionId;
    const first = await update(to('FATAL'));
    expect(await update(to('FATAL'))).toBe(first);
    expect(await update(to('FATAL', true))).not.toBe(first);
  });
});
