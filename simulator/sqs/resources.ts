import { z } from 'zod';
import { cfnBoolean, cfnJson, cfnNumber, cfnTags } from '../cloudformation/property-schemas.ts';
import { type ResourceProviders, resource } from '../cloudformation/resource-provider.ts';
import type { World } from '../core/world.ts';
import type { SqsModel } from './model.ts';

const queueProperties = z.strictObject({
  QueueName: z.string().optional(),
  DelaySeconds: cfnNumber.optional(),
  MaximumMessageSize: cfnNumber.optional(),
  MessageRetentionPeriod: cfnNumber.optional(),
  ReceiveMessageWaitTimeSeconds: cfnNumber.optional(),
  VisibilityTimeout: cfnNumber.optional(),
  SqsManagedSseEnabled: cfnBoolean.optional(),
  RedrivePolicy: z
    .strictObject({ deadLetterTargetArn: z.string(), maxReceiveCount: cfnNumber })
    .optional(),
  Tags: cfnTags,
});

const queuePolicyProperties = z.strictObject({
  Queues: z.array(z.string()),
  PolicyDocument: cfnJson,
});

export function sqsResources(model: SqsModel, _world: World): ResourceProviders {
  return {
    'AWS::SQS::Queue': resource(queueProperties, (properties, context) => {
      const { QueueName, Tags: _tags, ...settings } = properties;
      const attributes = Object.fromEntries(
        Object.entries(settings)
          .filter(([, value]) => value !== undefined)
          .map(([name, value]) => [
            name,
            typeof value === 'object' ? JSON.stringify(value) : String(value),
          ]),
      );
      const queue = model.createQueue(QueueName ?? context.generatedName(80), attributes);
      const url = model.urlOf(queue);
      return {
        physicalId: url,
        attributes: { Arn: queue.arn, QueueName: queue.name, QueueUrl: url },
      };
    }),
    'AWS::SQS::QueuePolicy': resource(queuePolicyProperties, (properties, context) => {
      for (const url of properties.Queues) {
        const queue = model.byUrl(url);
        const Policy = JSON.stringify(properties.PolicyDocument);
        queue.attributes = { ...queue.attributes, Policy };
      }
      return { physicalId: context.generatedName(80) };
    }),
  };
}
