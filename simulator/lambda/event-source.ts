import type { EventSourceMappingConfiguration } from '@aws-sdk/client-lambda';

/** An SQS queue whose messages invoke a function. */
export interface EventSource {
  readonly uuid: string;
  readonly arn: string;
  readonly queueArn: string;
  /** As given, qualified when it was. */
  readonly functionArn: string;
  readonly enabled: boolean;
  readonly batchSize: number;
  readonly windowSeconds: number;
  readonly partialResponses: boolean;
  readonly maximumConcurrency: number | undefined;
  /** Patterns, one of which a message has to match if there are any. */
  readonly filters: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  readonly changedMs: number;
  /** What is going on until `settledMs`. */
  readonly transition: 'Creating' | 'Updating' | 'Enabling' | 'Disabling';
  readonly settledMs: number;
}

export function eventSourceShape(
  source: EventSource,
  nowMs: number,
): EventSourceMappingConfiguration {
  const { maximumConcurrency } = source;
  return {
    UUID: source.uuid,
    BatchSize: source.batchSize,
    MaximumBatchingWindowInSeconds: source.windowSeconds,
    EventSourceArn: source.queueArn,
    FunctionArn: source.functionArn,
    LastModified: new Date(source.changedMs),
    State: nowMs < source.settledMs ? source.transition : source.enabled ? 'Enabled' : 'Disabled',
    StateTransitionReason: 'USER_INITIATED',
    FunctionResponseTypes: source.partialResponses ? ['ReportBatchItemFailures'] : [],
    ...(maximumConcurrency !== undefined && {
      ScalingConfig: { MaximumConcurrency: maximumConcurrency },
    }),
    ...(source.filters.length > 0 && {
      FilterCriteria: { Filters: source.filters.map((Pattern) => ({ Pattern })) },
    }),
    EventSourceMappingArn: source.arn,
  };
}
