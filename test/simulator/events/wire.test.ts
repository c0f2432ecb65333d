import { afterEach, beforeEach, expect, it } from 'vitest';
import { EventsModel } from '../../../simulator/events/model.ts';
import { eventsWire } from '../../../simulator/events/wire.ts';
import { createTestWorld } from '../../support/simulator/fake-world.ts';
import { createEventsFixture, type EventsFixture, functionArn, ruleArn } from './events-fixture.ts';

let bus: EventsFixture;
beforeEach(() => {
  bus = createEventsFixture();
});
afterEach(() => bus.stop());

const call = async (name: string, input: object) => {
  const operation = eventsWire(bus.model, bus.world).operations[name];
  const context = { caller: { accessKeyId: 'x', name: 'user' }, requestId: 'r' };
  return (await operation?.handle(input as never, context)) as Record<string, unknown>;
};
const entry = { Source: 'app', DetailType: 'Thing', Detail: '{}' };

it.each([
  ['no source', { ...entry, Source: undefined }, 'InvalidArgument', /Source is a required/],
  ['no detail', { ...entry, Detail: '' }, 'InvalidArgument', /Detail is a required/],
  ['broken detail', { ...entry, Detail: '{' }, 'MalformedDetail', /^Detail is malformed\.$/],
  ['an array as detail', { ...entry, Detail: '[]' }, 'MalformedDetail', /malformed/],
])('PutEvents fails an entry with %s and publishes the others', async (_, bad, code, message) => {
  expect(await call('PutEvents', { Entries: [bad, entry] })).toEqual({
    FailedEntryCount: 1,
    Entries: [
      { ErrorCode: code, ErrorMessage: expect.stringMatching(message) },
      { EventId: expect.any(String) },
    ],
  });
  expect(bus.world.journal.of('event.published')).toHaveLength(1);
});

it('PutEvents takes time and resources over', async () => {
  await bus.rule({ EventPattern: { source: ['app'] } });
  const Time = new Date('2020-01-02T03:04:05.678Z');
  await call('PutEvents', { Entries: [{ ...entry, Time, Resources: ['arn:a'] }] });
  await bus.delivered(1);
  expect(bus.invocations[0]?.payload).toMatchObject({
    time: '2020-01-02T03:04:05Z',
    resources: ['arn:a'],
  });
});

it('PutEvents refuses sources of AWS when the settings say so', async () => {
  const reserved = { Entries: [{ ...entry, Source: 'aws.ecr' }] };
  expect(await call('PutEvents', reserved)).toMatchObject({ FailedEntryCount: 0 });
  const strict = createTestWorld({ settings: { refuseReservedEventSources: true } });
  const operation = eventsWire(new EventsModel(strict), strict).operations.PutEvents;
  expect(operation?.handle(reserved as never, {} as never)).toMatchObject({
    FailedEntryCount: 1,
    Entries: [{ ErrorCode: 'NotAuthorizedForSourceException' }],
  });
  strict.clock.stop();
});

it.each([[0], [11]])('PutEvents refuses %d entries', async (count) => {
  await expect(call('PutEvents', { Entries: Array(count).fill(entry) })).rejects.toMatchObject({
    code: 'ValidationException',
  });
});

// 256 KB until January 2026 (AWS Compute Blog, "More room to build").
it('PutEvents takes entries of 1 MB together and refuses a byte more', async () => {
  const detail = (bytes: number) => `{"text":"${'x'.repeat(bytes - '{"text":""}'.length)}"}`;
  const names = 'app'.length + 'Thing'.length;
  const half = { ...entry, Detail: detail(512 * 1024 - names) };
  expect(await call('PutEvents', { Entries: [half, half] })).toMatchObject({ FailedEntryCount: 0 });
  const more = { ...entry, Detail: detail(512 * 1024 - names + 1) };
  await expect(call('PutEvents', { Entries: [half, more] })).rejects.toMatchObject({
    message: 'Total size of the entries in the request is over the limit.',
  });
});

