import { AwsError } from '../core/aws-error.ts';
import { type FilterCriteria, patternsOf } from './event-filter.ts';
import type { EventSourceRequest } from './event-sources.ts';

/** Members of an event source mapping as the API and templates spell them. */
export interface EventSourceMembers {
  readonly EventSourceArn?: string | undefined;
  readonly FunctionName?: string | undefined;
  readonly Enabled?: boolean | undefined;
  readonly BatchSize?: number | undefined;
  readonly MaximumBatchingWindowInSeconds?: number | undefined;
  readonly FunctionResponseTypes?: readonly string[] | undefined;
  readonly Tags?: Readonly<Record<string, string>> | undefined;
  readonly FilterCriteria?: FilterCriteria | undefined;
  readonly ScalingConfig?: { readonly MaximumConcurrency?: number | undefined } | undefined;
}

const defaults = {
  enabled: true,
  batchSize: 10,
  windowSeconds: 0,
  partialResponses: false,
  maximumConcurrency: undefined,
  filters: [],
  tags: {},
} as const;

/** A new mapping: ten messages a batch, at once, enabled. */
export function newEventSource(members: EventSourceMembers): EventSourceRequest {
  const { EventSourceArn = '', FunctionName = '' } = members;
  if (EventSourceArn.split(':')[2] !== 'sqs') {
    throw new AwsError(
      'NotImplemented',
      `Event sources other than SQS are not simulated: ${EventSourceArn || 'none given'}`,
      { status: 400 },
    );
  }
  const base = { ...defaults, queueArn: EventSourceArn, functionName: FunctionName };
  return checked({ ...base, ...changesOf(members) });
}

/** What an update names; the rest stays. */
export function changesOf(members: EventSourceMembers): Partial<EventSourceRequest> {
  const { ScalingConfig: scaling } = members;
  return {
    ...(members.FunctionName && { functionName: members.FunctionName }),
    ...(members.Enabled !== undefined && { enabled: members.Enabled }),
    ...(members.BatchSize !== undefined && { batchSize: members.BatchSize }),
    ...(members.MaximumBatchingWindowInSeconds !== undefined && {
      windowSeconds: members.MaximumBatchingWindowInSeconds,
    }),
    ...(members.FunctionResponseTypes && {
      partialResponses: members.FunctionResponseTypes.includes('ReportBatchItemFailures'),
    }),
    ...(members.FilterCriteria && { filters: patternsOf(members.FilterCriteria) }),
    ...(members.Tags && { tags: members.Tags }),
    ...(scaling && { maximumConcurrency: scaling.MaximumConcurrency }),
  };
}

/** Limits of the guide on SQS triggers. */
export function checked<
  R extends Pick<EventSourceRequest, 'queueArn' | 'batchSize' | 'windowSeconds'>,
>(request: R): R {
  const { queueArn, batchSize, windowSeconds } = request;
  if (batchSize < 1 || batchSize > 10_000) {
    const bound = batchSize < 1 ? 'greater than or equal to 1' : 'less than or equal to 10000';
    throw new AwsError(
      'ValidationException',
      `1 validation error detected: Value '${batchSize}' at 'batchSize' failed to satisfy constraint: Member must have value ${bound}`,
      { status: 400 },
    );
  }
  if (queueArn.endsWith('.fifo') && windowSeconds > 0) {
    throw invalid('Batching window is not supported for FIFO queues');
  }
  if (batchSize > 10 && windowSeconds === 0) {
    throw invalid(
      'Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10',
    );
  }
  return request;
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterValueException', message, { members: { Type: 'User' } });
}
