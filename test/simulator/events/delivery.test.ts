import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AwsError } from '../../../simulator/core/aws-error.ts';
import type { Invocation } from '../../../simulator/core/services.ts';
import { EventsModel } from '../../../simulator/events/model.ts';
import { eventsResources } from '../../../simulator/events/resources.ts';
import { eventsWire } from '../../../simulator/events/wire.ts';
import { createTestWorld, type TestWorld } from '../../support/simulator/fake-world.ts';

const functionArn = 'arn:aws:lambda:eu-west-1:111122223333:function:receive';
const queueArn = 'arn:aws:sqs:eu-west-1:111122223333:dead';
const ruleArn = 'arn:aws:events:eu-west-1:111122223333:rule/pushes';

let world: TestWorld;
let model: EventsModel;
let invocations: Invocation[];
let queued: { queueArn: string; body: unknown; attributes: unknown }[];
let answer: () => void;

beforeEach(() => {
  invocations = [];
  queued = [];
  answer = () => {};
  world = createTestWorld({
    services: {
      lambda: {
        invoke: async (invocation) => {
          invocations.push(invocation);
          answer();
          return { statusCode: 202, requestId: 'r' };
        },
      },
      sqs: {
        send: (arn, body, attributes) => {
          queued.push({ queueArn: arn, body: JSON.parse(body), attributes });
          return 'm';
        },
      },
      sns: {
        publish: (arn, { message }) => {
          queued.push({ queueArn: arn, body: JSON.parse(message), attributes: undefined });
          return 'm';
        },
      },
      states: {
        startExecution: ({ stateMachineArn, name, input }) => {
          queued.push({ queueArn: stateMachineArn, body: input, attributes: name });
          return { executionArn: 'e' };
        },
      },
    },
  });
  model = new EventsModel(world);
});
afterEach(async () => {
  await model.stop();
  world.clock.stop();
});

const rule = async (properties: Record<string, unknown> = {}) => {
  const provider = eventsResources(model, world)['AWS::Events::Rule'];
  const parsed = provider?.properties.parse({
    Name: 'pushes',
    EventPattern: { source: ['aws.ecr'] },
    Targets: [{ Id: 'receive', Arn: functionArn }],
    ...properties,
  });
  return provider?.create(parsed as never, {
    world,
    stackName: 'S',
    logicalId: 'L',
    generatedName: () => 'generated',
  });
};
const push = (detail: unknown = { 'image-tag': 'v1' }) =>
  model.publish({ source: 'aws.ecr', detailType: 'ECR Image Action', resources: [], detail });
const outcomes = () => world.journal.of('event.delivered').map((entry) => entry.outcome);
const delivered = (count: number) => vi.waitFor(() => expect(outcomes()).toHaveLength(count));

describe('an event that matches a rule', () => {
  it('reaches the function with the envelope that AWS sends', async () => {
    await rule();
    const id = push();
    expect(invocations).toEqual([]);
    await delivered(1);
    expect(invocations).toEqual([
      {
        functionName: functionArn,
        type: 'Event',
        invoker: { principal: 'events.amazonaws.com', sourceArn: ruleArn },
        payload: {
          version: '0',
          id,
          'detail-type': 'ECR Image Action',
          source: 'aws.ecr',
          account: '111122223333',
          time: expect.stringMatching(/^2026-11-21T09:00:0\dZ$/),
          region: 'eu-west-1',
          resources: [],
          detail: { 'image-tag': 'v1' },
        },
      },
    ]);
  });

  it('is delivered again under the same id', async () => {
    await rule();
    const id = push();
    model.redeliver(id);
    await delivered(2);
    expect(invocations.map(({ payload }) => (payload as { id: string }).id)).toEqual([id, id]);
    expect(() => model.redeliver('nothing')).toThrow(/no event of that id/);
  });

  it('reaches queues, topics and state machines, each with its own input', async () => {
    const machineArn = 'arn:aws:states:eu-west-1:111122223333:stateMachine:deploy';
    const topicArn = 'arn:aws:sns:eu-west-1:111122223333:topic';
    await rule({
      Targets: [
        { Id: 'queue', Arn: queueArn, InputPath: '$.detail' },
        { Id: 'topic', Arn: topicArn, Input: '{"fixed":1}' },
        { Id: 'machine', Arn: machineArn, RoleArn: 'arn:aws:iam::111122223333:role/r' },
      ],
    });
    const id = push();
    await delivered(3);
    expect(queued).toEqual([
      { queueArn, body: { 'image-tag': 'v1' }, attributes: undefined },
      { queueArn: topicArn, body: { fixed: 1 }, attributes: undefined },
      {
        queueArn: machineArn,
        body: expect.objectContaining({ id }),
        attributes: expect.stringMatching(new RegExp(`^${id}_`)),
      },
    ]);
  });

  it('of a disabled rule goes nowhere', async () => {
    await rule({ State: 'DISABLED' });
    push();
    await world.clock.sleep(1_000);
    expect(outcomes()).toEqual([]);
  });
});

