import {
  DescribeEventBusCommand,
  DescribeRuleCommand,
  EventBridgeClient,
  InvalidEventPatternException,
  ListEventBusesCommand,
  ListTagsForResourceCommand,
  ListTargetsByRuleCommand,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
  ResourceNotFoundException,
} from '@aws-sdk/client-eventbridge';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { EventsModel } from '../../../simulator/events/model.ts';
import { eventsWire } from '../../../simulator/events/wire.ts';
import { type SimulatedAws, simulatedAws } from '../wire/simulated-aws.ts';

let aws: SimulatedAws;
let client: EventBridgeClient;
beforeEach(async () => {
  aws = await simulatedAws((world) => [eventsWire(new EventsModel(world), world)]);
  client = new EventBridgeClient(aws.client);
});
afterEach(async () => {
  client.destroy();
  await aws.stop();
});

it('the SDK puts rules, targets and events', async () => {
  const EventPattern = JSON.stringify({ source: ['app'] });
  const { RuleArn } = await client.send(
    new PutRuleCommand({
      Name: 'things',
      EventPattern,
      Description: 'all',
      Tags: [{ Key: 'a', Value: 'b' }],
    }),
  );
  expect(RuleArn).toBe('arn:aws:events:eu-west-1:111122223333:rule/things');
  expect(await client.send(new ListTagsForResourceCommand({ ResourceARN: RuleArn }))).toMatchObject(
    {
      Tags: [{ Key: 'a', Value: 'b' }],
    },
  );
  const target = {
    Id: 'queue',
    Arn: 'arn:aws:sqs:eu-west-1:111122223333:things',
    DeadLetterConfig: { Arn: 'arn:aws:sqs:eu-west-1:111122223333:dead' },
    RetryPolicy: { MaximumRetryAttempts: 3, MaximumEventAgeInSeconds: 3600 },
  };
  expect(
    await client.send(new PutTargetsCommand({ Rule: 'things', Targets: [target] })),
  ).toMatchObject({ FailedEntryCount: 0 });
  expect((await client.send(new ListTargetsByRuleCommand({ Rule: 'things' }))).Targets).toEqual([
    target,
  ]);
  expect(await client.send(new DescribeRuleCommand({ Name: 'things' }))).toMatchObject({
    State: 'ENABLED',
    EventPattern,
    Description: 'all',
  });
  const { Entries, FailedEntryCount } = await client.send(
    new PutEventsCommand({
      Entries: [
        { Source: 'other', DetailType: 'Thing', Detail: '{"a":1}', Time: new Date(0) },
        { Source: 'other', DetailType: 'Thing', Detail: 'no' },
      ],
    }),
  );
  expect(FailedEntryCount).toBe(1);
  expect(Entries).toEqual([
    { EventId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
    { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' },
  ]);
});

it('the SDK gets typed errors', async () => {
  await expect(client.send(new DescribeRuleCommand({ Name: 'none' }))).rejects.toBeInstanceOf(
    ResourceNotFoundException,
  );
  await expect(
    client.send(new PutRuleCommand({ Name: 'bad', EventPattern: '{"a":1}' })),
  ).rejects.toBeInstanceOf(InvalidEventPatternException);
});

it('the SDK sees the default bus alone', async () => {
  const { EventBuses } = await client.send(new ListEventBusesCommand({}));
  expect(EventBuses).toMatchObject([{ Name: 'default' }]);
  expect(await client.send(new DescribeEventBusCommand({}))).toMatchObject({
    Arn: 'arn:aws:events:eu-west-1:111122223333:event-bus/default',
  });
});
