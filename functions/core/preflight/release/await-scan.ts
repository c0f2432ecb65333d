import type { Clock } from '../../ports/clock.ts';
import type { ImageScan, ImageScans } from '../../ports/image-scans.ts';
import { memoised } from '../memoised.ts';

/** Scans take from seconds to minutes; ECR's own waiter asks as often (aws-facts 1.5). */
const pollMs = 5_000;

/** An image that has lain there for longer without a scan will not get one by being pushed. */
const scanBeginsWithinMs = 3_600_000;

const unfinished: readonly string[] = ['IN_PROGRESS', 'PENDING'];

export interface AwaitedScan {
  /** Undefined when the image was never scanned. */
  readonly scan: ImageScan | undefined;
  /** True when there is none yet, although ECR scans what is pushed to this repository. */
  readonly awaitsBegin: boolean;
  readonly waitedMs: number;
}

export interface ScannedImage {
  readonly repository: string;
  readonly digest: string;
  /** Epoch milliseconds. */
  readonly pushedAtMs: number;
}

export function isUnfinished({ status }: Pick<ImageScan, 'status'>): boolean {
  return unfinished.includes(status);
}

/**
 * Reads a scan until it is over, or until `waitMs` are used up: then it is still unfinished. For some seconds after
 * a push ECR knows no scan of the image although it will make one; in a repository that scans on push that is
 * waited for too, elsewhere there is nothing to wait for.
 */
export async function awaitScan(
  { repository, digest, pushedAtMs }: ScannedImage,
  waitMs: number,
  { imageScans, clock }: { readonly imageScans: ImageScans; readonly clock: Clock },
): Promise<AwaitedScan> {
  const startedAtMs = clock.now();
  const scansOnPush = memoised(() => imageScans.scansOnPush(repository));
  for (;;) {
    const scan = await imageScans.read(repository, digest);
    const awaitsBegin =
      scan === undefined && startedAtMs - pushedAtMs < scanBeginsWithinMs && (await scansOnPush());
    const waitedMs = clock.now() - startedAtMs;
    const leftMs = waitMs - waitedMs;
    const over = scan === undefined ? !awaitsBegin : !isUnfinished(scan);
    if (over || leftMs <= 0) return { scan, awaitsBegin, waitedMs };
    await clock.sleep(Math.min(pollMs, leftMs));
  }
}
