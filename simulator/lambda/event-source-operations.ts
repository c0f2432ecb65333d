import type {
  CreateEventSourceMappingCommandInput,
  CreateEventSourceMappingCommandOutput,
  DeleteEventSourceMappingCommandInput,
  DeleteEventSourceMappingCommandOutput,
  GetEventSourceMappingCommandInput,
  GetEventSourceMappingCommandOutput,
  ListEventSourceMappingsCommandInput,
  ListEventSourceMappingsCommandOutput,
  UpdateEventSourceMappingCommandInput,
  UpdateEventSourceMappingCommandOutput,
} from '@aws-sdk/client-lambda';
import type { World } from '../core/world.ts';
import { operation, type WireOperation } from '../wire/operation.ts';
import { eventSourceShape } from './event-source.ts';
import { changesOf, checked, newEventSource } from './event-source-request.ts';
import type { LambdaModel } from './model.ts';
import { page } from './page.ts';

const members = [
  'FunctionName',
  'Enabled',
  'BatchSize',
  'MaximumBatchingWindowInSeconds',
  'FunctionResponseTypes',
  'ScalingConfig',
  'FilterCriteria',
] as const;

/** Event source mappings of SQS queues. */
export function eventSourceOperations(
  { eventSources, functions }: LambdaModel,
  world: World,
): Record<string, WireOperation> {
  const nowMs = () => world.clock.now();
  return {
    CreateEventSourceMapping: operation<
      CreateEventSourceMappingCommandInput,
      CreateEventSourceMappingCommandOutput
    >([...members, 'EventSourceArn', 'Tags'], (input) =>
      eventSourceShape(eventSources.create(newEventSource(input)), nowMs()),
    ),

    UpdateEventSourceMapping: operation<
      UpdateEventSourceMappingCommandInput,
      UpdateEventSourceMappingCommandOutput
    >([...members, 'UUID'], async (input) => {
      const { UUID = '' } = input;
      const change = changesOf(input);
      checked({ ...eventSources.get(UUID), ...change });
      return eventSourceShape(await eventSources.update(UUID, change), nowMs());
    }),

    GetEventSourceMapping: operation<
      GetEventSourceMappingCommandInput,
      GetEventSourceMappingCommandOutput
    >(['UUID'], ({ UUID = '' }) => eventSourceShape(eventSources.get(UUID), nowMs())),

    DeleteEventSourceMapping: operation<
      DeleteEventSourceMappingCommandInput,
      DeleteEventSourceMappingCommandOutput
    >(['UUID'], async ({ UUID = '' }) => ({
      ...eventSourceShape(await eventSources.delete(UUID), nowMs()),
      State: 'Deleting',
    })),

    ListEventSourceMappings: operation<
      ListEventSourceMappingsCommandInput,
      ListEventSourceMappingsCommandOutput
    >(['EventSourceArn', 'FunctionName', 'Marker', 'MaxItems'], (input) => {
      const { EventSourceArn, FunctionName, Marker, MaxItems } = input;
      const functionArn = FunctionName && functions.resolve(FunctionName).invokedArn;
      const shapes = eventSources
        .list()
        .filter(({ queueArn }) => !EventSourceArn || queueArn === EventSourceArn)
        .filter((each) => !functionArn || each.functionArn === functionArn)
        .map((each) => eventSourceShape(each, nowMs()));
      const { items, next } = page(shapes, Marker, MaxItems);
      return { EventSourceMappings: items, ...(next && { NextMarker: next }) };
    }),
  };
}
