import type { ServiceConfig } from '../config/schema.ts';
import type { ImageDetail } from '../ports/image-registry.ts';
import type { ReleaseRequest } from '../release.ts';
import { findMissedImage, type SweepWindow } from './find-missed-image.ts';

/** A burst of pushes is recorded within a few sweeps; no sweep starts a flood. */
const mostAtATime = 10;

/**
 * Images that were pushed before the newest and that no execution was ever started for, newest first, at most ten.
 * The newest supersedes them, but that has to be on record as well (promise P1): their executions find it out.
 */
export function findPassedOver(
  service: Pick<ServiceConfig, 'name' | 'image'>,
  images: readonly ImageDetail[],
  executionNames: readonly string[],
  window: SweepWindow,
): ReleaseRequest[] {
  const byAge = [...images].sort((a, b) => b.pushedAtMs - a.pushedAtMs);
  const matching = byAge.filter((image) => takes(service, image));
  return matching
    .slice(1)
    .flatMap((image) => findMissedImage(service, [image], executionNames, window) ?? [])
    .slice(0, mostAtATime);
}

/** Whether the service would release the image at all. */
function takes(service: Pick<ServiceConfig, 'name' | 'image'>, image: ImageDetail): boolean {
  const always = { sinceMs: Number.NEGATIVE_INFINITY, untilMs: Number.POSITIVE_INFINITY };
  return findMissedImage(service, [image], [], always) !== undefined;
}
