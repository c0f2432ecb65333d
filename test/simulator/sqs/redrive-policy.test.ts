import { CreateQueueCommand, SetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { SqsModel } from '../../../simulator/sqs/model.ts';
import { sqsWire } from '../../../simulator/sqs/wire.ts';
import { type SimulatedAws, simulatedAws } from '../wire/simulated-aws.ts';

let aws: SimulatedAws;
let sqs: SQSClient;
let model: SqsModel;

beforeEach(async () => {
  aws = await simulatedAws((world) => {
    model = new SqsModel(world);
    return [sqsWire(model, world)];
  });
  sqs = new SQSClient(aws.client);
  model.createQueue('dead', {});
  model.createQueue('dead.fifo', { FifoQueue: 'true' });
});
afterEach(() => aws.stop());

const arn = (name: string) => `arn:aws:sqs:eu-west-1:111122223333:${name}`;
const policy = (deadLetterTargetArn: unknown, maxReceiveCount: unknown = 3) =>
  JSON.stringify({ deadLetterTargetArn, maxReceiveCount });

it.each([
  ['[]', 'Redrive policy is not a valid JSON map.'],
  ['{}', 'Redrive policy does not contain mandatory attribute: maxReceiveCount.'],
  [
    '{"maxReceiveCount":1}',
    'Redrive policy does not contain mandatory attribute: deadLetterTargetArn.',
  ],
  [
    policy(arn('dead'), 1001),
    'Invalid value for maxReceiveCount: 1001, valid values are from 1 to 1000 both inclusive.',
  ],
  [policy(arn('dead'), 1.5), 'Invalid value for maxReceiveCount: 1.5,'],
  [policy('dummy'), 'Invalid value for deadLetterTargetArn.'],
  [policy(arn('absent')), 'Dead letter target does not exist.'],
  [policy(arn('dead.fifo')), 'Dead-letter queue must be same type of queue as the source.'],
])('a standard queue is refused the redrive policy %s', async (RedrivePolicy, reason) => {
  const wanted = {
    name: 'InvalidParameterValue',
    message: expect.stringContaining(
      `Value ${RedrivePolicy} for parameter RedrivePolicy is invalid. Reason: ${reason}`,
    ),
  };
  const Attributes = { RedrivePolicy };
  const create = new CreateQueueCommand({ QueueName: 'jobs', Attributes });
  await expect(sqs.send(create)).rejects.toMatchObject(wanted);
  const QueueUrl = model.urlOf(model.createQueue('jobs', {}));
  const set = new SetQueueAttributesCommand({ QueueUrl, Attributes });
  await expect(sqs.send(set)).rejects.toMatchObject(wanted);
});

it('a FIFO queue needs a FIFO queue for its dead letters', async () => {
  const create = (target: string) =>
    sqs.send(
      new CreateQueueCommand({
        QueueName: 'jobs.fifo',
        Attributes: { FifoQueue: 'true', RedrivePolicy: policy(arn(target), '1000') },
      }),
    );
  await expect(create('dead')).rejects.toThrow('must be same type of queue as the source');
  expect((await create('dead.fifo')).QueueUrl).toMatch(/\/jobs\.fifo$/);
});
