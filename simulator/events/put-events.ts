import type {
  PutEventsCommandInput,
  PutEventsCommandOutput,
  PutEventsRequestEntry,
  PutEventsResultEntry,
} from '@aws-sdk/client-eventbridge';
import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import { operation, type WireOperation } from '../wire/operation.ts';
import type { EventsModel } from './model.ts';

const entriesLimit = 10;
/** Of all entries together, in bytes (256 KB until January 2026: AWS Compute Blog, "More room to build"). */
const sizeLimit = 1024 * 1024;
/** Of JSON inside JSON (PutEvents, API reference); that deeper detail is malformed is an assumption. */
const deepestLevel = 1_100;

/** PutEvents: a bad entry fails alone, the others are published. */
export function putEventsOperation(model: EventsModel, world: World): WireOperation {
  return operation<PutEventsCommandInput, PutEventsCommandOutput>(['Entries'], ({ Entries }) => {
    const entries = Entries ?? [];
    if (entries.length === 0 || entries.length > entriesLimit) {
      throw new AwsError(
        'ValidationException',
        `1 validation error detected: Value at 'entries' failed to satisfy constraint: Member must have length between 1 and ${entriesLimit}, inclusive`,
      );
    }
    const size = entries.reduce((sum, entry) => sum + entrySize(entry), 0);
    if (size > sizeLimit) {
      throw new AwsError(
        'ValidationException',
        'Total size of the entries in the request is over the limit.',
      );
    }
    const results = entries.map((entry) => putEntry(model, world, entry));
    return {
      FailedEntryCount: results.filter((result) => result.ErrorCode !== undefined).length,
      Entries: results,
    };
  });
}

function putEntry(
  model: EventsModel,
  world: World,
  entry: PutEventsRequestEntry,
): PutEventsResultEntry {
  const failure = (ErrorCode: string, ErrorMessage: string) => ({ ErrorCode, ErrorMessage });
  const { Source, DetailType, Detail, Resources, Time, EventBusName } = entry;
  for (const [name, value] of Object.entries({ Source, DetailType, Detail })) {
    if (!value) {
      return failure(
        'InvalidArgument',
        `Parameter ${name} is not valid. Reason: ${name} is a required argument.`,
      );
    }
  }
  if (Source?.startsWith('aws.') && world.settings.refuseReservedEventSources) {
    return failure('NotAuthorizedForSourceException', 'Not authorized for the source.');
  }
  const detail = parseObject(Detail ?? '');
  if (detail === undefined) return failure('MalformedDetail', 'Detail is malformed.');
  const bus = model.buses.find(EventBusName);
  if (!bus) {
    // Accepted and lost, as recorded of AWS (localstack, test_put_events_nonexistent_event_bus).
    const id = world.ids.uuid();
    world.journal.record('event.lost', {
      id,
      source: Source,
      detailType: DetailType,
      reason: `Event bus ${EventBusName} does not exist`,
    });
    return { EventId: id };
  }
  const event = {
    source: Source ?? '',
    detailType: DetailType ?? '',
    resources: Resources ?? [],
    detail,
  };
  return { EventId: model.publishAt(event, Time?.getTime() ?? world.clock.now(), bus.name) };
}

/** EventBridge's rule: 14 bytes for a time, UTF-8 for the rest. */
function entrySize({ Time, Source, DetailType, Detail, Resources }: PutEventsRequestEntry): number {
  const texts = [Source, DetailType, Detail, ...(Resources ?? [])];
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text ?? ''), Time ? 14 : 0);
}

function parseObject(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    return isDeeper(value, deepestLevel) ? undefined : value;
  } catch {
    return undefined;
  }
}

/** Level by level, because a call for each would not survive what it looks for. */
function isDeeper(value: object, levels: number): boolean {
  let level: object[] = [value];
  for (let depth = 1; level.length > 0; depth++) {
    if (depth > levels) return true;
    level = level
      .flatMap((item): unknown[] => Object.values(item))
      .filter((item): item is object => typeof item === 'object' && item !== null);
  }
  return false;
}
