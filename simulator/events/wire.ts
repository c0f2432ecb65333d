import type {
  DescribeEventBusCommandInput,
  DescribeEventBusCommandOutput,
  ListEventBusesCommandInput,
  ListEventBusesCommandOutput,
  TestEventPatternCommandInput,
  TestEventPatternCommandOutput,
} from '@aws-sdk/client-eventbridge';
import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import { operation, type WireService } from '../wire/operation.ts';
import { compilePattern } from './event-pattern.ts';
import type { EventsModel } from './model.ts';
import { putEventsOperation } from './put-events.ts';
import { ruleOperations } from './rule-operations.ts';
import { targetOperations } from './target-operations.ts';

/** TestEventPattern wants a whole event. */
const envelopeFields = ['id', 'account', 'source', 'time', 'region', 'resources', 'detail-type'];

export function eventsWire(model: EventsModel, world: World): WireService {
  const createdAt = () => new Date(model.createdAtMs);
  const bus = () => ({
    Name: 'default',
    Arn: model.busArn,
    CreationTime: createdAt(),
    LastModifiedTime: createdAt(),
  });
  return {
    name: 'eventbridge',
    operations: {
      PutEvents: putEventsOperation(model, world),
      ...ruleOperations(model),
      ...targetOperations(model),

      TestEventPattern: operation<TestEventPatternCommandInput, TestEventPatternCommandOutput>(
        ['EventPattern', 'Event'],
        ({ EventPattern = '', Event = '' }) => ({
          Result: compilePattern(EventPattern)(parseEvent(Event)),
        }),
      ),

      DescribeEventBus: operation<DescribeEventBusCommandInput, DescribeEventBusCommandOutput>(
        ['Name'],
        ({ Name }) => {
          model.requireDefaultBus(Name);
          return bus();
        },
      ),

      ListEventBuses: operation<ListEventBusesCommandInput, ListEventBusesCommandOutput>(
        ['NamePrefix'],
        ({ NamePrefix = '' }) => ({
          EventBuses: 'default'.startsWith(NamePrefix) ? [bus()] : [],
        }),
      ),
    },
  };
}

function parseEvent(text: string): Record<string, unknown> {
  const invalid = (reason: string) =>
    new AwsError('ValidationException', `Parameter Event is not valid. Reason: ${reason}`);
  let event: unknown;
  try {
    event = JSON.parse(text);
  } catch (error) {
    throw invalid((error as Error).message);
  }
  if (typeof event !== 'object' || event === null) throw invalid('it is not an object');
  const missing = envelopeFields.filter((field) => !(field in event));
  if (missing.length > 0) throw invalid(`missing fields: ${missing.join(', ')}`);
  return event as Record<string, unknown>;
}
