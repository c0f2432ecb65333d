import {
  AddPermissionCommand,
  CreateQueueCommand,
  GetQueueAttributesCommand,
  RemovePermissionCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { SqsModel } from '../../../simulator/sqs/model.ts';
import { sqsWire } from '../../../simulator/sqs/wire.ts';
import { type SimulatedAws, simulatedAws } from '../wire/simulated-aws.ts';

let aws: SimulatedAws;
let sqs: SQSClient;
let QueueUrl: string | undefined;
beforeEach(async () => {
  aws = await simulatedAws((world) => [sqsWire(new SqsModel(world), world)]);
  sqs = new SQSClient(aws.client);
  ({ QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'orders' })));
});
afterEach(() => aws.stop());

const add = (Label: string, Actions: string[], AWSAccountIds = ['222233334444']) =>
  sqs.send(new AddPermissionCommand({ QueueUrl, Label, Actions, AWSAccountIds }));
const remove = (Label: string) => sqs.send(new RemovePermissionCommand({ QueueUrl, Label }));
const policy = async () => {
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['Policy'] }),
  );
  return Attributes?.Policy && JSON.parse(Attributes.Policy);
};

it('permissions become statements of the policy, and go by their label', async () => {
  await add('send', ['SendMessage']);
  await add('both', ['ReceiveMessage', 'DeleteMessage'], ['222233334444', '333344445555']);
  const Resource = expect.stringMatching(/:orders$/);
  expect(await policy()).toEqual({
    Version: '2012-10-17',
    Id: expect.stringMatching(/:orders\/SQSDefaultPolicy$/),
    Statement: [
      {
        Sid: 'send',
        Effect: 'Allow',
        Principal: { AWS: 'arn:aws:iam::222233334444:root' },
        Action: 'SQS:SendMessage',
        Resource,
      },
      {
        Sid: 'both',
        Effect: 'Allow',
        Principal: {
          AWS: ['arn:aws:iam::222233334444:root', 'arn:aws:iam::333344445555:root'],
        },
        Action: ['SQS:ReceiveMessage', 'SQS:DeleteMessage'],
        Resource,
      },
    ],
  });
  await remove('send');
  expect((await policy()).Statement).toHaveLength(1);
  await remove('both');
  expect(await policy()).toBeUndefined();
});

it('a label is there once, and only what may be shared is', async () => {
  await add('send', ['SendMessage']);
  await expect(add('send', ['SendMessage'])).rejects.toThrow(
    'Value send for parameter Label is invalid. Reason: Already exists.',
  );
  await expect(remove('other')).rejects.toThrow(
    "Value other for parameter Label is invalid. Reason: can't find label.",
  );
  await expect(add('own', ['CreateQueue'])).rejects.toThrow(
    'Value SQS:CreateQueue for parameter ActionName is invalid. Reason: Only the queue owner is allowed to invoke this action.',
  );
});
