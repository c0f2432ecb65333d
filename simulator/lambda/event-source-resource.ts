import { type ResourceProvider, resource } from '../cloudformation/resource-provider.ts';
import { changesOf, checked, newEventSource } from './event-source-request.ts';
import { eventSourceMappingProperties } from './function-properties.ts';
import type { LambdaModel } from './model.ts';

/** AWS::Lambda::EventSourceMapping of an SQS queue. */
export function eventSourceResource({ eventSources }: LambdaModel): ResourceProvider {
  return resource(
    eventSourceMappingProperties,
    (properties) => {
      const { uuid, arn } = eventSources.create(newEventSource(properties));
      return { physicalId: uuid, attributes: { Id: uuid, EventSourceMappingArn: arn } };
    },
    {
      replacedBy: ['EventSourceArn'],
      async update({ physicalId, next }) {
        // What the template no longer names goes back to its default.
        const request = newEventSource(next);
        await eventSources.update(physicalId, checked({ ...request, ...changesOf(next) }));
        return undefined;
      },
      async delete({ physicalId }) {
        await eventSources.delete(physicalId);
      },
    },
  );
}
