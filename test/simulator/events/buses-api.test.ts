import {
  CreateEventBusCommand,
  DeleteEventBusCommand,
  DeleteRuleCommand,
  DescribeEventBusCommand,
  DescribeRuleCommand,
  EventBridgeClient,
  ListEventBusesCommand,
  ListRulesCommand,
  ListTagsForResourceCommand,
  ListTargetsByRuleCommand,
  PutEventsCommand,
  PutPermissionCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemovePermissionCommand,
  RemoveTargetsCommand,
  TagResourceCommand,
  UntagResourceCommand,
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

const busArn = 'arn:aws:events:eu-west-1:111122223333:event-bus/shop';
const refusal = (name: string, message: string) => expect.objectContaining({ name, message });

it('a bus is made, described, permitted, tagged and deleted', async () => {
  const created = await client.send(
    new CreateEventBusCommand({ Name: 'shop', Description: 'd', Tags: [{ Key: 'a', Value: '1' }] }),
  );
  expect(created).toMatchObject({ EventBusArn: busArn, Description: 'd' });
  await expect(client.send(new CreateEventBusCommand({ Name: 'shop' }))).rejects.toEqual(
    refusal('ResourceAlreadyExistsException', 'Event bus shop already exists.'),
  );
  const { EventBuses } = await client.send(new ListEventBusesCommand({}));
  expect(EventBuses?.map(({ Name }) => Name)).toEqual(['default', 'shop']);
  await client.send(
    new PutPermissionCommand({
      EventBusName: 'shop',
      StatementId: 's',
      Action: 'events:PutEvents',
      Principal: '444455556666',
    }),
  );
  const { Policy } = await client.send(new DescribeEventBusCommand({ Name: 'shop' }));
  expect(JSON.parse(Policy ?? '')).toEqual({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 's',
        Effect: 'Allow',
        Principal: { AWS: 'arn:aws:iam::444455556666:root' },
        Action: 'events:PutEvents',
        Resource: busArn,
      },
    ],
  });
  await client.send(new RemovePermissionCommand({ EventBusName: 'shop', StatementId: 's' }));
  await expect(
    client.send(new RemovePermissionCommand({ EventBusName: 'shop', StatementId: 's' })),
  ).rejects.toEqual(refusal('ResourceNotFoundException', 'EventBus does not have a policy.'));
  const Tags = [{ Key: 'b', Value: '2' }];
  await client.send(new TagResourceCommand({ ResourceARN: busArn, Tags }));
  await client.send(new UntagResourceCommand({ ResourceARN: busArn, TagKeys: ['a'] }));
  expect(await client.send(new ListTagsForResourceCommand({ ResourceARN: busArn }))).toMatchObject({
    Tags,
  });
  await client.send(new DeleteEventBusCommand({ Name: 'shop' }));
  await client.send(new DeleteEventBusCommand({ Name: 'shop' }));
  await expect(client.send(new DescribeEventBusCommand({ Name: 'shop' }))).rejects.toEqual(
    refusal('ResourceNotFoundException', 'Event bus shop does not exist.'),
  );
  await expect(client.send(new DeleteEventBusCommand({ Name: 'default' }))).rejects.toEqual(
    refusal('ValidationException', 'Cannot delete event bus default.'),
  );
});

