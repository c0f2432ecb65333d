import { z } from 'zod';
import type { EcrModel } from './model.ts';
import { statedScan } from './scan-result.ts';

const request = statedScan.extend({
  repository: z.string(),
  /** Tag or digest; one that is yet to be pushed is scanned so when it comes. */
  image: z.string(),
});

export interface ScanFindingsSet {
  /** Digests of the scanned image manifests; empty while the image is not there yet. */
  readonly appliesTo: readonly string[];
}

/** The control operation `scan-findings`. Throws Error that names the wrong field or repository. */
export function setScanFindings({ repositories, scans }: EcrModel, body: unknown): ScanFindingsSet {
  const read = request.safeParse(body);
  if (!read.success) throw new Error(`scan-findings: ${z.prettifyError(read.error)}`);
  const { repository, image, ...scan } = read.data;
  return { appliesTo: scans.setResult(repositories.get(repository), image, scan) };
}
