import { expect, it } from 'vitest';
import { SqsModel } from '../../../simulator/sqs/model.ts';
import { sqsResources } from '../../../simulator/sqs/resources.ts';
import { createTestWorld } from '../../support/simulator/fake-world.ts';
import { createResource } from '../wire/create-resource.ts';

it('a queue with redrive policy and queue policy is created from a template', async () => {
  const world = createTestWorld();
  const model = new SqsModel(world);
  const create = (type: string, properties: unknown) =>
    createResource(sqsResources(model, world), world, type, properties);
  const dead = await create('AWS::SQS::Queue', { QueueName: 'dead', SqsManagedSseEnabled: true });
  const created = await create('AWS::SQS::Queue', {
    MessageRetentionPeriod: '1209600',
    RedrivePolicy: { deadLetterTargetArn: dead.attributes?.Arn, maxReceiveCount: 3 },
  });
  expect(created).toEqual({
    physicalId: 'http://127.0.0.1:9/111122223333/Stack-Thing-ABCDEF123456',
    attributes: {
      Arn: 'arn:aws:sqs:eu-west-1:111122223333:Stack-Thing-ABCDEF123456',
      QueueName: 'Stack-Thing-ABCDEF123456',
      QueueUrl: 'http://127.0.0.1:9/111122223333/Stack-Thing-ABCDEF123456',
    },
  });
  await create('AWS::SQS::QueuePolicy', {
    Queues: [created.physicalId],
    PolicyDocument: { Statement: [] },
  });
  expect(model.byName('Stack-Thing-ABCDEF123456').attributes).toMatchObject({
    MessageRetentionPeriod: '1209600',
    RedrivePolicy: expect.stringContaining('"maxReceiveCount":3'),
    Policy: '{"Statement":[]}',
  });
});
