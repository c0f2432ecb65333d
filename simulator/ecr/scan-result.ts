import { z } from 'zod';

/** As ECR orders them, worst first. */
export const severities = [
  'CRITICAL',
  'HIGH',
  'MEDIUM',
  'LOW',
  'INFORMATIONAL',
  'UNDEFINED',
] as const;

/** What ECR's ScanStatus may be (aws-facts 1.5). */
export const scanStatuses = [
  'IN_PROGRESS',
  'COMPLETE',
  'FAILED',
  'UNSUPPORTED_IMAGE',
  'ACTIVE',
  'PENDING',
  'SCAN_ELIGIBILITY_EXPIRED',
  'FINDINGS_UNAVAILABLE',
  'LIMIT_EXCEEDED',
] as const;

const finding = z.strictObject({
  /** The vulnerability, e.g. `CVE-2026-1234`. */
  name: z.string().min(1),
  severity: z.enum(severities),
  description: z.string().optional(),
  uri: z.string().optional(),
  packageName: z.string().optional(),
  packageVersion: z.string().optional(),
  fixedInVersion: z.string().optional(),
  /** CVSS base score, 0 to 10. */
  score: z.number().min(0).max(10).optional(),
});

/** What a scan will find, as a rehearsal states it beforehand. */
export const statedScan = z.strictObject({
  /** Default: the good end of the registry's scan type, COMPLETE (basic) or ACTIVE (enhanced). */
  status: z.enum(scanStatuses).optional(),
  description: z.string().optional(),
  findings: z.array(finding).default([]),
  /** How long the image is being scanned first. */
  scanSeconds: z.number().min(0).default(0),
});

export type ScanFinding = z.output<typeof finding>;
export type ScanStatusName = (typeof scanStatuses)[number];
export type StatedScan = z.output<typeof statedScan>;

/** The scan of one image as it stands. */
export interface ImageScanState {
  readonly status: ScanStatusName;
  readonly description: string | undefined;
  readonly findings: readonly ScanFinding[];
  readonly enhanced: boolean;
  /** Undefined while it runs. */
  readonly completedAtMs: number | undefined;
}

/** Counts by severity, without zeroes (aws-facts 1.5). */
export function severityCounts(findings: readonly ScanFinding[]): Record<string, number> {
  const counts = severities.map((severity): [string, number] => [
    severity,
    findings.filter((each) => each.severity === severity).length,
  ]);
  return Object.fromEntries(counts.filter(([, count]) => count > 0));
}
