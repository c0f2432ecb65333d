import { AwsError } from '../core/aws-error.ts';
import { compilePattern } from '../events/event-pattern.ts';

/** FilterCriteria as the API and templates spell it. */
export interface FilterCriteria {
  readonly Filters?: readonly { readonly Pattern?: string | undefined }[] | undefined;
}

/** Without a higher quota (Lambda guide, "Control which events Lambda sends to your function"). */
const mostFilters = 5;

/** The patterns of the criteria, checked; none when there are no criteria. */
export function patternsOf({ Filters = [] }: FilterCriteria): string[] {
  if (Filters.length > mostFilters) {
    throw invalid(`Number of filters is over the limit of ${mostFilters}.`);
  }
  return Filters.map(({ Pattern = '' }) => {
    try {
      compilePattern(Pattern);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      // The message names no reason; it is in public threads.
      throw invalid('Invalid filter pattern definition.');
    }
    return Pattern;
  });
}

/**
 * Whether a record passes one of the patterns, any of them if there are none. A body that is a JSON object is
 * looked into, any other is text: a pattern of the other kind drops the record (same page, "Filtering with SQS").
 */
export function recordFilter(
  patterns: readonly string[],
): (record: { readonly body: string }) => boolean {
  if (patterns.length === 0) return () => true;
  const compiled = patterns.map(compilePattern);
  return (record) => {
    const fields = { ...record, body: objectOf(record.body) ?? record.body };
    return compiled.some((matches) => matches(fields));
  };
}

function objectOf(body: string): object | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterValueException', message, { members: { Type: 'User' } });
}
