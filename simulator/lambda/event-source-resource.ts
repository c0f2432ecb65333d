import type { z } from 'zod';
import { type ResourceProvider, resource } from '../cloudformation/resource-provider.ts';
import { newEventSource } from './event-source-request.ts';
import { eventSourceMappingProperties } from './function-properties.ts';
import type { LambdaModel } from './model.ts';

/** AWS::Lambda::EventSourceMapping of an SQS queue. */
export function eventSourceResource({ eventSources }: LambdaModel): ResourceProvider {
  const request = ({ Tags = [], ...properties }: z.output<typeof eventSourceMappingProperties>) =>
    newEventSource({
      ...properties,
      Tags: Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value])),
    });
  return resource(
    eventSourceMappingProperties,
    (properties) => {
      const { uuid, arn } = eventSources.create(request(properties));
      return { physicalId: uuid, attributes: { Id: uuid, EventSourceMappingArn: arn } };
    },
    {
      replacedBy: ['EventSourceArn'],
      async update({ physicalId, next }) {
        // What the template no longer names goes back to its default.
        await eventSources.update(physicalId, request(next));
        return undefined;
      },
      async delete({ physicalId }) {
        await eventSources.delete(physicalId);
      },
    },
  );
}
