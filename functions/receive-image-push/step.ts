import type { Config, ServiceConfig } from '../core/config/schema.ts';
import { type IgnoredEvent, type ImagePush, parseImagePush } from '../core/events/image-push.ts';
import type { Clock } from '../core/ports/clock.ts';
import type { Log } from '../core/ports/log.ts';
import type { Records } from '../core/ports/records.ts';
import type { Workflow } from '../core/ports/workflow.ts';
import type { ReleaseRequest } from '../core/release.ts';
import { routePush } from '../core/routing/route-push.ts';
import { executionName } from '../core/workflow/execution-name.ts';
import {
  type IgnoredEventRecord,
  pushRecordKeys,
  type ReceivedPushRecord,
} from '../core/workflow/push-record.ts';

export interface ReceiveImagePushDeps {
  readonly config: Config;
  readonly workflow: Workflow;
  readonly records: Records;
  readonly clock: Clock;
  readonly log: Log;
}

/** An event with what it says, so that the record of an ignored one can hold it. */
export interface ReceivedEvent {
  readonly event: unknown;
  readonly parsed: ImagePush | IgnoredEvent;
}

export type ReceiveImagePushOutput =
  | { readonly outcome: 'ignored'; readonly reason: string }
  | {
      readonly outcome: 'started';
      readonly executions: readonly {
        readonly service: string;
        readonly executionName: string;
        readonly result: 'started' | 'already-started';
      }[];
    };

/** InvalidEventError leaves the function, so that the on-failure destination keeps event and reason. */
export function receiveEvent(event: unknown): ReceivedEvent {
  return { event, parsed: parseImagePush(event) };
}

/**
 * Starts one execution for each service that takes the image. The names are derived from the event, so
 * the same event delivered again starts nothing new (design D1).
 */
export async function receiveImagePush(
  { event, parsed }: ReceivedEvent,
  deps: ReceiveImagePushDeps,
): Promise<ReceiveImagePushOutput> {
  if (parsed.kind === 'ignored') return ignore(parsed, event, deps);
  const routing = routePush(deps.config, parsed);
  if (routing.kind === 'unmatched') {
    const { eventId, repository, digest } = parsed;
    const image = { repository, digest };
    return ignore({ eventId, reason: routing.reason, image }, event, deps);
  }
  const starts = routing.services.map((service) => {
    const request = requestFor(service, parsed);
    return { request, name: executionName(request) };
  });
  await keepReceived(parsed, starts, deps);

  const executions = [];
  const failures: unknown[] = [];
  for (const { request, name } of starts) {
    try {
      const result = await deps.workflow.startExecution({ name, input: request });
      deps.log.info('push routed', { ...request, executionName: name, result });
      executions.push({ service: request.service, executionName: name, result });
    } catch (error) {
      // One service must not cost the others their release; Lambda's retry starts what is missing.
      deps.log.warn('execution not started', { ...request, executionName: name, error });
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
  return { outcome: 'started', executions };
}

/** Before the starts, so that a push without an outcome can be found; it never holds a release back (D2). */
async function keepReceived(
  push: ImagePush,
  starts: readonly { readonly request: ReleaseRequest; readonly name: string }[],
  { records, log }: ReceiveImagePushDeps,
): Promise<void> {
  const key = pushRecordKeys.received(push.eventId);
  try {
    await records.write(key, receivedRecord(push, starts));
  } catch (error) {
    log.error('record not written', { key, error });
  }
}

async function ignore(
  { eventId, reason, image }: Omit<IgnoredEvent, 'kind'>,
  event: unknown,
  { records, clock, log }: ReceiveImagePushDeps,
): Promise<ReceiveImagePushOutput> {
  log.info('event ignored', { eventId, reason });
  const recordedAt = new Date(clock.now()).toISOString();
  const record: IgnoredEventRecord = { outcome: 'ignored', reason, eventId, recordedAt, event };
  await records.write(pushRecordKeys.ignored(eventId), record);
  if (image !== undefined) await keepIgnoredImage(image, record, { records, log });
  return { outcome: 'ignored', reason };
}

/** Lets who waits for the image learn why nothing comes of it; the record of the event is the one that counts. */
async function keepIgnoredImage(
  { repository, digest }: NonNullable<IgnoredEvent['image']>,
  { outcome, reason, eventId, recordedAt }: IgnoredEventRecord,
  { records, log }: Pick<ReceiveImagePushDeps, 'records' | 'log'>,
): Promise<void> {
  const key = pushRecordKeys.ignoredImage(repository, digest);
  try {
    await records.write(key, { outcome, reason, eventId, recordedAt });
  } catch (error) {
    log.error('record not written', { key, error });
  }
}

function requestFor(service: ServiceConfig, push: ImagePush): ReleaseRequest {
  const { repository, tag, digest, pushedAt, eventId } = push;
  return { service: service.name, repository, tag, digest, pushedAt, eventId };
}

function receivedRecord(
  { repository, tag, digest, pushedAt }: ImagePush,
  starts: readonly { readonly request: ReleaseRequest; readonly name: string }[],
): ReceivedPushRecord {
  const executions = starts.map(({ request, name }) => ({
    service: request.service,
    executionName: name,
  }));
  return { repository, tag, digest, pushedAt, executions };
}