it('PutEvents takes JSON of 1,100 levels and not of more', async () => {
  const nested = (levels: number) => ({
    ...entry,
    Detail: `${'{"[":'.repeat(levels)}1${'}'.repeat(levels)}`,
  });
  expect(await call('PutEvents', { Entries: [nested(1_100), nested(1_101)] })).toMatchObject({
    Entries: [{ EventId: expect.any(String) }, { ErrorCode: 'MalformedDetail' }],
  });
});

it('a rule is put, shown, disabled and deleted', async () => {
  expect(await call('PutRule', { Name: 'pushes', EventPattern: '{"source":["aws.ecr"]}' })).toEqual(
    { RuleArn: ruleArn },
  );
  await call('PutTargets', { Rule: 'pushes', Targets: [{ Id: 'a', Arn: functionArn }] });
  expect(await call('ListTargetsByRule', { Rule: 'pushes' })).toEqual({
    Targets: [{ Id: 'a', Arn: functionArn }],
  });
  expect(await call('ListRuleNamesByTarget', { TargetArn: functionArn })).toEqual({
    RuleNames: ['pushes'],
  });
  await call('DisableRule', { Name: 'pushes' });
  expect(await call('ListRules', { NamePrefix: 'pu' })).toEqual({
    Rules: [
      {
        Name: 'pushes',
        Arn: ruleArn,
        EventPattern: '{"source":["aws.ecr"]}',
        State: 'DISABLED',
        EventBusName: 'default',
      },
    ],
  });
  await expect(call('DeleteRule', { Name: 'pushes' })).rejects.toMatchObject({
    message: "Rule can't be deleted since it has targets.",
  });
  await call('RemoveTargets', { Rule: 'pushes', Ids: ['a'] });
  await call('DeleteRule', { Name: 'pushes' });
  await expect(call('DescribeRule', { Name: 'pushes' })).rejects.toMatchObject({
    code: 'ResourceNotFoundException',
    message: 'Rule pushes does not exist on EventBus default.',
  });
});

it.each([
  [
    'a transformer beside an input',
    { Input: '1', InputTransformer: { InputTemplate: '"x"' } },
    /Only one of Input, InputPath, or InputTransformer/,
  ],
  [
    'a state machine without a role',
    { Arn: 'arn:aws:states:eu-west-1:111122223333:stateMachine:x' },
    /RoleArn is required/,
  ],
  [
    'a FIFO queue without its group',
    { Arn: 'arn:aws:sqs:eu-west-1:111122223333:jobs.fifo' },
    /^Parameter\(s\) SqsParameters must be specified for target: a\.$/,
  ],
  ['Input and InputPath', { Input: '{}', InputPath: '$.detail' }, /Only one of/],
  ['a path that is none', { InputPath: 'detail' }, /Invalid JSONPath detail/],
  ['too many retries', { RetryPolicy: { MaximumRetryAttempts: 186 } }, /0 to 185/],
])('PutTargets refuses %s', async (_, members, message) => {
  await bus.rule({ Targets: [] });
  await expect(
    call('PutTargets', { Rule: 'pushes', Targets: [{ Id: 'a', Arn: functionArn, ...members }] }),
  ).rejects.toMatchObject({
    code: 'ValidationException',
    message: expect.stringMatching(message),
  });
});

it('PutRule wants a pattern or a schedule that is one', async () => {
  await expect(
    call('PutRule', { Name: 'x', ScheduleExpression: 'rate(1 hours)' }),
  ).rejects.toMatchObject({ message: 'Parameter ScheduleExpression is not valid.' });
  await expect(call('PutRule', { Name: 'x' })).rejects.toMatchObject({
    message: 'Parameter(s) EventPattern or ScheduleExpression must be specified.',
  });
});

it('TestEventPattern wants a whole event', async () => {
  const event = {
    id: '1',
    account: '1',
    source: 'app',
    time: '2020-01-01T00:00:00Z',
    region: 'eu-west-1',
    resources: [],
    'detail-type': 'x',
    detail: {},
  };
  const EventPattern = '{"source":["app"]}';
  expect(await call('TestEventPattern', { EventPattern, Event: JSON.stringify(event) })).toEqual({
    Result: true,
  });
  await expect(
    call('TestEventPattern', { EventPattern, Event: '{"source":"app"}' }),
  ).rejects.toMatchObject({ message: expect.stringContaining('missing fields: id, account') });
});