describe('a target that refuses', () => {
  const targets = (policy?: object) => ({
    Targets: [
      {
        Id: 'receive',
        Arn: functionArn,
        DeadLetterConfig: { Arn: queueArn },
        ...(policy && { RetryPolicy: policy }),
      },
    ],
  });
  const refuse = (code: string) => {
    answer = () => {
      throw new AwsError(code, `${code}!`);
    };
  };

  it.each([
    ['AccessDeniedException', 'NO_PERMISSIONS'],
    ['ResourceNotFoundException', 'NO_RESOURCE'],
  ])('for good (%s) goes to the dead-letter queue at once', async (thrown, code) => {
    refuse(thrown);
    await rule(targets());
    const id = push();
    await delivered(1);
    expect(invocations).toHaveLength(1);
    expect(queued).toEqual([
      {
        queueArn,
        body: expect.objectContaining({ id, source: 'aws.ecr' }),
        attributes: {
          RULE_ARN: ruleArn,
          TARGET_ARN: functionArn,
          ERROR_CODE: code,
          ERROR_MESSAGE: `${thrown}!`,
        },
      },
    ]);
    expect(outcomes()).toEqual(['dead-lettered']);
  });

  it('for now is tried again as often as the retry policy says', async () => {
    refuse('TooManyRequestsException');
    await rule(targets({ MaximumRetryAttempts: '3' }));
    push();
    await delivered(1);
    expect(invocations).toHaveLength(4);
    expect(queued[0]?.attributes).toMatchObject({
      ERROR_CODE: 'THROTTLING',
      EXHAUSTED_RETRY_CONDITION: 'MaximumRetryAttempts',
      RETRY_ATTEMPTS: '3',
    });
  });

  it('for longer than the event may live is given up', async () => {
    refuse('TooManyRequestsException');
    await rule(targets({ MaximumEventAgeInSeconds: 60 }));
    const startedAtMs = world.clock.now();
    push();
    await delivered(1);
    expect(world.clock.now() - startedAtMs).toBeLessThan(60_000);
    expect(queued[0]?.attributes).toMatchObject({
      EXHAUSTED_RETRY_CONDITION: 'MaximumEventAgeInSeconds',
    });
  });

  it('once is tried again and then succeeds', async () => {
    answer = () => {
      if (invocations.length === 1) throw new AwsError('TooManyRequestsException', 'Slow down');
    };
    await rule(targets());
    push();
    await delivered(1);
    expect(invocations).toHaveLength(2);
    expect(outcomes()).toEqual(['ok']);
    expect(queued).toEqual([]);
  });

  it('without a dead-letter queue drops the event', async () => {
    refuse('AccessDeniedException');
    await rule();
    push();
    await delivered(1);
    expect(outcomes()).toEqual(['dropped']);
  });
});

describe('the wire', () => {
  const call = async (name: string, input: object) => {
    const operation = eventsWire(model, world).operations[name];
    const context = { caller: { accessKeyId: 'x', name: 'user' }, requestId: 'r' };
    return (await operation?.handle(input as never, context)) as Record<string, unknown>;
  };
  const entry = { Source: 'app', DetailType: 'Thing', Detail: '{}' };

  it.each([
    ['no source', { ...entry, Source: undefined }, 'InvalidArgument', /Source is a required/],
    ['no detail', { ...entry, Detail: '' }, 'InvalidArgument', /Detail is a required/],
    ['broken detail', { ...entry, Detail: '{' }, 'MalformedDetail', /^Detail is malformed\.$/],
    ['an array as detail', { ...entry, Detail: '[]' }, 'MalformedDetail', /malformed/],
    ['another bus', { ...entry, EventBusName: 'x' }, 'InvalidArgument', /bus x does not exist/],
  ])('PutEvents fails an entry with %s and publishes the others', async (_, bad, code, message) => {
    expect(await call('PutEvents', { Entries: [bad, entry] })).toEqual({
      FailedEntryCount: 1,
      Entries: [
        { ErrorCode: code, ErrorMessage: expect.stringMatching(message) },
        { EventId: expect.any(String) },
      ],
    });
    expect(world.journal.of('event.published')).toHaveLength(1);
  });

  it('PutEvents takes time and resources over', async () => {
    await rule({ EventPattern: { source: ['app'] } });
    const Time = new Date('2020-01-02T03:04:05.678Z');
    await call('PutEvents', { Entries: [{ ...entry, Time, Resources: ['arn:a'] }] });
    await delivered(1);
    expect(invocations[0]?.payload).toMatchObject({
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

  it('PutEvents refuses more than 256 KB', async () => {
    const Detail = JSON.stringify({ text: 'x'.repeat(256 * 1024) });
    await expect(call('PutEvents', { Entries: [{ ...entry, Detail }] })).rejects.toMatchObject({
      message: 'Total size of the entries in the request is over the limit.',
    });
  });

  it('a rule is put, shown, disabled and deleted', async () => {
    expect(
      await call('PutRule', { Name: 'pushes', EventPattern: '{"source":["aws.ecr"]}' }),
    ).toEqual({ RuleArn: ruleArn });
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
    ['InputTransformer', { InputTransformer: { InputTemplate: '"x"' } }, /InputTransformer/],
    ['another service', { Arn: 'arn:aws:kinesis:eu-west-1:111122223333:stream/s' }, /kinesis/],
    [
      'a state machine without a role',
      { Arn: 'arn:aws:states:eu-west-1:111122223333:stateMachine:x' },
      /RoleArn is required/,
    ],
    ['Input and InputPath', { Input: '{}', InputPath: '$.detail' }, /Only one of/],
    ['a path that is none', { InputPath: '$.detail[0]' }, /InputPath/],
    ['too many retries', { RetryPolicy: { MaximumRetryAttempts: 186 } }, /0 to 185/],
  ])('PutTargets refuses %s', async (_, members, message) => {
    await rule({ Targets: [] });
    await expect(
      call('PutTargets', { Rule: 'pushes', Targets: [{ Id: 'a', Arn: functionArn, ...members }] }),
    ).rejects.toMatchObject({
      code: 'ValidationException',
      message: expect.stringMatching(message),
    });
  });

  it('PutRule refuses schedules', async () => {
    await expect(
      call('PutRule', { Name: 'x', ScheduleExpression: 'rate(1 hour)' }),
    ).rejects.toMatchObject({ message: expect.stringContaining('rate(1 hour)') });
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
});
