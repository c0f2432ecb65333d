import type { Log } from '../ports/log.ts';
import type { Records } from '../ports/records.ts';
import { pushRecordKeys } from '../workflow/push-record.ts';
import { isLaterRetag, parseRetag, type Retag } from './retag.ts';

interface RetagDeps {
  readonly records: Pick<Records, 'readVersion' | 'writeUnlessChanged'>;
  readonly log: Log;
}

/** Of two pushes at the same moment one finds the other's record and looks again, once more in the worst case. */
const mostTries = 3;

/** Keeps the latest retag of a service. Without the bucket an older push may go over it: losing it loses no release. */
export async function keepRetag(
  service: string,
  retag: Retag,
  { records, log }: RetagDeps,
): Promise<void> {
  const key = pushRecordKeys.retag(service);
  try {
    for (let tries = 0; tries < mostTries; tries += 1) {
      const found = await records.readVersion(key);
      if (!isLaterRetag(retag, parseRetag(found?.document))) return;
      if ((await records.writeUnlessChanged(key, retag, found?.version)) === 'written') return;
    }
    log.warn('retag not kept', { key, error: 'others kept writing it' });
  } catch (error) {
    log.warn('retag not kept', { key, error });
  }
}

/** The latest retag of a service, undefined when there is none or it cannot be read. */
export async function readRetag(
  service: string,
  { records, log }: { readonly records: Pick<Records, 'read'>; readonly log: Log },
): Promise<Retag | undefined> {
  const key = pushRecordKeys.retag(service);
  try {
    return parseRetag(await records.read(key));
  } catch (error) {
    log.warn('retag unreadable', { key, error });
    return undefined;
  }
}
