import { z } from 'zod';
import type { EcrModel } from './model.ts';
import { statedScan } from './scan-result.ts';

/** What the control operation `scan-findings` takes. */
export const statedFindings = statedScan.extend({
  repository: z.string(),
  /** Tag or digest; one that is yet to be pushed is scanned so when it comes. */
  image: z.string().min(1),
});

export interface ScanFindingsSet {
  /** Digests of the scanned image manifests; empty while the image is not there yet. */
  readonly appliesTo: readonly string[];
}

/** States what the scans of an image find. Throws ZodError, or AwsError for a repository that is not there. */
export function setScanFindings({ repositories, scans }: EcrModel, body: unknown): ScanFindingsSet {
  const { repository, image, ...scan } = statedFindings.parse(body);
  return { appliesTo: scans.setResult(repositories.get(repository), image, scan) };
}
