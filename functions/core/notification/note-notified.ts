import { memberAt } from '../config/loose-value.ts';
import type { Records } from '../ports/records.ts';
import type { NotedIn } from './notify-once.ts';

/** Notes in a record when people were told of what it says, unless it was written anew since. */
export async function noteNotified(
  { key, recordedAt }: NotedIn,
  notifiedAt: string,
  { records }: { readonly records: Pick<Records, 'readVersion' | 'writeUnlessChanged'> },
): Promise<void> {
  const found = await records.readVersion(key);
  const document = found?.document;
  if (found === undefined || typeof document !== 'object' || document === null) return;
  if (memberAt(document, 'recordedAt') !== recordedAt) return;
  if (memberAt(document, 'notifiedAt') !== undefined) return;
  await records.writeUnlessChanged(key, { ...document, notifiedAt }, found.version);
}