it("a bus's rules are its own, named in their ARNs", async () => {
  await client.send(new CreateEventBusCommand({ Name: 'shop' }));
  const EventPattern = JSON.stringify({ source: ['app'] });
  const { RuleArn } = await client.send(
    new PutRuleCommand({ Name: 'r', EventBusName: busArn, EventPattern, State: 'DISABLED' }),
  );
  expect(RuleArn).toBe('arn:aws:events:eu-west-1:111122223333:rule/shop/r');
  expect(
    await client.send(new DescribeRuleCommand({ Name: 'r', EventBusName: 'shop' })),
  ).toMatchObject({ EventBusName: 'shop', State: 'DISABLED', EventPattern });
  expect((await client.send(new ListRulesCommand({}))).Rules).toEqual([]);
  await expect(client.send(new DescribeRuleCommand({ Name: 'r' }))).rejects.toEqual(
    refusal('ResourceNotFoundException', 'Rule r does not exist on EventBus default.'),
  );
  await expect(client.send(new DeleteEventBusCommand({ Name: 'shop' }))).rejects.toEqual(
    refusal('ValidationException', "Event bus shop can't be deleted since it has rules."),
  );
  await expect(
    client.send(
      new PutRuleCommand({ Name: 's', EventBusName: 'shop', ScheduleExpression: 'rate(1 hour)' }),
    ),
  ).rejects.toEqual(
    refusal(
      'ValidationException',
      'ScheduleExpression is supported only on the default event bus.',
    ),
  );
  const answer = await client.send(
    new PutEventsCommand({
      Entries: ['shop', 'nowhere'].map((EventBusName) => ({
        Source: 'app',
        DetailType: 'd',
        Detail: '{}',
        EventBusName,
      })),
    }),
  );
  expect(answer).toMatchObject({
    FailedEntryCount: 0,
    Entries: [
      { EventId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
      { EventId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
    ],
  });
  expect(aws.world.journal.of('event.published')).toMatchObject([
    { id: answer.Entries?.[0]?.EventId },
  ]);
  expect(aws.world.journal.of('event.lost')).toMatchObject([
    { id: answer.Entries?.[1]?.EventId, reason: 'Event bus nowhere does not exist' },
  ]);
});

it('a scheduled rule and a transformed target read back as they were put', async () => {
  await client.send(new PutRuleCommand({ Name: 'r', ScheduleExpression: 'rate(1 hour)' }));
  const rule = await client.send(new DescribeRuleCommand({ Name: 'r' }));
  expect(rule).toMatchObject({
    ScheduleExpression: 'rate(1 hour)',
    State: 'ENABLED',
    CreatedBy: '111122223333',
  });
  expect(rule).not.toHaveProperty('EventPattern');
  const target = {
    Id: 't',
    Arn: 'arn:aws:lambda:eu-west-1:111122223333:function:f',
    InputTransformer: { InputPathsMap: { x: '$.detail.x' }, InputTemplate: '{"x":<x>}' },
  };
  await client.send(new PutTargetsCommand({ Rule: 'r', Targets: [target] }));
  expect((await client.send(new ListTargetsByRuleCommand({ Rule: 'r' }))).Targets).toEqual([
    target,
  ]);
  await expect(client.send(new DeleteRuleCommand({ Name: 'r' }))).rejects.toEqual(
    refusal('ValidationException', "Rule can't be deleted since it has targets."),
  );
  await client.send(new RemoveTargetsCommand({ Rule: 'r', Ids: ['t'] }));
  await client.send(new DeleteRuleCommand({ Name: 'r' }));
  await client.send(new DeleteRuleCommand({ Name: 'r' }));
});

it('targets that are not simulated, or too many, are refused whole', async () => {
  await client.send(new PutRuleCommand({ Name: 'r', ScheduleExpression: 'rate(1 hour)' }));
  const put = (Targets: { Id: string; Arn: string; EcsParameters?: object }[]) =>
    client.send(new PutTargetsCommand({ Rule: 'r', Targets: Targets as never }));
  const queue = 'arn:aws:sqs:eu-west-1:111122223333:q';
  await expect(
    put([{ Id: 'k', Arn: 'arn:aws:kinesis:eu-west-1:111122223333:stream/s' }]),
  ).rejects.toMatchObject({ name: 'NotImplemented' });
  await expect(put([{ Id: 'k', Arn: 'nonsense' }])).rejects.toEqual(
    refusal(
      'ValidationException',
      'Parameter Arn is not valid. Reason: Provided Arn is not in correct format.',
    ),
  );
  await expect(
    put(['1', '2', '3', '4', '5', '6'].map((Id) => ({ Id, Arn: queue }))),
  ).rejects.toEqual(
    refusal('LimitExceededException', 'The requested resource exceeds the maximum number allowed.'),
  );
  expect((await client.send(new ListTargetsByRuleCommand({ Rule: 'r' }))).Targets).toEqual([]);
});
