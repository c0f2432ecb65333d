import { z } from 'zod';
import {
  cfnBoolean,
  cfnJson,
  cfnJsonOrText,
  cfnNumber,
  cfnTags,
} from '../cloudformation/property-schemas.ts';
import { type ResourceProviders, resource } from '../cloudformation/resource-provider.ts';
import { serviceApi } from '../cloudformation/service-api.ts';
import { changeTags } from '../cloudformation/tag-changes.ts';
import type { World } from '../core/world.ts';
import type { SqsModel } from './model.ts';
import { sqsWire } from './wire.ts';

const queueProperties = z.strictObject({
  QueueName: z.string().optional(),
  DelaySeconds: cfnNumber.optional(),
  MaximumMessageSize: cfnNumber.optional(),
  MessageRetentionPeriod: cfnNumber.optional(),
  ReceiveMessageWaitTimeSeconds: cfnNumber.optional(),
  VisibilityTimeout: cfnNumber.optional(),
  SqsManagedSseEnabled: cfnBoolean.optional(),
  KmsMasterKeyId: z.string().optional(),
  KmsDataKeyReusePeriodSeconds: cfnNumber.optional(),
  FifoQueue: cfnBoolean.optional(),
  ContentBasedDeduplication: cfnBoolean.optional(),
  DeduplicationScope: z.string().optional(),
  FifoThroughputLimit: z.string().optional(),
  RedriveAllowPolicy: cfnJsonOrText(cfnJson).optional(),
  RedrivePolicy: z
    .strictObject({ deadLetterTargetArn: z.string(), maxReceiveCount: cfnNumber })
    .optional(),
  Tags: cfnTags,
});

const queuePolicyProperties = z.strictObject({
  Queues: z.array(z.string()),
  PolicyDocument: cfnJsonOrText(cfnJson),
});

export function sqsResources(model: SqsModel, world: World): ResourceProviders {
  const api = serviceApi(() => sqsWire(model, world));
  return {
    'AWS::SQS::Queue': resource(
      queueProperties,
      (properties, context) => {
        const attributes = queueAttributes(properties);
        const suffix = properties.FifoQueue ? '.fifo' : '';
        const name =
          properties.QueueName ?? `${context.generatedName(80 - suffix.length)}${suffix}`;
        const tags = (properties.Tags ?? []).map(({ Key, Value }) => [Key, Value] as const);
        const queue = model.createQueue(name, attributes, new Map(tags));
        const url = model.urlOf(queue);
        return {
          physicalId: url,
          attributes: { Arn: queue.arn, QueueName: queue.name, QueueUrl: url },
        };
      },
      {
        replacedBy: ['QueueName', 'FifoQueue'],
        nameProperty: 'QueueName',
        async update({ physicalId: QueueUrl, properties, next }, context) {
          const after = queueAttributes(next);
          const dropped = Object.keys(queueAttributes(properties)).filter(
            (name) => !(name in after),
          );
          // A property that is gone from the template goes back to its default.
          const defaults = Object.fromEntries(dropped.map((name) => [name, defaultOf[name] ?? '']));
          await api(
            'SetQueueAttributes',
            { QueueUrl, Attributes: { ...defaults, ...after } },
            context,
          );
          await changeTags(properties.Tags, next.Tags, {
            set: (tags) =>
              api(
                'TagQueue',
                { QueueUrl, Tags: Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value])) },
                context,
              ),
            remove: (TagKeys) => api('UntagQueue', { QueueUrl, TagKeys }, context),
          });
          return undefined;
        },
        async delete({ physicalId: QueueUrl }, context) {
          await api('DeleteQueue', { QueueUrl }, context);
        },
      },
    ),
    'AWS::SQS::QueuePolicy': resource(
      queuePolicyProperties,
      (properties, context) => {
        for (const url of properties.Queues) {
          const queue = model.byUrl(url);
          const Policy = JSON.stringify(properties.PolicyDocument);
          queue.attributes = { ...queue.attributes, Policy };
        }
        return { physicalId: context.generatedName(80) };
      },
      {
        update({ properties, next }) {
          for (const url of properties.Queues) withoutPolicy(model, url);
          for (const url of next.Queues) {
            const queue = model.byUrl(url);
            const Policy = JSON.stringify(next.PolicyDocument);
            queue.attributes = { ...queue.attributes, Policy };
          }
          return undefined;
        },
        delete({ properties }) {
          for (const url of properties.Queues) withoutPolicy(model, url);
        },
      },
    ),
  };
}

function withoutPolicy(model: SqsModel, url: string): void {
  const queue = model.byUrl(url);
  const { Policy: _policy, ...attributes } = queue.attributes;
  queue.attributes = attributes;
}

const defaultOf: Readonly<Record<string, string>> = {
  DelaySeconds: '0',
  MaximumMessageSize: '1048576',
  MessageRetentionPeriod: '345600',
  ReceiveMessageWaitTimeSeconds: '0',
  VisibilityTimeout: '30',
  SqsManagedSseEnabled: 'true',
};

function queueAttributes(properties: z.output<typeof queueProperties>): Record<string, string> {
  const { QueueName: _name, Tags: _tags, ...settings } = properties;
  return Object.fromEntries(
    Object.entries(settings)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [
        name,
        typeof value === 'object' ? JSON.stringify(value) : String(value),
      ]),
  );
}
