import type { Clock } from '../../ports/clock.ts';
import type { ImageScan, ImageScans } from '../../ports/image-scans.ts';

/** Scans take from seconds to minutes; ECR's own waiter asks as often (aws-facts 1.5). */
const pollMs = 5_000;

const unfinished: readonly string[] = ['IN_PROGRESS', 'PENDING'];

export interface AwaitedScan {
  /** Undefined when the image was never scanned. */
  readonly scan: ImageScan | undefined;
  readonly waitedMs: number;
}

export function isUnfinished({ status }: Pick<ImageScan, 'status'>): boolean {
  return unfinished.includes(status);
}

/** Reads a scan until it is over, or until `waitMs` are used up: then the scan is still unfinished. */
export async function awaitScan(
  { repository, digest }: { readonly repository: string; readonly digest: string },
  waitMs: number,
  { imageScans, clock }: { readonly imageScans: ImageScans; readonly clock: Clock },
): Promise<AwaitedScan> {
  const startedAtMs = clock.now();
  for (;;) {
    const scan = await imageScans.read(repository, digest);
    const waitedMs = clock.now() - startedAtMs;
    const leftMs = waitMs - waitedMs;
    if (scan === undefined || !isUnfinished(scan) || leftMs <= 0) return { scan, waitedMs };
    await clock.sleep(Math.min(pollMs, leftMs));
  }
}
