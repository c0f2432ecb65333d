import type {
  TestEventPatternCommandInput,
  TestEventPatternCommandOutput,
} from '@aws-sdk/client-eventbridge';
import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import { operation, type WireService } from '../wire/operation.ts';
import { busOperations } from './bus-operations.ts';
import { compilePattern } from './event-pattern.ts';
import type { EventsModel } from './model.ts';
import { putEventsOperation } from './put-events.ts';
import { ruleOperations } from './rule-operations.ts';
import { tagOperations } from './tag-operations.ts';
import { targetOperations } from './target-operations.ts';

/** TestEventPattern wants a whole event. */
const envelopeFields = ['id', 'account', 'source', 'time', 'region', 'resources', 'detail-type'];

export function eventsWire(model: EventsModel, world: World): WireService {
  return {
    name: 'eventbridge',
    operations: {
      PutEvents: putEventsOperation(model, world),
      ...busOperations(model, world),
      ...tagOperations(model),
      ...ruleOperations(model),
      ...targetOperations(model),

      TestEventPattern: operation<TestEventPatternCommandInput, TestEventPatternCommandOutput>(
        ['EventPattern', 'Event'],
        ({ EventPattern = '', Event = '' }) => ({
          Result: compilePattern(EventPattern)(parseEvent(Event)),
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
