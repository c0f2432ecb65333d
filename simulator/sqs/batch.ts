import type { BatchResultErrorEntry } from '@aws-sdk/client-sqs';
import { AwsError } from '../core/aws-error.ts';

interface Entry {
  readonly Id: string | undefined;
}

/** Does one thing for each entry of a batch; throws AwsError only for the batch as a whole. */
export function forEachEntry<Input extends Entry, Result extends object>(
  entries: readonly Input[] | undefined,
  act: (entry: Input) => Result,
): { Successful: (Result & { Id: string })[]; Failed: BatchResultErrorEntry[] } {
  const checked = checkEntries(entries ?? []);
  const Successful: (Result & { Id: string })[] = [];
  const Failed: BatchResultErrorEntry[] = [];
  for (const entry of checked) {
    const Id = entry.Id ?? '';
    try {
      Successful.push({ Id, ...act(entry) });
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      Failed.push({ Id, SenderFault: true, Code: error.code, Message: error.message });
    }
  }
  return { Successful, Failed };
}

function checkEntries<Input extends Entry>(entries: readonly Input[]): readonly Input[] {
  if (entries.length === 0) {
    throw new AwsError('EmptyBatchRequest', 'There should be at least one entry in the request.');
  }
  if (entries.length > 10) {
    throw new AwsError(
      'TooManyEntriesInBatchRequest',
      `Maximum number of entries per request are 10. You have sent ${entries.length}.`,
    );
  }
  const seen = new Set<string>();
  for (const { Id = '' } of entries) {
    if (!/^[\w-]{1,80}$/.test(Id)) {
      throw new AwsError(
        'InvalidBatchEntryId',
        'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.',
      );
    }
    if (seen.has(Id)) throw new AwsError('BatchEntryIdsNotDistinct', `Id ${Id} repeated.`);
    seen.add(Id);
  }
  return entries;
}
